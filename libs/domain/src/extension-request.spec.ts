import { KNOWN_CALENDAR as calendar, ruleOf } from '../../../test/support/known-calendar.js';
import { stampDeadlines } from './deadline.js';
import { amountUntil } from './extension-request.js';
import type { RuleUnit } from './rule-words.js';

const at = (text: string) => new Date(`${text}+08:00`);

describe('how much later an asked-for end is', () => {
  const clock = (unit: RuleUnit, length: number) =>
    stampDeadlines({
      trigger: 'case-opened',
      subject: { kind: 'case', id: 'c1' },
      severity: 'I',
      facts: [{ fact: 'detected', at: at('2026-02-10T10:00'), statedBy: '系统' }],
      rules: [ruleOf({ unit, length, warnAt: [] })],
      calendar,
    })[0]!;

  it.each<[string, RuleUnit, number, string, number]>([
    ['the next working day', 'workingDays', 3, '2026-02-14T18:00', 1],
    ['over 春节, by its working days', 'workingDays', 3, '2026-02-26T09:00', 4],
    ['a day off, up to the working day before', 'workingDays', 3, '2026-02-20T09:00', 1],
    ['the same day', 'workingDays', 3, '2026-02-13T23:00', 0],
    ['before', 'workingDays', 3, '2026-02-12T09:00', 0],
    ['natural days', 'naturalDays', 3, '2026-02-16T09:00', 3],
    ['hours, to the minute', 'hours', 5, '2026-02-10T17:30:40', 2.5],
    ['hours, before', 'hours', 5, '2026-02-10T14:30', -0.5],
  ])('%s', (_what, unit, length, until, amount) => expect(amountUntil(clock(unit, length), at(until), calendar)).toBe(amount));
});
