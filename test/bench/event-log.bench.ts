/**
 * How much the event log carries on this machine, as JSON: `node -r ./test/support/typescript.cjs test/bench/event-log.bench.ts [EVENTS]`.
 * PostgreSQL runs as in production (fsync on). Everything is in one process, so two cores carry the server and its only client.
 */
import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { PARTITIONS, TOPICS, type AnyEvent } from '@huiying/contracts';
import { stableId, type Clock } from '@huiying/domain';
import { Delivery, OutboxRelay, PostgresLog, type EventLog, type LogRecord } from '@huiying/messaging';
import { DeadLetters, Store, serviceTables, type Database, type OutgoingEvent } from '@huiying/persistence';
import { SystemClock } from '@huiying/settings';
import { startOwnPostgres } from '../support/event-log/own-postgres.js';

const EVENTS = Number(process.argv[2] ?? 100_000);
const BATCH = 500;
const QUIET = { log: () => undefined, warn: (m: string) => console.error(m), error: (m: string) => console.error(m) };

/** About 1 KB of JSON, as a real opinion is. */
function opinion(n: number): OutgoingEvent {
  const opinionId = stableId('bench', n);
  const data = {
    opinionId,
    revision: 1,
    sourceId: 'bench',
    sourceName: '望川论坛',
    channel: 'forum',
    title: `第${n}条：青梧区某小区连续停水`,
    text: '小区已经连续停水三天，物业说等通知，打了热线也没有人回复，老人孩子用水非常困难。'.repeat(5),
    url: `https://forum.example/${n}`,
    author: '望川居民',
    publishedAt: '2026-11-20T02:00:00.000Z',
    capturedAt: '2026-11-20T02:01:00.000Z',
    sha256: 'a'.repeat(64),
    order: null,
  };
  return {
    topic: TOPICS.opinionCollected,
    key: opinionId,
    event: {
      id: stableId('bench', n, 'event'),
      type: TOPICS.opinionCollected,
      version: 1,
      occurredAt: '2026-11-20T02:01:00.000Z',
      causedBy: null,
      data,
    },
  };
}

function* batches(): Generator<OutgoingEvent[]> {
  for (let n = 0; n < EVENTS; n += BATCH) yield Array.from({ length: Math.min(BATCH, EVENTS - n) }, (_, i) => opinion(n + i));
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Math.round(EVENTS / (Number(process.hrtime.bigint() - start) / 1e9));
}

async function publish(log: EventLog): Promise<number> {
  const all = [...batches()].map((batch) => batch.map((o) => ({ topic: o.topic, key: o.key, value: JSON.stringify(o.event) })));
  return timed(async () => {
    for (const records of all) await log.publish(records);
  });
}

/** Reads until `EVENTS` records were handled. */
async function read(
  log: EventLog,
  reader: string,
  parallel: number,
  handle: (records: readonly LogRecord[]) => Promise<void>,
): Promise<number> {
  let left = EVENTS;
  let done = (): void => undefined;
  const finished = new Promise<void>((resolve) => (done = resolve));
  const rate = await timed(async () => {
    const running = await log.read({
      reader,
      topics: [TOPICS.opinionCollected],
      batchSize: BATCH,
      parallel,
      handle: async (records) => {
        await handle(records);
        left -= records.length;
        if (left <= 0) done();
      },
    });
    await finished;
    await running.stop();
  });
  return rate;
}

/** Everything at once, as at saturation: producers fill the outbox while the relay sends and the reader claims. */
async function throughAll(database: Database, log: EventLog, clock: Clock): Promise<number> {
  const producer = new Store(database, 'bench');
  const delivery = new Delivery({
    reader: 'whole',
    deadLetters: new DeadLetters(database),
    clock,
    voice: QUIET,
    handle: (events: AnyEvent[]) =>
      producer.once('whole', events, async (tx, fresh) => {
        await tx.query(`INSERT INTO bench.effect (event_id) SELECT unnest($1::uuid[])`, [fresh.map((e) => e.id)]);
      }),
  });
  const relay = OutboxRelay.of(database, 'bench', log, QUIET);
  await relay.start();
  const all = [...batches()];
  const next = all[Symbol.iterator]();
  const produce = async (): Promise<void> => {
    for (let batch = next.next(); !batch.done; batch = next.next()) await producer.change(async (tx) => tx.send(...batch.value));
  };
  const rate = await timed(async () => {
    await Promise.all([produce(), read(log, 'whole', 2, (records) => delivery.deliver(records, async () => undefined))]);
  });
  await relay.stop();
  return rate;
}

/** Milliseconds from publishing one event to its handler, at 50 a second. */
async function latency(log: EventLog): Promise<Record<string, number>> {
  const startedAt = new Map<string, number>();
  const took: number[] = [];
  const running = await log.read({
    reader: 'latency',
    topics: [TOPICS.taskAssigned],
    batchSize: BATCH,
    parallel: 1,
    handle: async (records) => void records.forEach(({ key }) => took.push(performance.now() - startedAt.get(key)!)),
  });
  for (let n = 0; n < 500; n++) {
    startedAt.set(String(n), performance.now());
    await log.publish([{ topic: TOPICS.taskAssigned, key: String(n), value: '{}' }]);
    await pause(20);
  }
  while (took.length < 500) await pause(20);
  await running.stop();
  took.sort((a, b) => a - b);
  const at = (share: number): number => Math.round(took[Math.floor(took.length * share)]! * 10) / 10;
  return { 'latency ms p50': at(0.5), p95: at(0.95), p99: at(0.99) };
}

async function main(): Promise<void> {
  const server = await startOwnPostgres();
  const database = await server.open();
  const clock = new SystemClock();
  for (const sql of serviceTables('bench')) await database.query(sql);
  await database.query(`CREATE TABLE bench.effect (event_id uuid NOT NULL)`);
  const fresh = async (): Promise<PostgresLog> => {
    await database.query(`TRUNCATE log.record, log.reader_position, log.partition`);
    const log = new PostgresLog(database, clock, QUIET);
    await log.ensureTopics(PARTITIONS);
    return log;
  };
  let log = await fresh();
  let figures: Record<string, number> = { events: EVENTS, batch: BATCH };
  figures['publish/s'] = await publish(log);
  figures['read no-op/s, parallel 1'] = await read(log, 'one', 1, async () => undefined);
  figures['read no-op/s, parallel 4'] = await read(log, 'four', 4, async () => undefined);
  figures = { ...figures, ...(await latency(log)) };
  await log.close();
  log = await fresh();
  figures['outbox to effect/s'] = await throughAll(database, log, clock);
  await log.close();
  await database.close();
  await server.stop();
  console.log(JSON.stringify(figures, null, 2));
}

void main();
