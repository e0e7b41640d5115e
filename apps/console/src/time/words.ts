import { dayNumber, hourMinute, monthDayTime, toMs, wall } from './beijing.js';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** A span in the two largest units that say something: 3 小时 12 分, 2 天 4 小时, 不足 1 分. Rounded down. */
export function spanWords(seconds: number): string {
  const whole = Math.floor(Math.abs(seconds));
  if (whole < MINUTE) return '不足 1 分';
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} 分`;
  if (whole < 2 * DAY) return pair(Math.floor(whole / HOUR), '小时', Math.floor((whole % HOUR) / MINUTE), '分');
  return pair(Math.floor(whole / DAY), '天', Math.floor((whole % DAY) / HOUR), '小时');
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** How long ago, or the clock time once that says more: 刚刚, 5 分钟前, 今天 09:12, 昨天 22:40, 11-20 14:05. */
export function agoWords(at: string | number, nowMs: number): string {
  const seconds = (nowMs - toMs(at)) / 1000;
  if (Number.isNaN(seconds)) return '—';
  // The screen's beat may lag behind what has just come in.
  if (seconds < -MINUTE) return monthDayTime(at);
  if (seconds < MINUTE) return '刚刚';
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} 分钟前`;
  const days = dayNumber(nowMs) - dayNumber(at);
  if (days === 0) return seconds < 6 * HOUR ? `${Math.floor(seconds / HOUR)} 小时前` : `今天 ${hourMinute(at)}`;
  if (days === 1) return `昨天 ${hourMinute(at)}`;
  return wall(at).year === wall(nowMs).year ? monthDayTime(at) : `${wall(at).year}-${monthDayTime(at)}`;
}

/** When something comes: 3 分钟后, 今天 20:00, 明天 08:00, 11-24 08:00. */
export function aheadWords(at: string | number, nowMs: number): string {
  const seconds = (toMs(at) - nowMs) / 1000;
  if (Number.isNaN(seconds)) return '—';
  if (seconds <= 0) return '现在';
  if (seconds < HOUR) return `${Math.max(1, Math.floor(seconds / MINUTE))} 分钟后`;
  const days = dayNumber(at) - dayNumber(nowMs);
  if (days === 0) return `今天 ${hourMinute(at)}`;
  return days === 1 ? `明天 ${hourMinute(at)}` : monthDayTime(at);
}
