import { TOPICS, channel } from '@huiying/contracts';
import { stableId } from '@huiying/domain';
import { outgoing } from '@huiying/messaging';
import type { SourceRow, Tx } from '@huiying/persistence';
import { stateOf } from './source-health.js';

export const REPORT_EVERY_MS = 3_600_000;
/** News of lesser weight than a change of state: a fresh item, another error. Not told more often. */
const SMALL_NEWS_EVERY_MS = 300_000;

/** Whether the others should be told how a source stands. */
export function isReportDue(source: SourceRow, now: Date): boolean {
  if (source.reportedAt === null || source.reportedState !== stateOf(source, now)) return true;
  const sinceMs = now.getTime() - source.reportedAt.getTime();
  if (sinceMs >= REPORT_EVERY_MS) return true;
  const isFresh = source.lastNewItemAt !== null && source.lastNewItemAt > source.reportedAt;
  return sinceMs >= SMALL_NEWS_EVERY_MS && (isFresh || source.error !== null);
}

/** Sends source.reported where it is due, and gives the source with that noted. */
export function report(tx: Tx, source: SourceRow, now: Date): SourceRow {
  if (!isReportDue(source, now)) return source;
  const state = stateOf(source, now);
  tx.send(
    outgoing(
      TOPICS.sourceReported,
      source.id,
      { id: stableId(TOPICS.sourceReported, source.id, now.toISOString()), occurredAt: now, causedBy: null },
      {
        sourceId: source.id,
        name: source.name,
        kind: source.kind,
        channel: channel.parse(source.channel),
        url: source.url,
        state,
        lastPolledAt: source.lastPolledAt?.toISOString() ?? null,
        lastSuccessAt: source.lastSuccessAt?.toISOString() ?? null,
        lastNewItemAt: source.lastNewItemAt?.toISOString() ?? null,
        nextPollAt: source.isActive ? (source.nextPollAt?.toISOString() ?? null) : null,
        consecutiveFailures: source.consecutiveFailures,
        error: source.error,
        itemsTotal: source.itemsTotal,
      },
    ),
  );
  return { ...source, reportedState: state, reportedAt: now };
}
