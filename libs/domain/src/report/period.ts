import { addDays, dayNumber, instantAt, weekdayOf, type LocalDate } from '../local-time.js';

/** A span that a report covers: whole days of China. */
export interface ReportPeriod {
  firstDay: LocalDate;
  /** Inclusive. */
  lastDay: LocalDate;
  from: Date;
  /** Exclusive: the midnight that ends the last day. */
  to: Date;
}

/** @throws RangeError where a day is no day, or the last lies before the first */
export function periodOf(firstDay: LocalDate, lastDay: LocalDate): ReportPeriod {
  if (dayNumber(lastDay) < dayNumber(firstDay))
    throw new RangeError(`the last day must not lie before the first, got ${firstDay} – ${lastDay}`);
  return { firstDay, lastDay, from: instantAt(firstDay, '00:00'), to: instantAt(lastDay, '24:00') };
}

/** The week of a day: Monday 00:00 to Sunday 24:00, Asia/Shanghai. */
export function weekOf(day: LocalDate): ReportPeriod {
  const monday = addDays(day, -((weekdayOf(day) + 6) % 7));
  return periodOf(monday, addDays(monday, 6));
}

export function dayOf(day: LocalDate): ReportPeriod {
  return periodOf(day, day);
}

/** The calendar month of a day. */
export function monthOf(day: LocalDate): ReportPeriod {
  const first = `${day.slice(0, 8)}01`;
  const next = `${addDays(first, 31).slice(0, 8)}01`;
  return periodOf(first, addDays(next, -1));
}

/** 日报 · 周报 · 月报 · 任意时段的报告 */
export type ReportKind = 'daily' | 'weekly' | 'monthly' | 'span';
/** Those that come again and have a number in their year. */
export type RegularReportKind = Exclude<ReportKind, 'span'>;

export const REPORT_KIND_WORDS: Record<ReportKind, string> = { daily: '日报', weekly: '周报', monthly: '月报', span: '报告' };

const PERIODS: Record<RegularReportKind, (day: LocalDate) => ReportPeriod> = { daily: dayOf, weekly: weekOf, monthly: monthOf };

/** The span of a kind in which a day lies. */
export function periodAt(kind: RegularReportKind, day: LocalDate): ReportPeriod {
  return PERIODS[kind](day);
}

/** What a span is by its days alone: no day is a week, no week a month. */
export function kindOf({ firstDay, lastDay }: Pick<ReportPeriod, 'firstDay' | 'lastDay'>): ReportKind {
  const kinds = Object.keys(PERIODS) as RegularReportKind[];
  return kinds.find((kind) => periodAt(kind, firstDay).firstDay === firstDay && periodAt(kind, firstDay).lastDay === lastDay) ?? 'span';
}

/** 2026年第48期: by week, month or day of the year; null for a span of one's own. */
export function issueNumber(period: ReportPeriod): string | null {
  const kind = kindOf(period);
  if (kind === 'span') return null;
  if (kind === 'weekly') {
    const { year, week } = weekNumber(period);
    return `${year}年第${week}期`;
  }
  const year = period.firstDay.slice(0, 4);
  const number = kind === 'monthly' ? Number(period.firstDay.slice(5, 7)) : dayNumber(period.firstDay) - dayNumber(`${year}-01-01`) + 1;
  return `${year}年第${number}期`;
}

/** The span right before, against which changes are told (环比): a month's is the month before, any other's is of the same length. */
export function before(period: ReportPeriod): ReportPeriod {
  const { firstDay, lastDay } = period;
  if (kindOf(period) === 'monthly') return monthOf(addDays(firstDay, -1));
  const days = dayNumber(lastDay) - dayNumber(firstDay) + 1;
  return periodOf(addDays(firstDay, -days), addDays(firstDay, -1));
}

/** What changes are told against at an instant: the span before, and of a span not over as much of it as of this one has gone by. */
export function comparable(period: ReportPeriod, asOf: Date): { from: Date; to: Date } {
  const { from, to } = before(period);
  const gone = from.getTime() + asOf.getTime() - period.from.getTime();
  return { from, to: asOf < period.to ? new Date(Math.min(gone, to.getTime())) : to };
}

/** The span right after, as `before`: what falls due in it is what comes. */
export function after(period: ReportPeriod): ReportPeriod {
  const { firstDay, lastDay } = period;
  if (kindOf(period) === 'monthly') return monthOf(addDays(lastDay, 1));
  const days = dayNumber(lastDay) - dayNumber(firstDay) + 1;
  return periodOf(addDays(lastDay, 1), addDays(lastDay, days));
}

/** Year and number of a week (ISO 8601: the week belongs to the year of its Thursday). */
export function weekNumber({ firstDay }: Pick<ReportPeriod, 'firstDay'>): { year: number; week: number } {
  const year = Number(addDays(firstDay, 3).slice(0, 4));
  const first = weekOf(`${year}-01-04`);
  return { year, week: (dayNumber(firstDay) - dayNumber(first.firstDay)) / 7 + 1 };
}
