import type { SourceCause } from '@huiying/contracts';
import { expectedEverySeconds, silentFrom, withArrival, type Rhythm, type WorkCalendar } from '@huiying/domain';
import type { SourceRow } from '@huiying/persistence';
import { seen, unseenSinceFailure } from './coverage.js';

export type SourceState = 'ok' | 'failing' | 'silent' | 'paused';

const HOUR_MS = 3_600_000;
/** Nobody is told of a silence shorter than this, whatever the rhythm, where staff laid down nothing else. */
const SHORTEST_SILENCE_HOURS = 6;
/** While the rhythm is not known: so many times the usual gap is far longer than usual. */
const SILENT_AFTER_GAPS = 8;
/** A usual gap is known after so many gaps. */
const GAPS_TO_KNOW = 3;
/** Weight of the newest gap in the moving mean. */
const NEWEST = 0.2;

const LONGEST_BACK_OFF_SECONDS = 3_600;
const LONGEST_RETRY_AFTER_SECONDS = 86_400;
/** Looks for each arrival where the interval follows the rhythm: half the usual wait for a piece of news. */
const LOOKS_PER_ARRIVAL = 2;

/** How a source stands at `now`. */
export function stateOf(source: SourceRow, now: Date): SourceState {
  if (!source.isActive) return 'paused';
  if (source.consecutiveFailures > 0) return 'failing';
  return source.silentAt !== null && now > source.silentAt ? 'silent' : 'ok';
}

/**
 * Seconds between two polls: what staff laid down; between their two bounds, where they gave two, by how often something new comes.
 */
export function intervalSeconds({ pollSeconds, setting, usualGapSeconds, gapsSeen }: SourceRow): number {
  const most = setting?.pollSecondsMost ?? pollSeconds;
  if (usualGapSeconds === null || gapsSeen < GAPS_TO_KNOW) return pollSeconds;
  return Math.min(Math.max(Math.round(usualGapSeconds / LOOKS_PER_ARRIVAL), pollSeconds), Math.max(most, pollSeconds));
}

/**
 * Seconds until the next poll. Failures double it from the source's own interval up to an hour (or its own interval where that is
 * longer): never sooner than asked for, never given up.
 */
export function secondsToNextPoll(interval: number, failures: number, retryAfterSeconds: number | null): number {
  const longest = Math.max(interval, LONGEST_BACK_OFF_SECONDS);
  const backOff = Math.min(interval * 2 ** Math.min(Math.max(failures - 1, 0), 20), longest);
  return Math.max(backOff, Math.min(retryAfterSeconds ?? 0, LONGEST_RETRY_AFTER_SECONDS));
}

/** What a poll that was answered found; both null where the document was unchanged. */
export interface Look {
  /** Entries listed. */
  items: number | null;
  /** What is odd about the answer although it could be read. */
  oddity: SourceCause | null;
}

/** The look of a poll whose document was unchanged, and of an intake, which has no list. */
export const UNSEEN_LIST: Look = { items: null, oddity: null };

/** After a poll that was answered, with or without anything new. */
export function afterSuccess(source: SourceRow, now: Date, look: Look): SourceRow {
  const unchanged = look.items === null;
  return {
    ...source,
    lease: null,
    lastPolledAt: now,
    lastSuccessAt: now,
    consecutiveFailures: 0,
    failingSince: null,
    error: null,
    cause: unchanged && source.consecutiveFailures === 0 ? source.cause : look.oddity,
    lastItems: unchanged ? source.lastItems : look.items,
    nextPollAt: source.url === null ? null : after(now, secondsToNextPoll(intervalSeconds(source), 0, null)),
    ...seen(),
  };
}

/** Why a poll failed; `said` in Chinese, for the officer. */
export interface PollFailure {
  said: string;
  cause: SourceCause;
  retryAfterSeconds: number | null;
}

/** After a poll that failed. */
export function afterFailure(source: SourceRow, now: Date, { said, cause, retryAfterSeconds }: PollFailure): SourceRow {
  const consecutiveFailures = source.consecutiveFailures + 1;
  const wait = secondsToNextPoll(intervalSeconds(source), consecutiveFailures, retryAfterSeconds);
  const failed = {
    ...source,
    lease: null,
    lastPolledAt: now,
    consecutiveFailures,
    error: said,
    cause,
    failingSince: source.failingSince ?? now,
  };
  return { ...failed, nextPollAt: after(now, wait), ...unseenSinceFailure(failed, now) };
}

/** After something new was captured at `at`. Edits count as a sign of life, not as items. `rhythm` is that before it. */
export function afterArrival(
  source: SourceRow,
  at: Date,
  arrived: { added: number; edited: number },
  rhythm: Rhythm | null,
  calendar: WorkCalendar,
): { source: SourceRow; rhythm: Rhythm } {
  const last = source.lastNewItemAt;
  const isLater = last === null || at > last;
  const learnt = withArrival(rhythm, at);
  const grown = { ...source, itemsTotal: source.itemsTotal + arrived.added };
  if (!isLater) return { source: grown, rhythm: learnt };
  const gaps = last === null ? {} : withGap(source, Math.round((at.getTime() - last.getTime()) / 1000));
  const known = { ...grown, ...gaps, lastNewItemAt: at };
  return { source: { ...known, silentAt: silenceOf(known, learnt, calendar) }, rhythm: learnt };
}

function withGap({ usualGapSeconds: usual, gapsSeen }: SourceRow, gap: number): Pick<SourceRow, 'usualGapSeconds' | 'gapsSeen'> {
  return { usualGapSeconds: usual === null ? gap : Math.round(usual + (gap - usual) * NEWEST), gapsSeen: gapsSeen + 1 };
}

/** From when on the source's silence is out of order; null while nothing is known of its rhythm. */
function silenceOf(source: SourceRow, rhythm: Rhythm, calendar: WorkCalendar): Date | null {
  const last = source.lastNewItemAt!;
  const shortest = (source.setting?.silentAfterHours ?? SHORTEST_SILENCE_HOURS) * HOUR_MS;
  const byRhythm = silentFrom(rhythm, last, shortest, calendar);
  if (byRhythm !== null) return byRhythm;
  if (source.usualGapSeconds === null || source.gapsSeen < GAPS_TO_KNOW) return null;
  return new Date(last.getTime() + Math.max(shortest, source.usualGapSeconds * 1000 * SILENT_AFTER_GAPS));
}

/** Seconds between two arrivals as an officer would say it: in the hours in which the source is active. */
export function expectedEvery(source: SourceRow, rhythm: Rhythm | null, calendar: WorkCalendar): number | null {
  return expectedEverySeconds(rhythm, calendar) ?? (source.gapsSeen >= GAPS_TO_KNOW ? source.usualGapSeconds : null);
}

function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}
