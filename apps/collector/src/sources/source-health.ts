import type { SourceRow } from '@huiying/persistence';

export type SourceState = 'ok' | 'failing' | 'silent' | 'paused';

const HOUR_MS = 3_600_000;
/** Nobody is told of a silence shorter than this, whatever the rhythm. */
const SHORTEST_SILENCE_MS = 6 * HOUR_MS;
/** So many times the usual gap is far longer than usual. */
const SILENT_AFTER_GAPS = 8;
/** A rhythm is known after so many gaps. */
const GAPS_TO_KNOW = 3;
/** Weight of the newest gap in the moving mean. */
const NEWEST = 0.2;

const LONGEST_BACK_OFF_SECONDS = 3_600;
const LONGEST_RETRY_AFTER_SECONDS = 86_400;

/** How a source stands at `now`. */
export function stateOf(source: SourceRow, now: Date): SourceState {
  if (!source.isActive) return 'paused';
  if (source.consecutiveFailures > 0) return 'failing';
  if (source.lastNewItemAt === null || source.usualGapSeconds === null || source.gapsSeen < GAPS_TO_KNOW) return 'ok';
  const limitMs = Math.max(SHORTEST_SILENCE_MS, source.usualGapSeconds * 1000 * SILENT_AFTER_GAPS);
  return now.getTime() - source.lastNewItemAt.getTime() > limitMs ? 'silent' : 'ok';
}

/**
 * Seconds until the next poll. Failures double it from the source's own interval up to an hour (or its own interval where that is
 * longer): never sooner than asked for, never given up.
 */
export function secondsToNextPoll(pollSeconds: number, failures: number, retryAfterSeconds: number | null): number {
  const longest = Math.max(pollSeconds, LONGEST_BACK_OFF_SECONDS);
  const backOff = Math.min(pollSeconds * 2 ** Math.min(Math.max(failures - 1, 0), 20), longest);
  return Math.max(backOff, Math.min(retryAfterSeconds ?? 0, LONGEST_RETRY_AFTER_SECONDS));
}

/** After a poll that was answered, with or without anything new. */
export function afterSuccess(source: SourceRow, now: Date): SourceRow {
  return {
    ...source,
    lease: null,
    lastPolledAt: now,
    lastSuccessAt: now,
    consecutiveFailures: 0,
    error: null,
    nextPollAt: source.url === null ? null : after(now, secondsToNextPoll(source.pollSeconds, 0, null)),
  };
}

/** After a poll that failed; `said` is why, in Chinese, for the officer. */
export function afterFailure(source: SourceRow, now: Date, said: string, retryAfterSeconds: number | null): SourceRow {
  const consecutiveFailures = source.consecutiveFailures + 1;
  const wait = secondsToNextPoll(source.pollSeconds, consecutiveFailures, retryAfterSeconds);
  return { ...source, lease: null, lastPolledAt: now, consecutiveFailures, error: said, nextPollAt: after(now, wait) };
}

/** After something new was captured at `at`. Edits count as a sign of life, not as items. */
export function afterArrival(source: SourceRow, at: Date, arrived: { added: number; edited: number }): SourceRow {
  if (arrived.added === 0 && arrived.edited === 0) return source;
  const last = source.lastNewItemAt;
  const isLater = last === null || at > last;
  const grown = { ...source, itemsTotal: source.itemsTotal + arrived.added, lastNewItemAt: isLater ? at : last };
  if (last === null || !isLater) return grown;
  const gap = Math.round((at.getTime() - last.getTime()) / 1000);
  const usual = source.usualGapSeconds;
  return { ...grown, usualGapSeconds: usual === null ? gap : Math.round(usual + (gap - usual) * NEWEST), gapsSeen: source.gapsSeen + 1 };
}

function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}
