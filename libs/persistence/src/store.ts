import type { Database, Queries } from './database.js';
import { awaitsNumber, NUMBER_TO_COME, numbered } from './number-to-come.js';

/** An event on its way out: written with the change that made it. */
export interface OutgoingEvent {
  topic: string;
  /** Events of one key stay in order. */
  key: string;
  event: { id: string; type: string; version: number; occurredAt: string; causedBy: string | null; data: unknown };
}

/** A transaction of one service: its tables, and the events that go out when it commits. */
export interface Tx extends Queries {
  /** Adds events to the outbox. An id that went out before is not sent again. */
  send(...events: OutgoingEvent[]): void;
}

const SCHEMA = /^[a-z_]+$/;

/**
 * The way every service changes state. What changes and what is told of it are one commit (outbox);
 * what is read from the log and what it leads to are one commit (inbox). So a kill -9 anywhere loses nothing and does nothing twice.
 */
export class Store {
  constructor(
    readonly database: Database,
    /** The service's schema; it holds the tables `outbox` and `inbox`. */
    readonly schema: string,
  ) {
    if (!SCHEMA.test(schema)) throw new Error(`schema must be lower-case letters and underscores; got ${schema}`);
  }

  /** A change asked for by a person, a source or a clock. */
  change<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.transaction(async (queries) => {
      const outgoing: OutgoingEvent[] = [];
      const result = await work({ ...queries, send: (...events) => void outgoing.push(...events) });
      // Last, under every lock that `work` took: so two changes of one thing have their events in the order of their commits.
      await this.writeOutbox(queries, outgoing);
      return result;
    });
  }

  /**
   * A batch of events read by `reader`. `work` gets those that this reader has not had yet, in order;
   * a second delivery waits for the first to commit, then finds nothing fresh.
   */
  async once<E extends { id: string }>(reader: string, events: readonly E[], work: (tx: Tx, fresh: E[]) => Promise<void>): Promise<void> {
    if (events.length === 0) return;
    await this.change(async (tx) => {
      // Claimed in one order by everybody, so that two deliveries of overlapping batches never wait in a circle.
      const claimed = await tx.prepared<{ event_id: string }>(
        `INSERT INTO ${this.schema}.inbox (reader, event_id)
         SELECT $1, id FROM unnest($2::uuid[]) AS id ORDER BY id
         ON CONFLICT DO NOTHING RETURNING event_id`,
        [reader, [...new Set(events.map(idOf))]],
      );
      const fresh = new Set(claimed.map((row) => row.event_id));
      const firsts = events.filter((event) => fresh.delete(idOf(event)));
      if (firsts.length > 0) await work(tx, firsts);
    });
  }

  private async writeOutbox(queries: Queries, outgoing: readonly OutgoingEvent[]): Promise<void> {
    if (outgoing.length === 0) return;
    const payloads = outgoing.map((o) => JSON.stringify(o.event));
    const awaits = awaitsNumber(payloads);
    await queries.write(
      `WITH added AS (
         INSERT INTO ${this.schema}.outbox (event_id, topic, key, caused_by, occurred_at, payload)
         SELECT id, topic, key, cause, at, ${awaits ? numbered('payload', '$7') : 'payload'}
         FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::timestamptz[], $6::text[]) AS t(id, topic, key, cause, at, payload)
         ON CONFLICT (event_id) DO NOTHING RETURNING position)
       INSERT INTO ${this.schema}.outbox_unsent SELECT position FROM added`,
      [
        outgoing.map((o) => o.event.id),
        outgoing.map((o) => o.topic),
        outgoing.map((o) => o.key),
        outgoing.map((o) => o.event.causedBy),
        outgoing.map((o) => o.event.occurredAt),
        payloads,
        ...(awaits ? [NUMBER_TO_COME] : []),
      ],
    );
    queries.tell('huiying_outbox', this.schema);
  }
}

/** PostgreSQL answers every uuid in lower case, whatever case it was given in. */
function idOf(event: { id: string }): string {
  return event.id.toLowerCase();
}
