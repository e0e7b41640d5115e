import { addDays, dateOf, dayNumber, weekdayOf, type LocalDate } from './local-time.js';

/** What one State Council notice (国务院办公厅 放假安排通知) lays down; it may reach into the last days of the year before. */
export interface CalendarYear {
  year: number;
  /** 文号 of the notice; null where it could not be checked. */
  source: string | null;
  /** In words, how the source is known. */
  sourceNote: string;
  holidays: { name: string; days: LocalDate[] }[];
  /** 调休上班: weekend days that are worked, under the holiday they make up for. */
  workdays: { name: string; days: LocalDate[] }[];
}

export type DayKind = 'weekday' | 'weekend' | 'holiday' | 'make-up-workday';

/** What a day is and why, as a ledger prints it. */
export interface DayAnswer {
  date: LocalDate;
  kind: DayKind;
  isWorkday: boolean;
  /** e.g. 春节放假 · 调休上班（春节） · 周六 · 周三 */
  why: string;
  /** True where the notice that settles this day is not published: the answer goes by the weekday alone. */
  provisional: boolean;
}

/** One day of a count of working days. */
export interface CountedDay extends DayAnswer {
  counted: boolean;
}

export interface DayCount {
  /** The day the count ends on. */
  date: LocalDate;
  days: number;
  /** True when any day looked at is provisional. */
  provisional: boolean;
  /** Every day from the first to the last, counted or skipped; the first is never counted. */
  ledger: CountedDay[];
}

type DayTest = (date: LocalDate) => boolean;
const never: DayTest = () => false;

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;

/** From this day on the next year's notice may still change the year's end; the earliest day it ever did was 12-29 (2007, 2018). */
const YEAR_END = '12-28';

/** No count of working days needs more days than this; a longer walk means a broken table. */
const LONGEST_WALK_DAYS = 20_000;

/** About 270 years of days. */
const MOST_KEPT_DAYS = 100_000;

/**
 * Working days of the mainland: Monday to Friday without 法定节假日放假, and the 调休 weekend days that are worked.
 * Immutable, and independent of the process's time zone.
 */
export class WorkCalendar {
  private readonly off = new Map<LocalDate, string>();
  private readonly worked = new Map<LocalDate, string>();
  private readonly answers = new Map<number, DayAnswer>();
  private readonly published = new Map<number, CalendarYear>();

  /**
   * @throws RangeError on a year given twice, a day named twice, or a day no notice of that year can speak of
   */
  constructor(years: readonly CalendarYear[]) {
    for (const table of years) {
      if (this.published.has(table.year)) throw new RangeError(`calendar year ${table.year} is given twice`);
      this.published.set(table.year, table);
      for (const { name, days } of table.holidays) for (const day of days) this.enter(this.off, table.year, day, name);
      for (const { name, days } of table.workdays) for (const day of days) this.enter(this.worked, table.year, day, name);
    }
  }

  /** Years whose notice is known, oldest first. */
  get years(): number[] {
    return [...this.published.keys()].sort((a, b) => a - b);
  }

  /** The notice a year's days rest on; null where it is not published or not entered. */
  tableOf(year: number): CalendarYear | null {
    return this.published.get(year) ?? null;
  }

  /** Whether people work that day. On a provisional day this goes by the weekday: ask dayKind where it matters. */
  isWorkday(date: LocalDate): boolean {
    return this.dayKind(date).isWorkday;
  }

  /** What a day is, why, and whether that is settled. @throws RangeError when it is no real day */
  dayKind(date: LocalDate): DayAnswer {
    return this.dayAt(dayNumber(date));
  }

  /** Kept once worked out: counts walk over the same days again and again. */
  private dayAt(day: number): DayAnswer {
    const known = this.answers.get(day);
    if (known) return known;
    if (this.answers.size >= MOST_KEPT_DAYS) this.answers.clear();
    const answer = Object.freeze(this.judgeDay(dateOf(day)));
    this.answers.set(day, answer);
    return answer;
  }

  private judgeDay(date: LocalDate): DayAnswer {
    const weekday = weekdayOf(date);
    const provisional = !this.isSettled(date);
    const holiday = this.off.get(date);
    if (holiday !== undefined) return { date, kind: 'holiday', isWorkday: false, why: `${holiday}放假`, provisional };
    const madeUp = this.worked.get(date);
    if (madeUp !== undefined) return { date, kind: 'make-up-workday', isWorkday: true, why: `调休上班（${madeUp}）`, provisional };
    const isWorkday = weekday !== 0 && weekday !== 6;
    const note = provisional ? `（${this.missingYear(date)}年放假安排未公布或未录入，暂按星期推算）` : '';
    return { date, kind: isWorkday ? 'weekday' : 'weekend', isWorkday, why: `${WEEKDAYS[weekday]}${note}`, provisional };
  }

