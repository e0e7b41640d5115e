/** A calendar day in China as YYYY-MM-DD. Strings of this form sort in time order. */
export type LocalDate = string;

/** Asia/Shanghai has been +08:00 without summer time since 1991-09-15; nothing we handle is older. */
const OFFSET_MS = 8 * 3_600_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/**
 * Day number since 1970-01-01 of a local date. The machine's own zone plays no part.
 * @throws RangeError when the text is no real day, e.g. 2026-02-29
 */
export function dayNumber(date: LocalDate): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
  if (Number.isNaN(ms) || dateOf(ms / DAY_MS) !== date) throw new RangeError(`must be a day as YYYY-MM-DD, got ${JSON.stringify(date)}`);
  return ms / DAY_MS;
}

/** The local date of a day number. */
export function dateOf(day: number): LocalDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The day `days` later (earlier where negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOf(dayNumber(date) + days);
}

/** 0 = 周日 … 6 = 周六. 1970-01-01 was a Thursday. */
export function weekdayOf(date: LocalDate): number {
  return (((dayNumber(date) + 4) % 7) + 7) % 7;
}

/**
 * The day it is in China at an instant.
 * @throws RangeError when the instant is invalid
 */
export function localDateOf(instant: Date): LocalDate {
  return new Date(validMs(instant) + OFFSET_MS).toISOString().slice(0, 10);
}

/** The instant of a wall-clock time in China; '24:00' is the midnight that ends the day. Seconds are zero. */
export function instantAt(date: LocalDate, time: string): Date {
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  return new Date(dayNumber(date) * DAY_MS + (hours * 60 + minutes) * 60_000 - OFFSET_MS);
}

const WRITTEN = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

/** ISO 8601, or `yyyy-MM-dd HH:mm:ss` as hotlines write it: without a zone it is China's. null where there is no such day or time. */
export function readInstant(text: string): Date | null {
  const [, day, time = '00:00', zone = '+08:00'] = WRITTEN.exec(text) ?? [];
  if (day === undefined) return null;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // A day that does not exist rolls over into the next month.
  if (Number.isNaN(midnight) || dateOf(midnight / DAY_MS) !== day) return null;
  const instant = new Date(`${day}T${time}${zone}`);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

/** `2026-02-14 20:30` in China, for sentences people read. */
export function localTimeText(instant: Date): string {
  return new Date(validMs(instant) + OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
}

/** `3 小时 12 分` · `2 天 4 小时` · `不足 1 分`: the two largest units, cut off, never rounded up. */
export function spanText(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000);
  const parts: [number, string][] = [
    [Math.floor(minutes / 1440), '天'],
    [Math.floor(minutes / 60) % 24, '小时'],
    [minutes % 60, '分'],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first < 0) return '不足 1 分';
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}

/** @throws RangeError when the instant is invalid */
export function validMs(instant: Date): number {
  const ms = instant.getTime();
  if (Number.isNaN(ms)) throw new RangeError('must be a valid instant, got Invalid Date');
  return ms;
}
