const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** China has one zone without summer time, so +08:00 may be added as a number. */
const EAST_EIGHT = 8 * HOUR;

/** `now` less a span. */
export function before(now: Date, span: { days?: number; hours?: number; minutes?: number; seconds?: number }): Date {
  return new Date(
    now.getTime() - (span.days ?? 0) * DAY - (span.hours ?? 0) * HOUR - (span.minutes ?? 0) * MINUTE - (span.seconds ?? 0) * 1000,
  );
}

/** `start` plus a span. */
export function after(start: Date, span: { days?: number; hours?: number; minutes?: number; seconds?: number }): Date {
  return new Date(2 * start.getTime() - before(start, span).getTime());
}

interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** 0 = Sunday. */
  weekday: number;
}

/** What the wall clock in 望川 shows. */
export function wallTime(at: Date): WallTime {
  const shifted = new Date(at.getTime() + EAST_EIGHT);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    weekday: shifted.getUTCDay(),
  };
}

/** Midnight in 望川 of the day that holds `at`. */
export function startOfDay(at: Date): Date {
  return new Date(Math.floor((at.getTime() + EAST_EIGHT) / DAY) * DAY - EAST_EIGHT);
}

/** The instant on the same 望川 day at hour:minute. */
export function onDayOf(at: Date, hour: number, minute = 0): Date {
  return after(startOfDay(at), { hours: hour, minutes: minute });
}

/** 11月3日 */
export function monthDay(at: Date): string {
  const { month, day } = wallTime(at);
  return `${month}月${day}日`;
}

/** 2026年11月3日 */
export function fullDate(at: Date): string {
  return `${wallTime(at).year}年${monthDay(at)}`;
}

/** 9时05分 */
export function clockTime(at: Date): string {
  const { hour, minute } = wallTime(at);
  return minute === 0 ? `${hour}时` : `${hour}时${two(minute)}分`;
}

/** 11月3日9时05分 */
export function dayAndTime(at: Date): string {
  return `${monthDay(at)}${clockTime(at)}`;
}

/** 凌晨 早上 上午 中午 下午 晚上 深夜, as people say it. */
export function partOfDay(at: Date): string {
  const { hour } = wallTime(at);
  if (hour < 5) return '凌晨';
  if (hour < 8) return '早上';
  if (hour < 11) return '上午';
  if (hour < 13) return '中午';
  if (hour < 18) return '下午';
  return hour < 22 ? '晚上' : '深夜';
}

/** 早上7点40 as people say it; minutes go down to the ten. */
export function spokenTime(at: Date): string {
  const { hour, minute } = wallTime(at);
  const twelve = hour > 12 ? hour - 12 : hour;
  const ten = Math.floor(minute / 10) * 10;
  return `${partOfDay(at)}${twelve}点${ten === 0 ? '' : ten === 30 ? '半' : ten}`;
}

/** 今天 昨天 前天 or 11月3日: the day of `at` as said at `spoken`. */
export function dayWord(at: Date, spoken: Date): string {
  const days = Math.round((startOfDay(spoken).getTime() - startOfDay(at).getTime()) / DAY);
  return ['今天', '昨天', '前天'][days] ?? monthDay(at);
}

export function isWeekend(at: Date): boolean {
  return [0, 6].includes(wallTime(at).weekday);
}

/** 2026-11-03 09:05:00, 望川 time, no zone: the form of hotlines and old forums. */
export function localStamp(at: Date): string {
  const t = wallTime(at);
  return `${t.year}-${two(t.month)}-${two(t.day)} ${two(t.hour)}:${two(t.minute)}:${two(t.second)}`;
}

/** 20261103 */
export function dayDigits(at: Date): string {
  return localStamp(at).slice(0, 10).replaceAll('-', '');
}

export function two(n: number): string {
  return String(n).padStart(2, '0');
}
