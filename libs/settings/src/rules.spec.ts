import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DOCUMENT_NUMBER, rulesInForce, stampDeadlines } from '@huiying/domain';
import { readCalendar } from './calendar.js';
import { readRules, readStandards } from './rules.js';

const CONFIG = resolve(__dirname, '../../../config');
const NATIONAL = readFileSync(join(CONFIG, 'rules/national.yaml'), 'utf8');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huiying-rules-'));
  mkdirSync(join(folder, 'rules'));
  cpSync(join(CONFIG, 'rules/national.yaml'), join(folder, 'rules/national.yaml'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const withCity = (text: string) => {
  writeFileSync(join(folder, 'rules/city.yaml'), text);
  return () => readRules(folder);
};
const inForce = (rules: ReturnType<typeof readRules>, at: string) =>
  new Map(rulesInForce(rules, new Date(at)).map((rule) => [rule.id, rule]));

describe('the rules that ship in config/', () => {
  const rules = inForce(readRules(CONFIG), '2026-11-23T09:00:00+08:00');
  it.each([
    ['OP-01', 5, 'hours', '国办发〔2016〕80号'],
    ['OP-02', 24, 'hours', '国办发〔2016〕61号'],
    ['OP-03', 48, 'hours', '国办发〔2016〕61号'],
    ['OP-04', 24, 'hours', '国办发〔2016〕61号'],
    ['OP-05', 2, 'hours', '突发事件应对法、政府信息公开条例'],
    ['OP-15', 3, 'workingDays', '望政办发〔2026〕9号'],
    ['PI-01', 3, 'workingDays', '望政办发〔2026〕9号'],
    ['HL-04', 1, 'workingDays', '12345热线办理惯例（无全国文号）'],
    ['HL-06a', 5, 'workingDays', '望政办发〔2026〕9号'],
    ['TK-01', 0.5, 'hours', '本系统内部规则'],
    ['TK-01u', 0.25, 'hours', '本系统内部规则'],
  ])('%s runs %d %s by %s', (id, length, unit, document) => expect(rules.get(id)).toMatchObject({ length, unit, document }));

  it.each([
    ['OP-09a', 1, 'hours', '第9条'],
    ['OP-11b', 7, 'naturalDays', '第13条'],
    ['OP-12a', 60, 'naturalDays', '第29条'],
    ['TK-02', 0.5, 'hours', null],
    ['HL-05', 2, 'workingDays', null],
    ['GI-02', 20, 'workingDays', '第33条'],
    ['GI-03', 7, 'workingDays', '第30条'],
    ['SEC-04', 24, 'hours', '第10条'],
  ])('%s runs %d %s by clause %s', (id, length, unit, clause) => expect(rules.get(id)).toMatchObject({ length, unit, clause }));

  it('hold every row of the table of deadlines, as a rule, as several, or as a standard', () => {
    const ids = [...rules.keys(), ...readStandards(CONFIG).map(({ id }) => id)];
    const rows = `OP-01 OP-02 OP-03 OP-04 OP-05 OP-06 OP-07 OP-08 OP-09a OP-09b OP-10 OP-11 OP-12 OP-13 OP-14 OP-15 PI-01 PI-02 PI-03 PI-04
      HL-01 HL-02 HL-03 HL-04 HL-05 HL-06a HL-06b HL-06c HL-06d HL-07 HL-08 MB-01 MB-02 MB-03 MB-04 GI-01 GI-02 GI-03 GI-04 GI-05 GI-06
      SD-01 SD-02 XF-01 SEC-01 SEC-02 SEC-03 SEC-04`.split(/\s+/);
    expect(rows.filter((row) => !ids.some((id) => id.startsWith(row)))).toEqual([]);
  });

  it('start no clock where they are another place’s sample', () => {
    const dispatched = [{ fact: 'dispatched' as const, at: new Date('2026-11-23T09:00:00+08:00'), statedBy: '热线' }];
    const request = { trigger: 'order-dispatched' as const, subject: { kind: 'order' as const, id: 'o1' }, severity: 'IV' as const };
    const stamped = stampDeadlines({
      ...request,
      matter: '咨询',
      facts: dispatched,
      rules: [...rules.values()],
      calendar: readCalendar(CONFIG),
    });
    expect(stamped.map(({ rule }) => rule.id)).toEqual(['HL-04', 'HL-06a']);
  });

  it('allow a pause and an extension only where the law does, or the city’s own document for a clock of its own', () => {
    const changed = [...rules.values()].filter((rule) => rule.adopted && (rule.pausableFor.length > 0 || rule.extension));
    expect(changed.map(({ id }) => id).sort()).toEqual(['GI-02', 'HL-06a', 'OP-12a', 'OP-12c', 'OP-15', 'XF-01b']);
  });

  it('say of each how sure its source is', () => {
    for (const rule of rules.values()) expect(rule.certainty.length).toBeGreaterThan(3);
    expect(rules.get('OP-04')!.certainty).toContain('非法定');
    expect(rules.get('TK-01')!.certainty).toContain('非法定');
  });

  it('are frozen', () => expect(Object.isFrozen(readRules(CONFIG)[0])).toBe(true));

  it('are the national ones before the city’s come into force', () => {
    const before = inForce(readRules(CONFIG), '2026-02-28T23:59:59+08:00');
    const after = inForce(readRules(CONFIG), '2026-03-01T00:00:00+08:00');
    expect(before.get('PI-01')).toMatchObject({ cutoff: '24:00', jurisdiction: 'national', document: '国办发〔2016〕19号' });
    expect(after.get('PI-01')).toMatchObject({ cutoff: '17:30', jurisdiction: 'city', version: '望川2026-1' });
  });
});

describe('a city’s file', () => {
  const entry = (lines: string) => `rules:\n  - id: OP-03\n    version: c1\n${lines}`;

  it('may be absent', () => expect(readRules(folder).every((rule) => rule.jurisdiction === 'national')).toBe(true));

  it('tightens without a 文号 and keeps the national citation', () => {
    const rules = inForce(withCity(entry('    length: 24\n'))(), '2026-11-23T00:00:00Z');
    expect(rules.get('OP-03')).toMatchObject({ length: 24, jurisdiction: 'city', document: '国办发〔2016〕61号' });
  });

  it('loosens with its own 文号', () => {
    const rules = inForce(withCity(entry('    length: 72\n    document: 望政办发〔2026〕3号\n'))(), '2026-11-23T00:00:00Z');
    expect(rules.get('OP-03')).toMatchObject({ length: 72, document: '望政办发〔2026〕3号', certainty: '本地文件，核对情况未注明' });
  });

  it.each([
    ['longer', '    length: 72\n', 'line 4: rules.0.length: loosens rule OP-03 (国办发〔2016〕61号) without a 文号'],
    ['longer by the upper rule’s own 文号', '    document: 国办发〔2016〕61号\n    length: 49\n', 'line 5: rules.0.length: loosens'],
    ['longer by something that is no 文号', '    document: 会议研究决定\n    length: 49\n', 'line 5: rules.0.length: loosens'],
    ['in working days', '    length: 1\n    unit: workingDays\n', 'line 5: rules.0.unit: loosens'],
    ['for fewer levels', '    severities: [III]\n', 'line 4: rules.0.severities: loosens'],
    ['from a later fact', '    startsFrom: [confirmed]\n', 'line 4: rules.0.startsFrom: loosens'],
    ['met by more', '    metBy: [statement, press-conference, reply]\n', 'line 4: rules.0.metBy: loosens'],
    ['with a pause', '    pausableFor: [征求第三方意见]\n', 'line 4: rules.0.pausableFor: loosens'],
    ['with an extension', '    extension: { most: 24, times: 1, approver: 带班领导 }\n', 'line 4: rules.0.extension: loosens'],
    ['by not adopting it', '    adopted: false\n', 'line 4: rules.0.adopted: loosens'],
    ['for one sort of matter only', '    matters: [咨询]\n', 'line 4: rules.0.matters: loosens'],
    ['with a length of 0', '    length: 0\n', 'line 4: rules.0.length: must be more than 0'],
    ['with a misspelt field', '    lenght: 24\n', 'Unrecognized key: "lenght"'],
    ['with a cutoff for hours', "    cutoff: '17:30'\n", 'line 4: rules.0.cutoff: is for days only'],
    ['with an end before its start', '    effectiveUntil: 2016-01-01\n', 'line 4: rules.0.effectiveUntil: must be after effectiveFrom'],
    ['with a day that is none', '    effectiveFrom: 2026-02-29\n', 'line 4: rules.0.effectiveFrom: must be a day as YYYY-MM-DD'],
  ])('is refused: %s', (_what, lines, fault) => expect(withCity(entry(lines))).toThrow(fault));

  it('names every field a new rule lacks', () => {
    expect(withCity('rules:\n  - id: WC-01\n    version: c1\n    name: 本地规则\n')).toThrow(
      /rules\.0\.length: is needed.*\n(.*\n)*.*rules\.0\.text: is needed/,
    );
  });

  it('may add a rule of its own, written in full', () => {
    const full = NATIONAL.split('  - id: ')
      .find((rule) => rule.startsWith('OP-05'))!
      .replace('OP-05', 'WC-05');
    const rules = inForce(withCity(`rules:\n  - id: ${full}    cutoff: '24:00'\n`)(), '2026-11-23T00:00:00Z');
    expect(rules.get('WC-05')).toMatchObject({ jurisdiction: 'city', length: 2 });
  });

  it('gives all its faults at once', () => {
    expect(withCity(`${entry('    length: 72\n')}  - id: OP-01\n    version: c1\n    length: 6\n`)).toThrow(
      /rules\.0\.length[^]*line 7: rules\.1\.length/,
    );
  });
});

it('the national file is refused when one version of a rule stands twice', () => {
  writeFileSync(join(folder, 'rules/national.yaml'), `${NATIONAL}  - id: ${NATIONAL.split('  - id: ')[1]}`);
  expect(() => readRules(folder)).toThrow('OP-01 2026-1 stands twice');
});

it.each(['国办发〔2016〕80号', '望政办发〔2026〕3号', '国办发明电〔2025〕7号'])('%s is a 文号', (text) =>
  expect(text).toMatch(DOCUMENT_NUMBER),
);
it.each(['国办发[2016]80号', '会议纪要', '〔2026〕3号', '本系统内部规则'])('%s is none', (text) =>
  expect(text).not.toMatch(DOCUMENT_NUMBER),
);
