import type { Queries } from '../database.js';

const OUTBOXES = ['collector', 'classifier', 'workflow'];

/**
 * Whether nothing is on its way in this database's services: no event unsent, none of the embedded log unread.
 * For loaders and tests that must see one step's effect before the next; on Kafka only the outboxes are known.
 */
export async function isPipelineIdle(on: Queries): Promise<boolean> {
  const unsent = OUTBOXES.map((schema) => `EXISTS (SELECT FROM ${schema}.outbox_unsent)`).join(' OR ');
  const [row] = await on.query<{ busy: boolean }>(
    `SELECT ${unsent} OR EXISTS (
       SELECT FROM log.reader_position p JOIN log.partition h USING (topic, partition) WHERE p.next < h.head) AS busy`,
  );
  return !row!.busy;
}
