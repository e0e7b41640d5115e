import { fromWallString, wallString } from './beijing.js';

/**
 * Calendar arithmetic for the date picker. A `Date` here is a reading of 望川's wall clock kept in its UTC fields, so
 * the browser's zone plays no part; "now" is the server's.
 */
export type WallDate = Date;

const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];
const MONTHS = Array.from({ length: 12 }, (_, month) => `${month + 1}月`);

export function wallDate(instant: string | number): WallDate {
  return new Date(`${wallString(instant)}Z`);
}

export function instantOf(date: WallDate): string {
  return fromWallString(date.toISOString().slice(0, 19));
}

const changed = (date: WallDate, change: (copy: Date) => void): WallDate => {
  const copy = new Date(date.getTime());
  change(copy);
  return copy;
};

/** A month later on the same day, or the month's last where there is none: 01-31 and a month is 02-28. */
function inMonth(date: WallDate, year: number, month: number): WallDate {
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return changed(date, (copy) => copy.setUTCFullYear(year, month, Math.min(copy.getUTCDate(), last)));
}

const two = (value: number) => String(value).padStart(2, '0');
const TOKENS: Record<string, (date: WallDate) => string> = {
  YYYY: (date) => String(date.getUTCFullYear()),
  MMM: (date) => MONTHS[date.getUTCMonth()]!,
  MM: (date) => two(date.getUTCMonth() + 1),
  M: (date) => String(date.getUTCMonth() + 1),
  DD: (date) => two(date.getUTCDate()),
  D: (date) => String(date.getUTCDate()),
  HH: (date) => two(date.getUTCHours()),
  mm: (date) => two(date.getUTCMinutes()),
  ss: (date) => two(date.getUTCSeconds()),
};

function format(date: WallDate, pattern: string): string {
  return pattern.replace(/\[([^\]]*)\]|YYYY|MMM|MM|M|DD|D|HH|mm|ss/g, (token, literal?: string) => literal ?? TOKENS[token]!(date));
}

/** Reads 2026-11-22, 2026-11-22 14:05 or with seconds; anything else is no date. */
function parse(text: string): WallDate | null {
  const found = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(text.trim());
  if (found === null) return null;
  const [year, month, day, hour, minute, second] = found.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60 ? date : null;
}

/** The Monday of the week. */
const monday = (date: WallDate) => changed(date, (copy) => copy.setUTCDate(copy.getUTCDate() - ((copy.getUTCDay() + 6) % 7)));

/** What antd's picker needs to know about dates. @param nowMs the server's time in ms */
export function wallCalendar(nowMs: () => number) {
  return {
    getNow: () => wallDate(Number.isNaN(nowMs()) ? 0 : nowMs()),
    getFixedDate: (text: string) => parse(text) ?? new Date(Number.NaN),
    getEndDate: (date: WallDate) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)),
    getWeekDay: (date: WallDate) => date.getUTCDay(),
    getYear: (date: WallDate) => date.getUTCFullYear(),
    getMonth: (date: WallDate) => date.getUTCMonth(),
    getDate: (date: WallDate) => date.getUTCDate(),
    getHour: (date: WallDate) => date.getUTCHours(),
    getMinute: (date: WallDate) => date.getUTCMinutes(),
    getSecond: (date: WallDate) => date.getUTCSeconds(),
    getMillisecond: (date: WallDate) => date.getUTCMilliseconds(),
    addYear: (date: WallDate, by: number) => inMonth(date, date.getUTCFullYear() + by, date.getUTCMonth()),
    addMonth: (date: WallDate, by: number) => {
      const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + by;
      return inMonth(date, Math.floor(months / 12), ((months % 12) + 12) % 12);
    },
    addDate: (date: WallDate, by: number) => changed(date, (copy) => copy.setUTCDate(copy.getUTCDate() + by)),
    setYear: (date: WallDate, year: number) => inMonth(date, year, date.getUTCMonth()),
    setMonth: (date: WallDate, month: number) => inMonth(date, date.getUTCFullYear(), month),
    setDate: (date: WallDate, day: number) => changed(date, (copy) => copy.setUTCDate(day)),
    setHour: (date: WallDate, hour: number) => changed(date, (copy) => copy.setUTCHours(hour)),
    setMinute: (date: WallDate, minute: number) => changed(date, (copy) => copy.setUTCMinutes(minute)),
    setSecond: (date: WallDate, second: number) => changed(date, (copy) => copy.setUTCSeconds(second)),
    setMillisecond: (date: WallDate, ms: number) => changed(date, (copy) => copy.setUTCMilliseconds(ms)),
    isAfter: (one: WallDate, other: WallDate) => one.getTime() > other.getTime(),
    isValidate: (date: WallDate) => !Number.isNaN(date.getTime()),
    locale: {
      getWeekFirstDay: () => 1,
      getWeekFirstDate: (_: string, date: WallDate) => monday(date),
      getWeek: (_: string, date: WallDate) => Math.ceil((monday(date).getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 604_800_000) + 1,
      format: (_: string, date: WallDate, pattern: string) => format(date, pattern),
      /** What is being typed is a date once it is whole: 2026-11-2 on the way to 2026-11-28 is none. */
      parse: (_: string, text: string, patterns: readonly string[] = []) => {
        const date = parse(text);
        const isWhole = date !== null && (patterns.length === 0 || patterns.some((pattern) => format(date, pattern) === text.trim()));
        return isWhole ? date : null;
      },
      getShortWeekDays: () => WEEKDAYS,
      getShortMonths: () => MONTHS,
    },
  };
}
