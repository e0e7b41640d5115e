import type { WorkCalendar } from './calendar.js';
import { addDays, HOUR_MS, instantAt, localDateOf, validMs, type LocalDate } from './local-time.js';
import type { DeadlineRule, WarnPoint } from './rules.js';

/** A stretch that does not count (不计入期限). Lawful only on a ground the rule names. */
export interface Pause {
  from: Date;
  /** null while it lasts. */
  to: Date | null;
  /** One of the rule's pausableFor. */
  ground: string;
  reason: string;
  approvedBy: string;
}

export interface DeadlineStep {
  kind: 'warn' | 'breach';
  /** Share of the length that has passed; 100 for the breach and for a reminder, 101 … for a breach told of a later end. One deadline never has two steps of one percent. */
  percent: number;
  at: Date;
  firedAt: Date | null;
}

/** How long, in what, until what time of the last day. */
export type Timing = Pick<DeadlineRule, 'length' | 'unit' | 'cutoff'>;

/**
 * When a rule's time runs out. Hours run through nights, weekends and holidays (民法典第201条②). Days skip the first one
 * (第201条①) and end at the rule's cutoff (第203条②): working days skip days off, natural days run on, and one that would end
 * on a day off ends on the next working day (第203条①). 24:00 is the day's last millisecond, so that the instant still lies
 * on the day it belongs to. What was paused does not count; a pause that lasts still has no end, so the answer is what it
 * would be without its open part.
 * @throws RangeError when start is not a valid instant
 */
export function dueAt(
  rule: Timing,
  start: Date,
  calendar: WorkCalendar,
  pauses: readonly Pause[] = [],
): { dueAt: Date; provisional: boolean } {
  if (rule.unit === 'hours') return { dueAt: hoursLater(validMs(start), rule.length, pauses), provisional: false };
  const last = lastDay(rule, localDateOf(start), calendar, pauses);
  return { dueAt: endOfDay(last.date, rule.cutoff), provisional: last.provisional };
}

/** The day a rule of days ends on, with each day on the way. */
export function lastDay(rule: Timing, start: LocalDate, calendar: WorkCalendar, pauses: readonly Pause[] = []) {
  const paused = (date: LocalDate) => pauseOfDay(date, pauses) !== null;
  return rule.unit === 'workingDays'
    ? calendar.addWorkingDays(start, rule.length, paused)
    : calendar.addNaturalDays(start, rule.length, paused);
}

/**
 * The pause that takes a whole day out of a count: like any period of days it does not hold its own first day
 * (民法典第201条①) and holds its last. An open pause takes out nothing yet.
 */
export function pauseOfDay(date: LocalDate, pauses: readonly Pause[]): Pause | null {
  return pauses.find((pause) => pause.to !== null && localDateOf(pause.from) < date && date <= localDateOf(pause.to)) ?? null;
}

/** The steps a clock owes from its start to its due instant, in order: its warnings and the breach (or the reminder). */
export function stepsOf(
  rule: Timing & Pick<DeadlineRule, 'warnAt' | 'milestone'>,
  start: Date,
  due: Date,
  calendar: WorkCalendar,
  pauses: readonly Pause[] = [],
): DeadlineStep[] {
  const steps = new Map<number, DeadlineStep>();
  for (const point of rule.warnAt) {
    if ('workingDaysLeft' in point && point.workingDaysLeft >= rule.length) continue; // no day has passed yet
    const at = warnInstant(point, rule, { start, due }, calendar, pauses);
    const percent = 'percent' in point ? point.percent : shareOf(start, at, due);
    if (at > start && at < due && percent < 100) steps.set(percent, { kind: 'warn', percent, at, firedAt: null });
  }
  // A reminder breaks no rule when its time is over, nor does the end of a window: the last step only tells of it.
  const last = rule.milestone === 'reminder' || rule.milestone === 'window' ? 'warn' : 'breach';
  steps.set(100, { kind: last, percent: 100, at: due, firedAt: null });
  return [...steps.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
}

function warnInstant(
  point: WarnPoint,
  rule: Timing,
  { start, due }: { start: Date; due: Date },
  calendar: WorkCalendar,
  pauses: readonly Pause[],
): Date {
  if ('percent' in point) {
    if (rule.unit === 'hours') return hoursLater(start.getTime(), (rule.length * point.percent) / 100, pauses);
    return new Date(start.getTime() + Math.round(((due.getTime() - start.getTime()) * point.percent) / 100));
  }
  let date: LocalDate = localDateOf(due);
  for (let left = point.workingDaysLeft; left > 0; left--) {
    date = rule.unit === 'workingDays' ? calendar.workdayBefore(date) : addDays(date, -1);
  }
  return instantAt(date, point.at);
}

/** The instant by which so many unpaused hours have passed since `start`. */
function hoursLater(start: number, hours: number, pauses: readonly Pause[]): Date {
  let end = start + Math.round(hours * HOUR_MS);
  const ended = pauses.flatMap((pause) => (pause.to === null ? [] : [[pause.from.getTime(), pause.to.getTime()] as const]));
  for (const [from, to] of ended.sort((a, b) => a[0] - b[0])) {
    if (from < end) end += Math.max(0, to - Math.max(from, start));
  }
  return new Date(end);
}

/** Whole percent, cut off, so that it never reads 100 before the due instant. */
function shareOf(start: Date, at: Date, due: Date): number {
  return Math.floor(((at.getTime() - start.getTime()) / (due.getTime() - start.getTime())) * 100);
}

function endOfDay(date: LocalDate, cutoff: string): Date {
  const end = instantAt(date, cutoff);
  return cutoff === '24:00' ? new Date(end.getTime() - 1) : end;
}
