import type { WorkCalendar } from './calendar.js';
import { HOUR_MS, localDateOf, validMs } from './local-time.js';

/** When a source brought something new: looks that found something, counted per hour. */
export interface Rhythm {
  /** Hours since 1970 of the last count. */
  lastHour: number;
  /** Oldest first, at most four weeks. */
  counts: readonly number[];
}

/** Four weeks: each weekday four times, and an old habit is forgotten. */
const MOST_HOURS = 28 * 24;
/** A rhythm is known once it was watched for two days and something came in five of their hours. */
const HOURS_TO_KNOW = 48;
const ACTIVE_HOURS_TO_KNOW = 5;
/** A silence that happens less often than about once in a hundred times by chance is out of the rhythm: two missed hours of the surest. */
const CHANCE = 0.0105;
/** However regular a source was, one missed hour proves nothing. */
const SUREST = 0.9;
/** However quiet an hour was, something may come in it. */
const LEAST = 0.002;
/** An hour of the day counts as active where something came in it on one day in four. */
const ACTIVE_SHARE = 0.25;
/** A source that came in so many hours of the day rests at none, so on no kind of day either. */
const RESTLESS_HOURS = 22;
const LONGEST_WALK_HOURS = 60 * 24;

const hourOf = (instant: Date): number => Math.floor(validMs(instant) / HOUR_MS);

/** The rhythm with one more look that found something. What is older than four weeks is forgotten, and what comes late is put where it belongs. */
export function withArrival(rhythm: Rhythm | null, at: Date): Rhythm {
  const hour = hourOf(at);
  if (rhythm === null) return { lastHour: hour, counts: [1] };
  const counts = countsUpTo(rhythm, Math.max(hour, rhythm.lastHour));
  const lastHour = Math.max(hour, rhythm.lastHour);
  const place = counts.length - 1 - (lastHour - hour);
  if (place >= 0) counts[place]!++;
  return { lastHour, counts };
}

/** The counts of the last `hours` hours, the hour of `now` last. */
export function arrivalsOfLast(rhythm: Rhythm | null, hours: number, now: Date): number[] {
  const counts = rhythm === null ? [] : countsUpTo(rhythm, Math.max(hourOf(now), rhythm.lastHour)).slice(-hours);
  return [...Array<number>(hours - counts.length).fill(0), ...counts];
}

function countsUpTo({ lastHour, counts }: Rhythm, hour: number): number[] {
  const since = Math.min(hour - lastHour, MOST_HOURS);
  return [...counts, ...Array<number>(since).fill(0)].slice(-MOST_HOURS);
}

/** What came in one hour of the day on working days, or on days off: on how many days of how many. */
interface Habit {
  days: number;
  activeDays: number;
  arrivals: number;
}

/** Habits by kind of day and hour: a newspaper is quiet at night, an organ of government at weekends and in holidays. */
type Profile = ReadonlyMap<string, Habit>;

function placeOf(hour: number, calendar: WorkCalendar): string {
  const instant = new Date(hour * HOUR_MS);
  const kind = calendar.isWorkday(localDateOf(instant)) ? 'work' : 'off';
  return `${kind}-${(instant.getUTCHours() + 8) % 24}`;
}

function profileOf({ lastHour, counts }: Rhythm, calendar: WorkCalendar): Profile {
  const profile = new Map<string, Habit>();
  counts.forEach((count, i) => {
    const place = placeOf(lastHour - counts.length + 1 + i, calendar);
    const habit = profile.get(place) ?? { days: 0, activeDays: 0, arrivals: 0 };
    profile.set(place, { days: habit.days + 1, activeDays: habit.activeDays + (count > 0 ? 1 : 0), arrivals: habit.arrivals + count });
  });
  return profile;
}

export function isRhythmKnown(rhythm: Rhythm | null): rhythm is Rhythm {
  return rhythm !== null && rhythm.counts.length >= HOURS_TO_KNOW && rhythm.counts.filter((n) => n > 0).length >= ACTIVE_HOURS_TO_KNOW;
}

/**
 * From when on a silence since `lastArrivalAt` is out of the source's rhythm: the first hour's end at which so long a silence would happen by
 * chance less than once in a hundred times, going by the same hours of the same kind of day (working or off) in the last four weeks. Of a kind of day not watched yet nothing is known to
 * be due, except of a source that never rests.
 * @param shortestMs never earlier than this after the last arrival
 * @returns null while the rhythm is not known
 */
export function silentFrom(rhythm: Rhythm | null, lastArrivalAt: Date, shortestMs: number, calendar: WorkCalendar): Date | null {
  if (!isRhythmKnown(rhythm)) return null;
  const profile = profileOf(rhythm, calendar);
  const unwatched = restlessShare(profile) ?? LEAST;
  let hour = hourOf(lastArrivalAt) + 1;
  const last = hour + LONGEST_WALK_HOURS;
  for (let chance = 1; chance > CHANCE && hour < last; hour++) {
    const habit = profile.get(placeOf(hour, calendar));
    chance *= 1 - (habit === undefined ? unwatched : shareOf(habit));
  }
  return new Date(Math.max(hour * HOUR_MS, lastArrivalAt.getTime() + shortestMs));
}

function shareOf({ activeDays, days }: Pick<Habit, 'activeDays' | 'days'>): number {
  return Math.min(SUREST, Math.max(LEAST, activeDays / days));
}

/** Of all hours watched; null for a source that rests in some of the day's. */
function restlessShare(profile: Profile): number | null {
  const active = [...profile].filter(([, { activeDays }]) => activeDays > 0);
  const hoursOfDay = new Set(active.map(([place]) => place.split('-')[1]));
  if (hoursOfDay.size < RESTLESS_HOURS) return null;
  const sum = (of: (habit: Habit) => number) => [...profile.values()].reduce((total, habit) => total + of(habit), 0);
  return shareOf({ activeDays: sum(({ activeDays }) => activeDays), days: sum(({ days }) => days) });
}

/** Seconds between two arrivals in the hours in which the source is active; over all hours where none stands out. Null while not known. */
export function expectedEverySeconds(rhythm: Rhythm | null, calendar: WorkCalendar): number | null {
  if (!isRhythmKnown(rhythm)) return null;
  const habits = [...profileOf(rhythm, calendar).values()];
  const active = habits.filter(({ activeDays, days }) => activeDays / days >= ACTIVE_SHARE);
  const counted = active.length > 0 ? active : habits;
  const sum = (of: (habit: Habit) => number) => counted.reduce((total, habit) => total + of(habit), 0);
  return Math.round((sum((h) => h.days) * 3600) / sum((h) => h.arrivals));
}
