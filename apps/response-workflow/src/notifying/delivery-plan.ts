import type { DeliveryState } from '@huiying/persistence';
import type { SendOutcome } from './notifier.js';

const MINUTE = 60_000;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * MINUTE;
/** A channel that is dead for longer than this has lost the message for good; the timeline says so. */
export const GIVE_UP_AFTER_MS = 24 * 60 * MINUTE;

export interface DeliveryPlan {
  state: DeliveryState;
  /** null = nothing left to do. */
  nextAttemptAt: Date | null;
  detail: string;
}

/** What becomes of a delivery after an attempt: done, refused, or tried again with growing waits. Pure. */
export function planDelivery(answer: SendOutcome, attempts: number, firstAttemptAt: Date, now: Date): DeliveryPlan {
  if (answer.outcome === 'accepted') return { state: 'accepted', nextAttemptAt: null, detail: answer.receipt };
  if (answer.outcome === 'refused') return { state: 'refused', nextAttemptAt: null, detail: answer.reason };
  if (now.getTime() - firstAttemptAt.getTime() >= GIVE_UP_AFTER_MS) {
    return { state: 'refused', nextAttemptAt: null, detail: `24 小时内多次尝试未成功：${answer.reason}` };
  }
  const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 20), LONGEST_WAIT_MS);
  return { state: 'retrying', nextAttemptAt: new Date(now.getTime() + wait), detail: answer.reason };
}
