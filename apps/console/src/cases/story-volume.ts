import { toMs } from '../time/beijing.js';

/** Opinions of a story per stretch of time. */
export interface Volume {
  /** Instants in ms at which each stretch begins. */
  starts: number[];
  counts: number[];
  stepMs: number;
}

const HOUR = 3_600_000;
const STEPS = [HOUR / 6, HOUR / 2, HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR, 7 * 24 * HOUR];
/** Bars that can be told apart in the panel. */
const MOST_BARS = 48;
/** 望川's days begin at 16:00 UTC; stretches begin with them. */
const OFFSET = 8 * HOUR;

/** Counts instants in equal stretches, the finest that gives 48 bars at most, empty ones included. */
export function volumeOf(instants: readonly string[]): Volume {
  const at = instants.map(toMs).filter((ms) => !Number.isNaN(ms));
  if (at.length === 0) return { starts: [], counts: [], stepMs: STEPS[0]! };
  const [first, last] = [Math.min(...at), Math.max(...at)];
  const floor = (ms: number, step: number) => Math.floor((ms + OFFSET) / step) * step - OFFSET;
  const bars = (step: number) => (floor(last, step) - floor(first, step)) / step + 1;
  const stepMs = STEPS.find((step) => bars(step) <= MOST_BARS) ?? STEPS[STEPS.length - 1]!;
  const start = floor(first, stepMs);
  const counts = Array.from({ length: bars(stepMs) }, () => 0);
  for (const ms of at) counts[(floor(ms, stepMs) - start) / stepMs]! += 1;
  return { starts: counts.map((_, index) => start + index * stepMs), counts, stepMs };
}
