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

/** The span of the same length right before, against which changes are told (环比). */
export function before({ firstDay, lastDay }: ReportPeriod): ReportPeriod {
  const days = dayNumber(lastDay) - dayNumber(firstDay) + 1;
  return periodOf(addDays(firstDay, -days), addDays(firstDay, -1));
}

/** The span of the same length right after: what falls due in it is what comes. */
export function after({ firstDay, lastDay }: ReportPeriod): ReportPeriod {
  const days = dayNumber(lastDay) - dayNumber(firstDay) + 1;
  return periodOf(addDays(lastDay, 1), addDays(lastDay, days));
}

/** Year and number of a week (ISO 8601: the week belongs to the year of its Thursday). */
export function weekNumber({ firstDay }: Pick<ReportPeriod, 'firstDay'>): { year: number; week: number } {
  const year = Number(addDays(firstDay, 3).slice(0, 4));
  const first = weekOf(`${year}-01-04`);
  return { year, week: (dayNumber(firstDay) - dayNumber(first.firstDay)) / 7 + 1 };
}
