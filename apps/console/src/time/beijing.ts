/**
 * Instants as the wall clock in 望川 shows them: Asia/Shanghai, UTC+8, no summer time.
 * Never through the browser's zone: an office PC set to another one must show the same hour.
 */
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

export interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** 日一二三四五六 */
  weekday: string;
}

export function toMs(instant: string | number): number {
  return typeof instant === 'number' ? instant : Date.parse(instant);
}

export function wall(instant: string | number): Wall {
  const shifted = new Date(toMs(instant) + OFFSET_MS);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    weekday: '日一二三四五六'[shifted.getUTCDay()]!,
  };
}

const two = (value: number) => String(value).padStart(2, '0');

/** 14:05 */
export function hourMinute(instant: string | number): string {
  const { hour, minute } = wall(instant);
  return `${two(hour)}:${two(minute)}`;
}

/** 14:05:09 */
export function hourMinuteSecond(instant: string | number): string {
  return `${hourMinute(instant)}:${two(wall(instant).second)}`;
}

/** 11-22 14:05 */
export function monthDayTime(instant: string | number): string {
  const { month, day } = wall(instant);
  return `${two(month)}-${two(day)} ${hourMinute(instant)}`;
}

/** 2026-11-22 14:05:09 */
export function fullTime(instant: string | number): string {
  return `${wallString(instant).replace('T', ' ')}`;
}

/** 2026-11-22T14:05:09, for a date picker that knows no zone. */
export function wallString(instant: string | number): string {
  const at = wall(instant);
  return `${at.year}-${two(at.month)}-${two(at.day)}T${hourMinuteSecond(instant)}`;
}

/** The instant of a wall clock reading: `2026-11-22T14:05` or with seconds. */
export function fromWallString(reading: string): string {
  return `${reading.length === 16 ? `${reading}:00` : reading}+08:00`;
}

/** Days since 1970-01-01 on 望川's calendar. */
export function dayNumber(instant: string | number): number {
  return Math.floor((toMs(instant) + OFFSET_MS) / DAY_MS);
}

/** 11月22日 星期日 */
export function dateWords(instant: string | number): string {
  const { month, day, weekday } = wall(instant);
  return `${month}月${day}日 星期${weekday}`;
}
