import { TOPICS, channel, type SourceCause } from '@huiying/contracts';
import { arrivalsOfLast, stableId, type Rhythm, type WorkCalendar } from '@huiying/domain';
import { outgoing } from '@huiying/messaging';
import { SourceRhythms, type SourceRow, type Tx } from '@huiying/persistence';
import { spanToTell, type ToldSpan } from './coverage.js';
import { alarmOf, alarmSince, causeOf } from './source-alarm.js';
import { expectedEvery, stateOf } from './source-health.js';

export const REPORT_EVERY_MS = 3_600_000;
/** News of lesser weight than a change of state: a fresh item, another error. Not told more often. */
const SMALL_NEWS_EVERY_MS = 300_000;
/** Hours of arrivals that a report shows. */
const HOURS_SHOWN = 48;

/** Whether the others should be told how a source stands. */
export function isReportDue(source: SourceRow, now: Date): boolean {
  if (source.reportedAt === null || source.reportedState !== stateOf(source, now)) return true;
  if (source.alarmSince?.getTime() !== alarmSince(source, now)?.getTime()) return true;
  const sinceMs = now.getTime() - source.reportedAt.getTime();
  if (sinceMs >= REPORT_EVERY_MS) return true;
  const isFresh = source.lastNewItemAt !== null && source.lastNewItemAt > source.reportedAt;
  return sinceMs >= SMALL_NEWS_EVERY_MS && (isFresh || source.error !== null);
}

/** Where a source stood before, and what is known of its rhythm where it was read already. */
export interface ReportParts {
  calendar: WorkCalendar;
  before?: SourceRow;
  rhythm?: Rhythm | null;
  /** Told whatever the time, e.g. because somebody changed it and waits. */
  now?: 'at once';
}

/** Sends what the others must know of a source (source.reported, source.unseen) where it is due, and gives it with that noted. */
export async function report(tx: Tx, source: SourceRow, at: Date, parts: ReportParts): Promise<SourceRow> {
  const span = parts.before === undefined ? null : spanToTell(parts.before, source, at);
  if (span !== null) tx.send(unseen(source.id, span, at));
  if (parts.now === undefined && !isReportDue(source, at)) return source;
  const rhythm = parts.rhythm === undefined ? await new SourceRhythms(tx).find(source.id) : parts.rhythm;
  tx.send(reported(source, rhythm, at, parts.calendar));
  return { ...source, reportedState: stateOf(source, at), reportedAt: at, alarmSince: alarmSince(source, at) };
}

function reported(source: SourceRow, rhythm: Rhythm | null, at: Date, calendar: WorkCalendar) {
  const state = stateOf(source, at);
  const every = expectedEvery(source, rhythm, calendar);
  const data = {
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
    cause: state === 'failing' || state === 'silent' ? causeOf(source) : (source.cause as SourceCause | null),
    alarm: alarmOf(source, every, at),
    expectedEverySeconds: every,
    arrivals: arrivalsOfLast(rhythm, HOURS_SHOWN, at),
    ...(source.setting === null ? {} : { setting: source.setting }),
    removed: source.removedAt !== null,
  };
  // Two reports of one instant that say the same are one.
  const id = stableId(TOPICS.sourceReported, source.id, at.toISOString(), JSON.stringify(data));
  return outgoing(TOPICS.sourceReported, source.id, { id, occurredAt: at, causedBy: null }, data);
}

function unseen(sourceId: string, { from, to, cause }: ToldSpan, at: Date) {
  const id = stableId(TOPICS.sourceUnseen, sourceId, from.toISOString(), to === null ? 'open' : 'closed');
  return outgoing(
    TOPICS.sourceUnseen,
    sourceId,
    { id, occurredAt: at, causedBy: null },
    { sourceId, from: from.toISOString(), to: to?.toISOString() ?? null, cause },
  );
}
