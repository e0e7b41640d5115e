import type { Chance } from './chance.js';
import { before, isWeekend, wallTime } from './moments.js';

/** How much is said in each hour of the day: quiet nights, a morning peak, an evening peak. */
const HOURLY = [2, 1, 1, 1, 1, 2, 4, 8, 12, 14, 13, 11, 9, 9, 11, 12, 11, 10, 11, 13, 14, 12, 8, 4];
/** Offices rest at weekends and fewer people call; on the web it is the other way round. */
const WEEKEND = { calls: 0.55, web: 1.2 };
const STEP_MINUTES = 10;
const STEP_MS = STEP_MINUTES * 60_000;

export interface Wanted {
  /** Hours of the day it may appear in: from (included) to (not included); 24 and more run into the next night. */
  hours?: readonly [number, number] | undefined;
}

/**
 * A time for each wanted thing over the fortnight up to `now`, with the day's rhythm and in the order given
 * (the first wanted is the oldest). The last quarter of an hour is left to the stories.
 */
export function spread(wanted: readonly Wanted[], now: Date, kind: keyof typeof WEEKEND, chance: Chance): Date[] {
  const slots = slotsBefore(now);
  const weights = slots.map((slot) => HOURLY[wallTime(slot).hour]! * (isWeekend(slot) ? WEEKEND[kind] : 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const times = wanted.map((_, index) => {
    let left = ((index + chance.next()) / wanted.length) * total;
    const found = weights.findIndex((weight) => (left -= weight) < 0);
    const slot = slots[found < 0 ? slots.length - 1 : found]!;
    return new Date(slot.getTime() + chance.whole(0, STEP_MS / 1000 - 1) * 1000);
  });
  return times.map((at, index) => withinHours(at, wanted[index]!.hours, now, chance));
}

function slotsBefore(now: Date): Date[] {
  const last = before(now, { minutes: 25 }).getTime();
  const first = before(now, { days: 14 }).getTime();
  const slots: Date[] = [];
  for (let at = first; at <= last; at += STEP_MS) slots.push(new Date(at));
  return slots;
}

/** Moves a time back, by less than a day, into the hours its text is about. */
function withinHours(at: Date, hours: readonly [number, number] | undefined, now: Date, chance: Chance): Date {
  if (!hours) return at;
  const [from, to] = hours;
  const hour = wallTime(at).hour;
  if ((hour >= from && hour < to) || (hour + 24 >= from && hour + 24 < to)) return at;
  const wantedHour = chance.whole(from, to - 1) % 24;
  const back = (hour - wantedHour + 24) % 24;
  const moved = before(at, { hours: back });
  return moved.getTime() < before(now, { days: 14 }).getTime() ? new Date(moved.getTime() + 86_400_000) : moved;
}
