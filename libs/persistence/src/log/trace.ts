import type { Queries } from '../database.js';
import { serviceSchemas } from './service-schemas.js';

/** An event as the journals of the services have it. */
export interface TracedEvent {
  id: string;
  topic: string;
  key: string;
  /** The event it follows from, in this chain; null for the first. */
  parent: string | null;
  occurredAt: Date;
  /** The event itself, as it was sent. */
  event: { id: string; type: string; version: number; occurredAt: string; causedBy: string | null; data: Record<string, unknown> };
  isSent: boolean;
}

/**
 * Everything that followed from an opinion, over the outboxes of all services, each after its cause.
 * @param from the opinion's id, or the id of any event to start from
 */
export async function traceFrom(database: Queries, from: string): Promise<TracedEvent[]> {
  const schemas = await serviceSchemas(database);
  if (schemas.length === 0) return [];
  const journal = schemas
    .map(
      (s) => `SELECT o.event_id, o.topic, o.key, o.caused_by, o.occurred_at, o.payload, u.position IS NULL AS is_sent, o.position
              FROM ${s}.outbox o LEFT JOIN ${s}.outbox_unsent u USING (position)`,
    )
    .join(' UNION ALL ');
  // OFFSET 0 keeps the search for what an event caused inside the step, where it goes by the index.
  const rows = await database.query<Omit<TracedEvent, 'event'> & { payload: string }>(
    `WITH RECURSIVE chain (event_id, topic, key, parent) AS (
       SELECT event_id, topic, key, NULL::uuid FROM (${journal}) j WHERE (topic = 'opinion.collected' AND key = $1::text) OR event_id = $1::uuid
       UNION
       SELECT j.event_id, j.topic, j.key, c.event_id FROM chain c CROSS JOIN LATERAL (
         SELECT event_id, topic, key FROM (${journal}) caused WHERE caused_by = c.event_id OFFSET 0) j)
     SELECT j.event_id AS id, j.topic, j.key, c.parent, j.occurred_at AS "occurredAt", j.payload, j.is_sent AS "isSent"
     FROM chain c CROSS JOIN LATERAL (SELECT * FROM (${journal}) told WHERE event_id = c.event_id LIMIT 1) j ORDER BY j.occurred_at, j.position`,
    [from],
  );
  return rows.map(({ payload, ...row }) => ({ ...row, event: JSON.parse(payload) as TracedEvent['event'] }));
}
