import fc from 'fast-check';
import { KNOWN_CALENDAR as calendar, ruleOf } from '../../../test/support/known-calendar.js';
import { extendDeadline, pauseDeadline, resumeDeadline, timingOf, withRule } from './deadline-changes.js';
import { ledgerOf, ledgerTotal } from './deadline-ledger.js';
import { fireStep, nextStep, stateOf } from './deadline-state.js';
import { stampDeadlines, type Deadline } from './deadline.js';
import { HOUR_MS, localDateOf } from './local-time.js';
import type { DeadlineRule } from './rules.js';

const at = (text: string) => new Date(`${text}+08:00`);
const GROUND = '征求第三方意见';
const approval = { reason: '材料涉及企业商业秘密', approvedBy: '严立群' };
const limit = { most: 20, times: 1, approver: '机构负责人' };
const lawful: Partial<DeadlineRule> = { id: 'GI-02', name: '依申请公开答复', pausableFor: [GROUND], extension: limit };
const inDays = (length: number) => ruleOf({ ...lawful, length, unit: 'workingDays', warnAt: [{ workingDaysLeft: 1, at: '09:00' }] });
const inHours = (length: number) => ruleOf({ ...lawful, length, extension: { ...limit, most: 5 } });

function stamp(rule: DeadlineRule, start: Date): Deadline {
  const facts = [{ fact: 'detected' as const, at: start, statedBy: '系统' }];
  return stampDeadlines({ trigger: 'case-opened', subject: { kind: 'case', id: 'c1' }, severity: 'I', facts, rules: [rule], calendar })[0]!;
}
const ledger = (deadline: Deadline) => ledgerOf(timingOf(deadline), deadline.start.at, calendar, deadline.pauses);

describe('a pause', () => {
  const start = at('2026-03-02T10:00:00'); // 周一

  it.each([
    ['the same day', '2026-03-03T09:00:00', '2026-03-03T17:00:00', '2026-03-09'],
    ['to the next day', '2026-03-03T09:00:00', '2026-03-04T17:00:00', '2026-03-10'],
    ['over a weekend', '2026-03-06T09:00:00', '2026-03-09T09:00:00', '2026-03-10'],
    ['a weekend only', '2026-03-06T09:00:00', '2026-03-08T09:00:00', '2026-03-09'],
  ])('of working days takes out the days after its first: %s', (_what, from, to, due) => {
    const resumed = resumeDeadline(pauseDeadline(stamp(inDays(5), start), at(from), GROUND, approval), at(to), calendar);
    expect(localDateOf(resumed.dueAt)).toBe(due);
    expect(ledgerTotal(ledger(resumed))).toBe(5);
  });

  it('of hours moves the end and the warnings that have not come by what it lasted', () => {
    const clock = stamp(inHours(5), start);
    const warned = fireStep(clock, 50, at('2026-03-02T12:30:00'));
    const resumed = resumeDeadline(pauseDeadline(warned, at('2026-03-02T13:00:00'), GROUND, approval), at('2026-03-02T14:30:00'), calendar);
    expect(resumed.dueAt).toEqual(at('2026-03-02T16:30:00'));
    expect(resumed.steps.map(({ percent, at: when }) => [percent, when])).toEqual([
      [50, at('2026-03-02T12:30:00')],
      [80, at('2026-03-02T15:30:00')],
      [100, at('2026-03-02T16:30:00')],
    ]);
    expect(ledger(resumed).map(({ counted, amount, why }) => [counted, amount, why])).toEqual([
      [true, 3, '连续计时，夜间照走'],
      [false, 0, `暂停不计：${GROUND}（材料涉及企业商业秘密，严立群批准）`],
      [true, 2, '连续计时，夜间照走'],
    ]);
  });

  it('fires nothing and is not overdue while it lasts, whatever the hour', () => {
    const paused = pauseDeadline(stamp(inHours(5), start), at('2026-03-02T11:00:00'), GROUND, approval);
    expect(stateOf(paused, at('2026-03-09T11:00:00'))).toBe('paused');
    expect(nextStep(paused, at('2026-03-09T11:00:00'))).toBeNull();
    const resumed = resumeDeadline(paused, at('2026-03-09T11:00:00'), calendar);
    expect(stateOf(resumed, at('2026-03-09T14:59:59'))).toBe('running');
    expect(stateOf(resumed, at('2026-03-09T15:00:00'))).toBe('overdue');
  });

  it.each([
    ['on no ground of the rule', '领导出差', start, 'clock-not-pausable'],
    ['at the due instant', GROUND, at('2026-03-02T15:00:00'), 'clock-not-running'],
  ])('is refused %s', (_what, ground, when, code) => {
    expect(() => pauseDeadline(stamp(inHours(5), start), when, ground, approval)).toThrow(expect.objectContaining({ code }));
  });

  it('is refused twice, without an approver, where no rule allows it, and cannot end without having begun', () => {
    const paused = pauseDeadline(stamp(inHours(5), start), start, GROUND, approval);
    expect(() => pauseDeadline(paused, start, GROUND, approval)).toThrow(expect.objectContaining({ code: 'clock-already-paused' }));
    expect(() => pauseDeadline(stamp(inHours(5), start), start, GROUND, { reason: ' ', approvedBy: '' })).toThrow(/reason.*\n.*approvedBy/);
    expect(() => pauseDeadline(stamp(ruleOf(), start), start, GROUND, approval)).toThrow(
      expect.objectContaining({ said: expect.stringContaining('不允许暂停') }),
    );
    expect(() => resumeDeadline(stamp(inHours(5), start), start, calendar)).toThrow(expect.objectContaining({ code: 'clock-not-paused' }));
  });
});

