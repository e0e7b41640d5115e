/** What a receiver answered. */
export type CallbackAnswer =
  | { outcome: 'taken' }
  /** It may take it later: no answer, its own fault, too many requests, a key that is not right (yet). */
  | { outcome: 'later'; reason: string; waitSeconds?: number }
  /** It says that it never will. */
  | { outcome: 'refused'; reason: string };

export interface CallbackNext {
  nextAt: Date | null;
  dead: boolean;
}

const SECOND = 1000;
const DAY = 86_400_000;
/** A refusal is tried again so often: a receiver that is being changed answers wrongly for a while. */
const REFUSED_AT_MOST = 6;
const LONGEST_WAIT = 3_600_000;

/** 2 s, 4 s, 8 s … up to an hour. */
export function waitMs(attempts: number): number {
  return Math.min(2 ** Math.min(attempts, 20) * SECOND, LONGEST_WAIT);
}

/**
 * When a callback that was not taken is tried again, or that it is given up (死信).
 * @param attempts how often it was tried, this one included
 */
export function planCallback(
  answer: Exclude<CallbackAnswer, { outcome: 'taken' }>,
  attempts: number,
  failingSince: Date,
  now: Date,
  giveUpDays: number,
): CallbackNext {
  const isOver =
    now.getTime() - failingSince.getTime() >= giveUpDays * DAY || (answer.outcome === 'refused' && attempts >= REFUSED_AT_MOST);
  if (isOver) return { nextAt: null, dead: true };
  const asked = answer.outcome === 'later' ? (answer.waitSeconds ?? 0) * SECOND : 0;
  return { nextAt: new Date(now.getTime() + Math.max(waitMs(attempts), Math.min(asked, DAY))), dead: false };
}

/** Pure, so that every answer is a row in a test. */
export function readAnswer(status: number, retryAfter: string | null, taken: boolean): CallbackAnswer {
  if (status >= 200 && status < 300)
    return taken ? { outcome: 'taken' } : { outcome: 'refused', reason: `HTTP ${status}，但应答未表示成功` };
  const waitSeconds = retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined;
  const reason = `HTTP ${status}`;
  // Wrong keys, conflicts of time and overload pass; so does a redirect, which is never followed with a signed request.
  if (status < 400 || status >= 500 || [401, 403, 408, 425, 429].includes(status))
    return { outcome: 'later', reason, ...(waitSeconds === undefined ? {} : { waitSeconds }) };
  return { outcome: 'refused', reason };
}
