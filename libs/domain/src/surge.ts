/** A story (事件) grows far beyond its own past: 突增. */
export interface Surge {
  isSurge: boolean;
  /** Opinions of the last 24 hours. */
  last24h: number;
  /** What its own past lets expect in 24 hours. */
  expected: number;
  /** How likely so many are by chance: the Poisson tail. */
  chance: number;
}

/** So unlikely must it be: of a thousand quiet stories looked at ten times each, less than one is told of by mistake. */
const CHANCE = 1e-5;
/** Fewer in a day are no surge, whatever the past. */
const LEAST = 5;
/** A story too young to have a past, or a silent one, is expected to have so many a day. */
const FLOOR = 0.3;
/** A day long past says less: it counts half after so many days. */
const HALF_LIFE_DAYS = 14;
const DAY_MS = 86_400_000;
/** So many days of a story's past are looked at. */
export const PAST_DAYS = 28;
/** One wild day must not hide the next: a day counts at most so many times the middle one, and 3 more. */
const CLIPPED = 3;

/**
 * Whether a story surges: its last 24 hours against its own daily past, weighed by age and clipped against single wild days, with the
 * uncertainty of a short past added. Told once per story and week, see `SURGE_QUIET_DAYS`.
 * @param last24h opinions of the last 24 hours
 * @param past opinions of each 24 hours before those, the latest first; at most PAST_DAYS are looked at
 */
export function surgeOf(last24h: number, past: readonly number[]): Surge {
  const days = past.slice(0, PAST_DAYS);
  const middle = [...days].sort((a, b) => a - b)[Math.floor(days.length / 2)] ?? 0;
  let [sum, weights] = [0, 0];
  days.forEach((count, age) => {
    const weight = 2 ** (-age / HALF_LIFE_DAYS);
    sum += weight * Math.min(count, CLIPPED * middle + 3);
    weights += weight;
  });
  const mean = weights === 0 ? 0 : sum / weights;
  const expected = Math.max(FLOOR, mean + Math.sqrt(mean / Math.max(1, weights)));
  const chance = poissonTail(last24h, expected);
  return { isSurge: last24h >= LEAST && chance < CHANCE, last24h, expected, chance };
}

/**
 * surgeOf, from how many opinions were seen how many times 24 hours ago. A story has no past before its first sight.
 * @param byAge age in whole days (0 = the last 24 hours) → opinions
 */
export function surgeOfAges(byAge: ReadonlyMap<number, number>, firstSeenAt: Date, now: Date): Surge {
  const ageDays = Math.floor((now.getTime() - firstSeenAt.getTime()) / DAY_MS);
  const past = Array.from({ length: Math.min(PAST_DAYS, Math.max(0, ageDays)) }, (_, i) => byAge.get(i + 1) ?? 0);
  return surgeOf(byAge.get(0) ?? 0, past);
}

/** A surge is told, and then for so long not again of the same story. */
export const SURGE_QUIET_DAYS = 7;

/** P(X ≥ count) for a Poisson variable of this mean. */
export function poissonTail(count: number, mean: number): number {
  if (count <= 0) return 1;
  let term = Math.exp(-mean);
  let below = term;
  for (let k = 1; k < count; k++) {
    term *= mean / k;
    below += term;
  }
  if (1 - below > 1e-9) return 1 - below;
  // So far out that 1 − below is rounding: the tail is summed itself.
  let [tail, next] = [0, (term * mean) / count];
  for (let k = count + 1; next > 1e-300 && k < count + 200; k++) {
    tail += next;
    next *= mean / k;
  }
  return tail;
}
