/**
 * The whole way on this machine, as JSON: `npm run bench:pipeline -- [postgres|kafka] [OPINIONS]`.
 * Saturation: hotline records in batches of 500 as fast as they are taken, until the last is judged and, where grave, has raised its alert.
 * Latency: 50 grave records a second, each from the call of the intake to the alert on an open console (server-sent events over HTTP).
 * Services, load and console share one process, PostgreSQL is the embedded one as in production (fsync on).
 */
import 'reflect-metadata';
import { DEMO_PASSWORD } from '../../apps/standalone/src/demo/index.js';
import { HotlineIntake } from '../../apps/collector/src/index.js';
import { SystemClock } from '@huiying/settings';
import { startKafkaBroker } from '../support/kafka-broker.js';
import { startOwnPostgres } from '../support/event-log/own-postgres.js';
import { startCity, type CityProcess } from './city-process.js';
import { record } from './records.js';

const BATCH = 500;
/** Share of records that raise an alert. */
const GRAVE_EVERY = 10;
const PER_SECOND = 50;
const LATENCY_SECONDS = Number(process.env.BENCH_SECONDS ?? 30);

const [adapter = 'postgres', count = '20000'] = process.argv.slice(2);
const OPINIONS = Number(count);

async function main(): Promise<void> {
  const postgres = await startOwnPostgres();
  const broker = adapter === 'kafka' ? await startKafkaBroker() : null;
  const city = await startCity(postgres.url, new SystemClock(), broker?.brokers ?? null);
  try {
    await saturate(city, 'warm', 2_000);
    const saturation = await saturate(city, 'load', OPINIONS);
    const latency = await consoleLatency(city);
    const memoryMb = Math.round(process.memoryUsage().rss / 1e6);
    console.log(JSON.stringify({ bench: 'pipeline', adapter, saturation, latency, memoryMb }));
  } finally {
    await city.stop();
    await broker?.stop();
    await postgres.stop();
  }
}

async function saturate(city: CityProcess, mark: string, opinions: number): Promise<Record<string, number>> {
  const intake = city.app.get(HotlineIntake);
  const before = await counts(city);
  const begun = process.hrtime.bigint();
  for (let n = 0; n < opinions; n += BATCH) {
    const records = Array.from({ length: Math.min(BATCH, opinions - n) }, (_, i) => record(n + i, (n + i) % GRAVE_EVERY === 0, mark));
    const answer = await intake.take(records);
    if (answer.accepted !== records.length)
      throw new Error(`the intake refused records: ${JSON.stringify(answer.results.find((r) => r.outcome !== 'accepted'))}`);
  }
  const collectedSeconds = since(begun);
  await until(async () => (await counts(city)).judged - before.judged >= opinions);
  const seconds = since(begun);
  const raised = (await counts(city)).alerts - before.alerts;
  return {
    opinions,
    seconds: round(seconds),
    opinionsPerSecond: Math.round(opinions / seconds),
    collectedSeconds: round(collectedSeconds),
    alertsRaised: raised,
  };
}

async function consoleLatency(city: CityProcess): Promise<Record<string, number>> {
  const heardAt = new Map<string, bigint>();
  const stop = await listenAsOfficer(city.url, (title) => {
    const name = /^lat\d+号/.exec(title)?.[0];
    if (name && !heardAt.has(name)) heardAt.set(name, process.hrtime.bigint());
  });
  const intake = city.app.get(HotlineIntake);
  const before = (await counts(city)).judged;
  const total = PER_SECOND * LATENCY_SECONDS;
  const sentAt: bigint[] = [];
  const begun = process.hrtime.bigint();
  const open: Promise<unknown>[] = [];
  for (let n = 0; n < total; n++) {
    const wait = (n * 1000) / PER_SECOND - since(begun) * 1000;
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    sentAt[n] = process.hrtime.bigint();
    open.push(intake.take([record(n, true, 'lat')]));
  }
  await Promise.all(open);
  await until(async () => (await counts(city)).judged >= before + total);
  await until(async () => heardAt.size >= total).catch(async (cause: Error) => {
    const unheard = sentAt.map((_, n) => `lat${n}号`).filter((name) => !heardAt.has(name));
    throw new Error(`${unheard.length} of ${total} grave records were not told on the console: ${await whatBecameOf(city, unheard[0]!)}`, {
      cause,
    });
  });
  stop();
  const latencies = sentAt.map((at, n) => Number(heardAt.get(`lat${n}号`)! - at) / 1e6).sort((a, b) => a - b);
  const at = (share: number) => round(latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))]!);
  return { perSecond: PER_SECOND, alerts: total, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), maxMs: at(1) };
}

/** An open console of the duty officer: calls back with the title of every alert it is told of. */
async function listenAsOfficer(url: string, heard: (title: string) => void): Promise<() => void> {
  const login = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'luwenjing', password: DEMO_PASSWORD }),
  });
  const cookie = login.headers.get('set-cookie')!.split(';')[0]!;
  const ended = new AbortController();
  const stream = await fetch(`${url}/api/stream`, { headers: { cookie }, signal: ended.signal });
  const read = async (): Promise<void> => {
    let rest = '';
    for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop()!;
      for (const line of lines) {
        if (!line.startsWith('data: ')) continue;
        const message = JSON.parse(line.slice(6)) as { kind?: string; title?: string };
        if (message.kind === 'alert.raised') heard(message.title ?? '');
      }
    }
  };
  read().catch(() => undefined);
  return () => ended.abort();
}

async function counts(city: CityProcess): Promise<{ judged: number; alerts: number }> {
  const [row] = await city.platform.database.query<{ judged: number; alerts: number }>(
    `SELECT (SELECT count(*)::int FROM workflow.opinion) AS judged, (SELECT count(*)::int FROM workflow.alert) AS alerts`,
  );
  return row!;
}

async function whatBecameOf(city: CityProcess, name: string): Promise<string> {
  const rows = await city.platform.database.query(
    `SELECT o.title, o.relation, o.alert_outcome, o.alert_reason, a.title AS alert, a.raised_at
     FROM workflow.opinion o LEFT JOIN workflow.alert a USING (story_id) WHERE o.title LIKE $1`,
    [`${name}%`],
  );
  return JSON.stringify(rows);
}

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await done()); tries++) {
    if (tries > 500) throw new Error('the pipeline did not finish in 100 s');
    await new Promise((resolve) => setTimeout(resolve, 200)); // counting more often takes a twentieth of the server
  }
}

function since(begun: bigint): number {
  return Number(process.hrtime.bigint() - begun) / 1e9;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error);
    process.exit(1);
  },
);
