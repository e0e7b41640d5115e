import type { AnyEvent } from '@huiying/contracts';
import { stableId } from '@huiying/domain';
import { BadEvent, type LogRecord, type OutgoingRecord } from '@huiying/messaging';
import { serviceTables, type Database, type OutgoingEvent, type Tx } from '@huiying/persistence';

/** The service of the suite. Its handlers' only effect is a row in `suite.effect`, which takes a second one as well, so that one shows. */
export const SCHEMA = 'suite';

export interface SuiteEvent extends AnyEvent {
  data: { n: number; key: string };
}

export async function makeSuiteTables(database: Database): Promise<void> {
  for (const sql of serviceTables(SCHEMA)) await database.query(sql);
  await database.query(`CREATE TABLE suite.effect (
    id bigint GENERATED ALWAYS AS IDENTITY, reader text NOT NULL, key text NOT NULL, n int NOT NULL, event_id uuid NOT NULL, process int NOT NULL)`);
}

/** The n-th event of a topic; `keys` of them share the log's partitions. */
export function suiteEvent(topic: string, n: number, keys = 20): OutgoingEvent {
  const key = `key-${n % keys}`;
  const occurredAt = '2026-11-20T02:00:00.000Z';
  return { topic, key, event: { id: stableId(topic, n), type: topic, version: 1, occurredAt, causedBy: null, data: { n, key } } };
}

export function recordOf({ topic, key, event }: OutgoingEvent): OutgoingRecord {
  return { topic, key, value: JSON.stringify(event) };
}

/** @throws BadEvent */
export function parseSuiteEvent({ value }: LogRecord): SuiteEvent {
  if (!value.startsWith('{')) throw new BadEvent('the value is not JSON');
  return JSON.parse(value) as SuiteEvent;
}

export async function writeEffects(tx: Tx, reader: string, events: readonly SuiteEvent[]): Promise<void> {
  await tx.query(
    `INSERT INTO suite.effect (reader, key, n, event_id, process)
     SELECT $1, k, n, id, $5 FROM unnest($2::text[], $3::int[], $4::uuid[]) AS e(k, n, id)`,
    [reader, events.map((e) => e.data.key), events.map((e) => e.data.n), events.map((e) => e.id), process.pid],
  );
}

export interface Effects {
  all: number;
  distinct: number;
  /** Keys whose events took effect in another order than they were told. */
  unordered: string[];
  processes: number[];
}

export async function effectsOf(database: Database, reader: string): Promise<Effects> {
  const [row] = await database.query<Effects>(
    `WITH mine AS (SELECT *, lag(n) OVER (PARTITION BY key ORDER BY id) AS before FROM suite.effect WHERE reader = $1)
     SELECT count(*)::int AS "all", count(DISTINCT event_id)::int AS "distinct",
       coalesce(array_agg(DISTINCT key) FILTER (WHERE n < before), '{}') AS unordered,
       coalesce(array_agg(DISTINCT process), '{}') AS processes FROM mine`,
    [reader],
  );
  return row!;
}
