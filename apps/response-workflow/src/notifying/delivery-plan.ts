import type { DeliveryState } from '@huiying/persistence';
import type { SendOutcome } from './notifier.js';

const MINUTE = 60_000;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * MINUTE;
/** A channel that is dead for longer than this has lost the message for good; the timeline says so. */
export const GIVE_UP_AFTER_MS = 24 * 60 * MINUTE;
/** A channel that does not take a message for so long is no way to reach somebody now: the next one is tried beside it. */
export const GO_ON_AFTER_MS = 10 * MINUTE;

export interface DeliveryPlan {
  state: DeliveryState;
  /** null = nothing left to do. */
  nextAttemptAt: Date | null;
  detail: string;
  /** Whether the person's next channel has its turn. */
  goesOn: boolean;
}

/** What becomes of a delivery after an attempt: done, refused, or tried again with growing waits. Pure. */
export function planDelivery(answer: SendOutcome, attempts: number, firstAttemptAt: Date, now: Date): DeliveryPlan {
  if (answer.outcome === 'accepted') return { state: 'accepted', nextAttemptAt: null, detail: answer.receipt, goesOn: false };
  if (answer.outcome === 'refused') return { state: 'refused', nextAttemptAt: null, detail: answer.reason, goesOn: true };
  const tried = now.getTime() - firstAttemptAt.getTime();
  if (tried >= GIVE_UP_AFTER_MS) {
    return { state: 'refused', nextAttemptAt: null, detail: `24 小时内多次尝试未成功：${answer.reason}`, goesOn: true };
  }
  const asked = answer.outcome === 'retry' ? (answer.waitSeconds ?? 0) * 1_000 : 0;
  // One try falls on the instant at which the next channel has its turn.
  const longest = tried < GO_ON_AFTER_MS ? GO_ON_AFTER_MS - tried : LONGEST_WAIT_MS;
  const wait = Math.max(Math.min(FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 20), longest), asked);
  const goesOn = answer.outcome === 'broken' || tried >= GO_ON_AFTER_MS;
  return { state: 'retrying', nextAttemptAt: new Date(now.getTime() + wait), detail: answer.reason, goesOn };
}