describe('an extension', () => {
  const start = at('2026-02-13T10:00:00');
  const ask = { ...approval, askedAt: at('2026-02-14T10:00:00'), approvedAt: at('2026-02-14T15:00:00') };

  it('counts on from the first end, keeps who approved it, and its ledger sums to both', () => {
    const extended = extendDeadline(stamp(inDays(3), start), 10, ask, calendar);
    expect(localDateOf(stamp(inDays(3), start).dueAt)).toBe('2026-02-25');
    expect(localDateOf(extended.dueAt)).toBe('2026-03-10');
    expect(extended.extensions).toEqual([{ amount: 10, ...approval, approvedAt: ask.approvedAt }]);
    expect(extended.rule.length).toBe(3);
    expect(ledgerTotal(ledger(extended))).toBe(13);
  });

  it('may be approved after the end when it was asked for before', () => {
    const late = { ...ask, askedAt: at('2026-02-25T23:59:59'), approvedAt: at('2026-02-26T09:00:00') };
    expect(localDateOf(extendDeadline(stamp(inDays(3), start), 1, late, calendar).dueAt)).toBe('2026-02-26');
  });

  it.each([
    ['asked for at the end', 1, { ...ask, askedAt: at('2026-02-25T23:59:59.999') }, inDays(3), 'clock-not-running'],
    ['longer than the rule allows', 21, ask, inDays(3), 'extension-too-long'],
    ['where the rule allows none', 1, ask, ruleOf({ length: 100 }), 'clock-not-extendable'],
  ])('is refused when %s', (_what, amount, asked, rule, code) => {
    expect(() => extendDeadline(stamp(rule, start), amount, asked, calendar)).toThrow(expect.objectContaining({ code }));
  });

  it.each([0, -1, 1.5, NaN])('of %p days is none', (amount) => {
    expect(() => extendDeadline(stamp(inDays(3), start), amount, ask, calendar)).toThrow('amount must be a whole number of days');
  });

  it('is refused once used up', () => {
    const once = extendDeadline(stamp(inDays(3), start), 1, ask, calendar);
    expect(() => extendDeadline(once, 1, ask, calendar)).toThrow(expect.objectContaining({ code: 'extensions-used-up' }));
  });
});

describe('withRule', () => {
  const start = at('2026-03-02T10:00:00');
  const clock = stamp(inHours(5), start);
  const stricter = { ...inHours(3), version: 'c1', jurisdiction: 'city' as const };

  it('moves an open clock from its own start, and only that', () => {
    const moved = withRule(clock, stricter, calendar);
    expect(moved).toMatchObject({
      id: clock.id,
      dueAt: at('2026-03-02T13:00:00'),
      rule: { version: 'c1', jurisdiction: 'city' },
      start: clock.start,
    });
    const met = { ...clock, metAt: start };
    expect(withRule(met, stricter, calendar)).toBe(met);
    expect(withRule(clock, inHours(5), calendar)).toBe(clock);
    expect(withRule(clock, { ...stricter, id: 'OP-02' }, calendar)).toBe(clock);
  });
});

it('any pauses and an extension: the end is never earlier, lies on no day off, and the ledger sums to the length', () => {
  const hours = fc.integer({ min: 0, max: 200 });
  fc.assert(
    fc.property(
      fc.constantFrom('hours' as const, 'workingDays' as const, 'naturalDays' as const),
      fc.integer({ min: 1, max: 15 }),
      fc.array(fc.tuple(hours, hours), { maxLength: 3 }),
      fc.integer({ min: 0, max: 5 }),
      (unit, length, gaps, more) => {
        const rule = ruleOf({ ...lawful, unit, length, warnAt: [] });
        const first = stamp(rule, at('2026-02-10T10:00:00'));
        let clock = first;
        let now = first.start.at.getTime();
        for (const [before, lasts] of gaps) {
          now += before * HOUR_MS;
          if (now >= clock.dueAt.getTime()) break;
          const paused = pauseDeadline(clock, new Date(now), GROUND, approval);
          now += lasts * HOUR_MS;
          const resumed = resumeDeadline(paused, new Date(now), calendar);
          expect(resumed.dueAt.getTime()).toBeGreaterThanOrEqual(clock.dueAt.getTime());
          clock = resumed;
        }
        if (more > 0) {
          const extended = extendDeadline(clock, more, { ...approval, askedAt: first.start.at, approvedAt: first.start.at }, calendar);
          expect(extended.dueAt.getTime()).toBeGreaterThanOrEqual(clock.dueAt.getTime());
          clock = extended;
        }
        if (unit !== 'hours') expect(calendar.isWorkday(localDateOf(clock.dueAt))).toBe(true);
        expect(ledgerTotal(ledger(clock))).toBe(length + more);
      },
    ),
  );
});
