import type { DemoStep, FeedItemStep, HotlineStep } from '../demo/index.js';

/** What is said in this time is found together, as a round over quiet sources finds it; nothing is done about an order sooner. */
const ROUND_MS = 3_600_000;

export type Said = FeedItemStep | HotlineStep;

/** Steps that are played at once: what was merely said within an hour, when its last was said; anything else alone. */
export type Stretch = { at: Date } & ({ isMerelySaid: true; steps: readonly Said[] } | { isMerelySaid: false; steps: readonly [DemoStep] });

export function isSaid(step: DemoStep): step is Said {
  return step.kind === 'feed-item' || step.kind === 'hotline';
}

/** @param steps in time order */
export function inStretches(steps: readonly DemoStep[]): Stretch[] {
  const stretches: Stretch[] = [];
  let round: Said[] = [];
  const endRound = (): void => {
    if (round.length > 0) stretches.push({ at: round.at(-1)!.at, isMerelySaid: true, steps: round });
    round = [];
  };
  for (const step of steps) {
    // What begins a story is named by later steps.
    const isMerelySaid = isSaid(step) && step.storyKey === undefined;
    if (!isMerelySaid || (round.length > 0 && step.at.getTime() - round[0]!.at.getTime() >= ROUND_MS)) endRound();
    if (isMerelySaid) round.push(step);
    else stretches.push({ at: step.at, isMerelySaid: false, steps: [step] });
  }
  endRound();
  return stretches;
}
