import { BadInput } from '../refusals.js';
import { localTimeText } from '../local-time.js';
import type { OrderHandling } from './order.js';

/** Clocks of two systems differ by so much. */
const CLOCKS_DIFFER_MS = 60_000;

type Happened = Pick<OrderHandling, 'dispatchedAt' | 'contactedAt' | 'signedAt' | 'repliedAt' | 'closedAt'> & { receivedAt: Date };

/**
 * When a step happened: as it is stated, or now. Neither before what happened to the order last, so that nobody answers what was not yet
 * received or makes good a clock that ran out before the step it waited for, nor in the future.
 * @throws BadInput
 */
export function stepInstant(stated: Date | null, order: Happened, now: Date): Date {
  if (stated === null) return now;
  const fault = (rule: string, message: string) => new BadInput([{ field: 'at', rule, got: stated.toISOString(), message }]);
  if (stated.getTime() > now.getTime() + CLOCKS_DIFFER_MS) throw fault('must not be in the future', '发生时间晚于现在');
  const last = lastInstant(order);
  if (stated.getTime() < last.getTime() - CLOCKS_DIFFER_MS)
    throw fault(
      `must not lie before what happened to the order last, ${last.toISOString()}`,
      `发生时间早于该工单上一步（${localTimeText(last)}）`,
    );
  return stated < last ? last : stated;
}

function lastInstant({ receivedAt, dispatchedAt, contactedAt, signedAt, repliedAt, closedAt }: Happened): Date {
  const known = [receivedAt, dispatchedAt, contactedAt, signedAt, repliedAt, closedAt].filter((at) => at !== null);
  return new Date(Math.max(...known.map((at) => at.getTime())));
}

/** Whether a step was entered so long after it happened that its entry is told beside it. */
export function isEnteredLate(at: Date, now: Date): boolean {
  return now.getTime() - at.getTime() > CLOCKS_DIFFER_MS;
}
