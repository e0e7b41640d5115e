import type { WorkCalendar } from './calendar.js';
import { dueAt, lastDay, pauseOfDay, type Pause, type Timing } from './deadline-timing.js';
import { HOUR_MS, instantAt, localDateOf } from './local-time.js';
import type { RuleUnit } from './rule-words.js';

/** One line of 为何此时到期: a stretch or a day, counted or skipped, and why. */
export interface LedgerLine {
  /** A day (rules of days) or an instant as ISO 8601 in UTC (hours). */
  from: string;
  to: string;
  counted: boolean;
  /** Hours or days this line adds. */
  amount: number;
  unit: RuleUnit;
  why: string;
}

/**
 * Why a rule begun at `start` runs out when it does: the lines sum to the rule's length (see ledgerTotal).
 * Hours are split at midnight in China and where a pause begins and ends; days have a line each from the first, which is
 * not counted. A pause that lasts still has no end and is not in the ledger yet.
 * @throws RangeError when start is not a valid instant
 */
export function ledgerOf(rule: Timing, start: Date, calendar: WorkCalendar, pauses: readonly Pause[] = []): LedgerLine[] {
  return rule.unit === 'hours'
    ? hourLines(start, dueAt(rule, start, calendar, pauses).dueAt, calendar, pauses)
    : dayLines(rule, start, calendar, pauses);
}

/** The sum of a ledger in its unit, exact: hours are summed as whole milliseconds. */
export function ledgerTotal(lines: readonly LedgerLine[]): number {
  const unit = lines[0]?.unit === 'hours' ? HOUR_MS : 1;
  return lines.reduce((sum, line) => sum + Math.round(line.amount * unit), 0) / unit;
}

function hourLines(start: Date, due: Date, calendar: WorkCalendar, pauses: readonly Pause[]): LedgerLine[] {
  const lines: LedgerLine[] = [];
  for (let from = start; from < due;) {
    const date = localDateOf(from);
    const pause = pauses.find((one) => one.to !== null && one.from <= from && from < one.to);
    const edges = [instantAt(date, '24:00'), due, ...pauses.flatMap((one) => (one.to === null ? [] : [one.from, one.to]))];
    const to = edges.filter((edge) => edge > from).reduce((first, edge) => (edge < first ? edge : first));
    const day = calendar.dayKind(date);
    const running = day.isWorkday ? '连续计时，夜间照走' : `连续计时，${day.why}照走`;
    lines.push({
      from: from.toISOString(),
      to: to.toISOString(),
      counted: !pause,
      amount: pause ? 0 : (to.getTime() - from.getTime()) / HOUR_MS,
      unit: 'hours',
      why: pause ? pauseText(pause) : running,
    });
    from = to;
  }
  return lines;
}

function dayLines(rule: Timing, start: Date, calendar: WorkCalendar, pauses: readonly Pause[]): LedgerLine[] {
  return lastDay(rule, localDateOf(start), calendar, pauses).ledger.map(({ date, counted, why }, index, { length }) => {
    const pause = counted || index === 0 ? null : pauseOfDay(date, pauses);
    const moved = rule.unit === 'naturalDays' && !counted && index > 0;
    return {
      from: date,
      to: date,
      counted,
      amount: counted ? 1 : 0,
      unit: rule.unit,
      why: pause ? pauseText(pause) : moved ? `${index === length - 1 ? '末日逢休息日，顺延至此日' : '逢休息日顺延'}（${why}）` : why,
    };
  });
}

/** `暂停不计：征求第三方意见（材料待核，陆文静批准）` */
function pauseText({ ground, reason, approvedBy }: Pause): string {
  return `暂停不计：${ground}（${reason}，${approvedBy}批准）`;
}
