import type { SourceCause } from '@huiying/contracts';
import type { SourceRow } from '@huiying/persistence';

/** Shorter is between two looks, not unseen. */
const SHORTEST_MS = 15 * 60_000;
/** Looks that may fail before what lies between counts as unseen. */
const LOOKS_MISSED = 2;

type Unseen = Pick<SourceRow, 'unseenFrom' | 'unseenCause'>;

/** A span in which a source was not seen, as it is told to the others. */
export interface ToldSpan {
  from: Date;
  to: Date | null;
  cause: SourceCause;
}

/** The source was looked at: whatever was unseen has ended. */
export const seen = (): Unseen => ({ unseenFrom: null, unseenCause: null });

/** After a failed look: unseen since the last good one, once that is long enough ago. */
export function unseenSinceFailure(source: SourceRow, now: Date): Unseen {
  const from = source.unseenFrom ?? source.lastSuccessAt ?? source.failingSince;
  if (from === null || (source.unseenFrom === null && !isLong(source, from, now))) return { unseenFrom: null, unseenCause: null };
  return { unseenFrom: from, unseenCause: source.unseenCause ?? source.cause };
}

function isLong({ pollSeconds, setting }: SourceRow, from: Date, now: Date): boolean {
  const interval = Math.max(pollSeconds, setting?.pollSecondsMost ?? 0);
  return now.getTime() - from.getTime() > Math.max(interval * LOOKS_MISSED * 1000, SHORTEST_MS);
}

/**
 * What is to be told of coverage when a source went from `before` to `after`: a span that began, one that ended, or one that nobody noticed
 * while it lasted, because no collector ran.
 */
export function spanToTell(before: SourceRow, after: SourceRow, now: Date): ToldSpan | null {
  const was = before.unseenFrom;
  if (after.unseenFrom !== null) {
    return was?.getTime() === after.unseenFrom.getTime() ? null : { from: after.unseenFrom, to: null, cause: causeOf(after) };
  }
  if (was !== null) return { from: was, to: now, cause: causeOf(before) };
  const looked = after.lastSuccessAt !== null && after.lastSuccessAt.getTime() === now.getTime();
  if (!looked || before.url === null || before.lastSuccessAt === null || !before.isActive) return null;
  if (!isLong(before, before.lastSuccessAt, now)) return null;
  const cause = before.consecutiveFailures > 0 ? ((before.cause as SourceCause | null) ?? 'unreachable') : 'not-collecting';
  return { from: before.lastSuccessAt, to: now, cause };
}

function causeOf({ unseenCause }: SourceRow): SourceCause {
  return (unseenCause as SourceCause | null) ?? 'unreachable';
}
