import type { WorkCalendar } from './calendar.js';
import { dueAt } from './deadline.js';
import { HOUR_MS, instantAt, localDateOf } from './local-time.js';
import type { DeadlineRule, RuleUnit } from './rules.js';

/** One line of 为何此时到期: a stretch or a day, counted or skipped, and why. */
export interface LedgerLine {
  /** A day (working days) or an instant as ISO 8601 in UTC (hours). */
  from: string;
  to: string;
  counted: boolean;
  /** Hours or working days this line adds. */
  amount: number;
  unit: RuleUnit;
  why: string;
}

/**
 * Why a rule begun at `start` runs out when it does: the lines sum to the rule's length (see ledgerTotal).
 * Hours are split at midnight in China; working days have a line for each day from the first, which is not counted.
 * @throws RangeError when start is not a valid instant
 */
export function ledgerOf(rule: Pick<DeadlineRule, 'length' | 'unit' | 'cutoff'>, start: Date, calendar: WorkCalendar): LedgerLine[] {
  return rule.unit === 'hours' ? hourLines(start, dueAt(rule, start, calendar).dueAt, calendar) : dayLines(rule.length, start, calendar);
}

/** The sum of a ledger in its unit, exact: hours are summed as whole milliseconds. */
export function ledgerTotal(lines: readonly LedgerLine[]): number {
  const unit = lines[0]?.unit === 'hours' ? HOUR_MS : 1;
  return lines.reduce((sum, line) => sum + Math.round(line.amount * unit), 0) / unit;
}

function hourLines(start: Date, due: Date, calendar: WorkCalendar): LedgerLine[] {
  const lines: LedgerLine[] = [];
  for (let from = start; from < due;) {
    const date = localDateOf(from);
    const midnight = instantAt(date, '24:00');
    const to = midnight < due ? midnight : due;
    const day = calendar.dayKind(date);
    const why = day.isWorkday ? '连续计时，夜间照走' : `连续计时，${day.why}照走`;
    lines.push({
      from: from.toISOString(),
      to: to.toISOString(),
      counted: true,
      amount: (to.getTime() - from.getTime()) / HOUR_MS,
      unit: 'hours',
      why,
    });
    from = to;
  }
  return lines;
}

function dayLines(length: number, start: Date, calendar: WorkCalendar): LedgerLine[] {
  return calendar.addWorkingDays(localDateOf(start), length).ledger.map(({ date, counted, why }) => ({
    from: date,
    to: date,
    counted,
    amount: counted ? 1 : 0,
    unit: 'workingDays',
    why,
  }));
}
