import type { WorkCalendar } from '../calendar.js';
import { addDays, instantAt, localDateOf, weekdayOf, type LocalDate } from '../local-time.js';
import { periodAt, type RegularReportKind, type ReportPeriod } from './period.js';

/** When drafts of a kind are made (定时起草). */
export interface ReportSchedule {
  kind: RegularReportKind;
  /** Of a 周报: 1 = Monday … 7 = Sunday. */
  weekday: number | null;
  /** Of a 月报: 1 to 28, so that every month has it. */
  monthDay: number | null;
  /** HH:MM, Asia/Shanghai. */
  time: string;
  /** On a day off: at the same time of the next working day, or on the day all the same. */
  onDayOff: 'move' | 'anyway';
}

export interface ScheduledRun {
  /** The day of the schedule, before any move. */
  nominalDay: LocalDate;
  dueAt: Date;
  /** The last whole span of the kind before the nominal day. */
  period: ReportPeriod;
  /** Why it is not on its day: `国庆节放假`; null where it is. */
  movedBecause: string | null;
}

/** A draft that is made so long after its instant is marked as late. */
export const LATE_AFTER_MS = 15 * 60_000;
/** No two days of a schedule lie further apart. */
const LONGEST_WAIT_DAYS = 62;
/** No run is moved by more: the longest stretch of days off is eight. */
const LONGEST_MOVE_DAYS = 15;

/** The first run whose own day lies after a day. */
export function runAfter(schedule: ReportSchedule, day: LocalDate, calendar: WorkCalendar): ScheduledRun {
  for (let i = 1; i <= LONGEST_WAIT_DAYS; i++) if (isOn(schedule, addDays(day, i))) return runOn(schedule, addDays(day, i), calendar);
  throw new RangeError(`the schedule names no day within ${LONGEST_WAIT_DAYS} days of ${day}`);
}

/** The first run that is due after an instant; a run of a day before that was moved past it counts. */
export function firstRun(schedule: ReportSchedule, now: Date, calendar: WorkCalendar): ScheduledRun {
  let run = runAfter(schedule, addDays(localDateOf(now), -LONGEST_MOVE_DAYS), calendar);
  while (run.dueAt <= now) run = runAfter(schedule, run.nominalDay, calendar);
  return run;
}

/** The run of a day of the schedule by the calendar as it is known now. */
export function runOn({ kind, time, onDayOff }: ReportSchedule, nominalDay: LocalDate, calendar: WorkCalendar): ScheduledRun {
  const { isWorkday, why } = calendar.dayKind(nominalDay);
  const isMoved = !isWorkday && onDayOff === 'move';
  const day = isMoved ? calendar.addWorkingDays(nominalDay, 0).date : nominalDay;
  const period = periodAt(kind, addDays(periodAt(kind, nominalDay).firstDay, -1));
  return { nominalDay, dueAt: instantAt(day, time), period, movedBecause: isMoved ? why : null };
}

function isOn({ kind, weekday, monthDay }: ReportSchedule, day: LocalDate): boolean {
  if (kind === 'daily') return true;
  return kind === 'weekly' ? weekdayOf(day) === (weekday ?? 1) % 7 : Number(day.slice(8)) === (monthDay ?? 1);
}
