import { WorkCalendar } from '@huiying/domain';
import { CollectorSources, SourceRhythms, type SourceRow, type Tx } from '@huiying/persistence';
import { afterArrival } from './source-health.js';
import { report } from './source-report.js';

/** Working days by the weekday alone, where no calendar is at hand. */
export const BY_WEEKDAY = new WorkCalendar([]);

/** Arrivals that follow each other faster are one to the rhythm: the hotline's intake may take fifty records a second. */
const RHYTHM_GRAIN_MS = 60_000;

/** What came of a poll or an intake, and when. */
export interface Arrived {
  added: number;
  edited: number;
  at: Date;
}

/**
 * Writes down where a locked source stands after what arrived, and what is known of its rhythm, and tells the others what they must
 * know: one commit with what made it so.
 * @param after the source with what its poll or its intake changed
 */
export async function settleSource(
  tx: Tx,
  before: SourceRow,
  after: SourceRow,
  { at, ...counts }: Arrived,
  { calendar = BY_WEEKDAY, now }: { calendar?: WorkCalendar; now: Date },
): Promise<void> {
  const sources = new CollectorSources(tx);
  if (counts.added === 0 && counts.edited === 0) return sources.save(await report(tx, after, now, { calendar, before }));
  const last = before.lastNewItemAt;
  if (last !== null && Math.abs(at.getTime() - last.getTime()) < RHYTHM_GRAIN_MS) {
    const next = { ...after, itemsTotal: after.itemsTotal + counts.added, lastNewItemAt: at > last ? at : last };
    return sources.save(await report(tx, next, now, { calendar, before }));
  }
  const rhythms = new SourceRhythms(tx);
  const next = afterArrival(after, at, counts, await rhythms.find(before.id), calendar);
  await rhythms.save(before.id, next.rhythm);
  await sources.save(await report(tx, next.source, now, { calendar, before, rhythm: next.rhythm }));
}
