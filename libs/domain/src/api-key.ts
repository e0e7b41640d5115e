import { addDays, dayNumber, instantAt, localDateOf, type LocalDate } from './local-time.js';

/** How long a key of another system (接口密钥) is taken. */
export interface KeyTerms {
  /** It is taken through that day in China; null where it does not end by itself. */
  lastDay: LocalDate | null;
  /** When a person ended it; null where nobody did. Ended stays ended, whatever a clock says. */
  endedAt: Date | null;
}

export type KeyState = 'valid' | 'ends-soon' | 'ended';

/** A key whose last day is so near is warned of. */
export const KEY_ENDS_SOON_DAYS = 14;
/** Living keys of one system: the one in use, its next, and one more for when the next leaked. */
export const MOST_LIVING_KEYS = 3;
/** A last day further away is a slip of the hand. */
export const LAST_DAY_WITHIN_YEARS = 5;
const TOLD_AT_DAYS = [14, 7, 3, 1, 0] as const;

/** From this instant on a key is refused; null where it does not end. */
export function keyEndsAt({ lastDay, endedAt }: KeyTerms): Date | null {
  const over = lastDay === null ? null : instantAt(lastDay, '24:00');
  if (endedAt === null || over === null) return endedAt ?? over;
  return endedAt < over ? endedAt : over;
}

export function keyState(terms: KeyTerms, now: Date): KeyState {
  if (terms.endedAt !== null) return 'ended';
  if (terms.lastDay === null) return 'valid';
  const daysLeft = daysTo(terms.lastDay, now);
  if (daysLeft < 0) return 'ended';
  return daysLeft <= KEY_ENDS_SOON_DAYS ? 'ends-soon' : 'valid';
}

/** Days until the last day is there; 0 on it, negative once it is over. */
export function daysTo(lastDay: LocalDate, now: Date): number {
  return dayNumber(lastDay) - dayNumber(localDateOf(now));
}

/** What is wrong with a last day that somebody sets; null where nothing is. `lastDay` is a real day. */
export function lastDayFault(lastDay: LocalDate, now: Date): { rule: string; said: string } | null {
  const today = localDateOf(now);
  if (lastDay < today) return { rule: `must be ${today} or later`, said: `最后一天不能早于今天（${today}）；要立即停用请用“立即停用”` };
  const furthest = addDays(today, LAST_DAY_WITHIN_YEARS * 366);
  if (lastDay > furthest) return { rule: `must be ${furthest} or earlier`, said: `最后一天不能晚于 ${furthest}` };
  return null;
}

/** What is told of a key that ends soon. */
export interface KeyWarning {
  daysLeft: number;
  /** Each is told once: 14, 7, 3 and 1 days before, and on the day. */
  threshold: (typeof TOLD_AT_DAYS)[number];
  /** Whether the system has another key that lives longer. */
  hasNext: boolean;
  /** A day or less, and nothing to go on with. */
  urgent: boolean;
}

/** Whether a key's end must be told of today. @param others further keys of the same system */
export function keyWarning(terms: KeyTerms, others: readonly KeyTerms[], now: Date): KeyWarning | null {
  if (keyState(terms, now) !== 'ends-soon') return null;
  const daysLeft = daysTo(terms.lastDay!, now);
  const hasNext = others.some(
    (other) => keyState(other, now) !== 'ended' && (other.lastDay === null || dayNumber(other.lastDay) > dayNumber(terms.lastDay!)),
  );
  return { daysLeft, threshold: TOLD_AT_DAYS.findLast((days) => daysLeft <= days)!, hasNext, urgent: daysLeft <= 1 && !hasNext };
}
