import { ruleOf } from '../../../test/support/known-calendar.js';
import { citationOf, lengthText, mergeRules, rulesInForce, type RuleOverride } from './rules.js';

const DAYS = ruleOf({
  id: 'PI-01',
  unit: 'workingDays',
  length: 3,
  startsFrom: ['document-published'],
  metBy: ['interpretation'],
  document: '国办发〔2016〕19号',
});
const merge = (override: Partial<RuleOverride>, base = DAYS) => mergeRules([base], [{ id: base.id, version: 'c1', ...override }], 'city');
const fieldsOf = (override: Partial<RuleOverride>, base = DAYS) => merge(override, base).faults.map((fault) => fault.field);

describe('mergeRules', () => {
  it.each<[string, Partial<RuleOverride>, string[]]>([
    ['the same', { length: 3 }, []],
    ['shorter', { length: 2 }, []],
    ['longer', { length: 4 }, ['length']],
    ['an earlier cutoff', { cutoff: '17:30' }, []],
    ['hours that fit into the shortest 3 working days', { unit: 'hours', length: 72 }, []],
    ['hours that may outlast 3 working days', { unit: 'hours', length: 72.5 }, ['unit']],
    ['one more start fact', { startsFrom: ['document-published', 'detected'] }, []],
    ['another start fact', { startsFrom: ['confirmed'] }, ['startsFrom']],
    ['stricter proof', { metBy: ['interpretation'] }, []],
    ['easier proof', { metBy: ['interpretation', 'reply'] }, ['metBy']],
    ['another trigger', { trigger: 'case-closed' }, ['trigger']],
    ['fewer levels', { severities: ['I'] }, ['severities']],
    ['longer and later', { length: 4, startsFrom: ['confirmed'] }, ['length', 'startsFrom']],
    ['longer with its own 文号', { length: 4, document: '望政办发〔2026〕3号' }, []],
    ['longer with the 文号 it loosens', { length: 4, document: '国办发〔2016〕19号' }, ['length']],
    ['longer with something that is no 文号', { length: 4, document: '会议纪要' }, ['length']],
    ['other words', { text: '改了说法', ownerText: '起草单位' }, []],
  ])('%s', (_what, override, faults) => expect(fieldsOf(override)).toEqual(faults));

  it('takes a cutoff after the upper one for looser', () => {
    expect(fieldsOf({ cutoff: '18:00' }, { ...DAYS, cutoff: '17:30' })).toEqual(['cutoff']);
    expect(fieldsOf({ unit: 'hours', length: 65.5 }, { ...DAYS, cutoff: '17:30' })).toEqual([]);
    expect(fieldsOf({ unit: 'hours', length: 66 }, { ...DAYS, cutoff: '17:30' })).toEqual(['unit']);
  });

  it('never takes working days for tighter than hours: leave may lie between', () => {
    expect(fieldsOf({ unit: 'workingDays', length: 1 }, ruleOf({ length: 48 }))).toEqual(['unit']);
  });

  it('does not carry the upper rule’s clause and certainty over to another document', () => {
    const base = { ...DAYS, clause: '第五条', certainty: '原文' };
    expect(merge({ length: 2 }, base).rules[1]).toMatchObject({ clause: '第五条', certainty: '原文', jurisdiction: 'city' });
    expect(merge({ length: 2, document: '望政办发〔2026〕3号' }, base).rules[1]).toMatchObject({
      clause: null,
      certainty: '本地文件，核对情况未注明',
    });
  });

  it('names each field a rule of one’s own lacks', () => {
    const { rules, faults } = mergeRules([DAYS], [{ id: 'WC-01', version: 'c1', length: 2 }], 'city');
    expect(rules).toEqual([DAYS]);
    expect(faults.map((fault) => fault.field)).toEqual(expect.arrayContaining(['name', 'unit', 'document', 'text']));
    expect(faults.map((fault) => fault.field)).not.toContain('length');
  });

  it('measures a city against its province', () => {
    const province = mergeRules([DAYS], [{ id: 'PI-01', version: 'p1', length: 2 }], 'province').rules;
    expect(mergeRules(province, [{ id: 'PI-01', version: 'c1', length: 3 }], 'city').faults.map((fault) => fault.field)).toEqual([
      'length',
    ]);
  });
});

describe('rulesInForce', () => {
  const city = { ...DAYS, version: 'c1', jurisdiction: 'city' as const, effectiveFrom: '2026-03-01', effectiveUntil: '2027-01-01' };
  const later = { ...city, version: 'c2', effectiveFrom: '2026-06-01' };
  it.each([
    ['2016-11-09T23:59:59+08:00', []],
    ['2016-11-10T00:00:00+08:00', ['1']],
    ['2026-02-28T23:59:59+08:00', ['1']],
    ['2026-03-01T00:00:00+08:00', ['c1']],
    ['2026-06-01T00:00:00+08:00', ['c2']],
    ['2026-12-31T23:59:59+08:00', ['c2']],
    ['2027-01-01T00:00:00+08:00', ['1']],
  ])('at %s are %j', (at, versions) => {
    expect(rulesInForce([later, DAYS, city], new Date(at)).map((rule) => rule.version)).toEqual(versions);
  });
});

it.each([
  [5, 'hours', '5小时'],
  [0.25, 'hours', '15分钟'],
  [3, 'workingDays', '3个工作日'],
] as const)('%d %s reads %s', (length, unit, text) => expect(lengthText({ length, unit })).toBe(text));

it('cites the clause where it is known', () => {
  expect(citationOf({ document: '国办发〔2016〕80号', clause: null })).toBe('国办发〔2016〕80号');
  expect(citationOf({ document: '国务院令第493号', clause: '第九条' })).toBe('国务院令第493号 第九条');
});