  /**
   * The nth working day after `start`; `start` itself is not counted (民法典第201条).
   * n = 0 is `start` when it is worked, else the next working day (民法典第203条).
   * @param paused days that do not count although worked (不计入期限)
   * @throws RangeError when n is no whole number from 0 to 10000
   */
  addWorkingDays(start: LocalDate, n: number, paused: DayTest = never): DayCount {
    return this.walk(start, n, (day) => day.isWorkday && !paused(day.date));
  }

  /**
   * The nth natural day (自然日) after `start`, which is not counted; on a day off it moves to the next working day (民法典第203条).
   * @throws RangeError as addWorkingDays
   */
  addNaturalDays(start: LocalDate, n: number, paused: DayTest = never): DayCount {
    const answer = this.walk(start, n, (day) => !paused(day.date));
    // Days run on whatever they are: only the last one, and where it moves to, must be settled.
    const last = answer.ledger.findLastIndex((day) => day.counted);
    return { ...answer, provisional: answer.ledger.slice(Math.max(last, 0)).some((day) => day.provisional) };
  }

  private walk(start: LocalDate, n: number, counts: (day: DayAnswer) => boolean): DayCount {
    if (!Number.isInteger(n) || n < 0 || n > 10_000) throw new RangeError(`must be a whole number of days from 0 to 10000, got ${n}`);
    const first = this.dayKind(start);
    const ledger: CountedDay[] = [{ ...first, counted: false, why: `首日不计（${first.why}）` }];
    let today: DayAnswer = first;
    let number = dayNumber(start);
    for (let left = n; left > 0 || !today.isWorkday;) {
      if (ledger.length > LONGEST_WALK_DAYS) throw new RangeError(`no working day found within ${LONGEST_WALK_DAYS} days of ${start}`);
      number += 1;
      today = this.dayAt(number);
      const counted = left > 0 && counts(today);
      if (counted) left -= 1;
      ledger.push({ ...today, counted });
    }
    const { date } = today;
    // The first day is not counted, so it matters to n = 0 only whether it is settled.
    return { date, days: n, provisional: ledger.slice(n === 0 ? 0 : 1).some((day) => day.provisional), ledger };
  }

  /**
   * Working days from `from` (not counted) to `to` (counted when worked). Zero when both are one day.
   * @throws RangeError when `to` is before `from`
   */
  workingDaysBetween(from: LocalDate, to: LocalDate): DayCount {
    const first = dayNumber(from);
    const last = dayNumber(to);
    if (last < first) throw new RangeError(`must not end before it starts: ${from} to ${to}`);
    const ledger: CountedDay[] = [{ ...this.dayKind(from), counted: false, why: `首日不计（${this.dayKind(from).why}）` }];
    for (let day = first + 1; day <= last; day++) {
      const answer = this.dayAt(day);
      ledger.push({ ...answer, counted: answer.isWorkday });
    }
    return {
      date: to,
      days: ledger.filter((day) => day.counted).length,
      provisional: ledger.slice(1).some((day) => day.provisional),
      ledger,
    };
  }

  /** The last working day before a day. */
  workdayBefore(date: LocalDate): LocalDate {
    for (let day = addDays(date, -1), steps = 0; steps < LONGEST_WALK_DAYS; day = addDays(day, -1), steps++) {
      if (this.isWorkday(day)) return day;
    }
    throw new RangeError(`no working day found within ${LONGEST_WALK_DAYS} days before ${date}`);
  }

  private isSettled(date: LocalDate): boolean {
    const year = Number(date.slice(0, 4));
    return this.published.has(year) && (date.slice(5) < YEAR_END || this.published.has(year + 1));
  }

  private missingYear(date: LocalDate): number {
    const year = Number(date.slice(0, 4));
    return this.published.has(year) ? year + 1 : year;
  }

  private enter(into: Map<LocalDate, string>, year: number, day: LocalDate, name: string): void {
    dayNumber(day);
    const own = day.startsWith(`${year}-`) || (day.startsWith(`${year - 1}-12-`) && day.slice(5) >= YEAR_END);
    if (!own) throw new RangeError(`calendar year ${year} cannot speak of ${day}`);
    if (this.off.has(day) || this.worked.has(day)) throw new RangeError(`calendar names ${day} twice`);
    into.set(day, name);
  }
}
