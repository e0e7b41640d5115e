/**
 * The hotline's intake over HTTP, as JSON: `npm run bench:intake`. A collector process of its own, its embedded PostgreSQL as in production
 * (fsync on), and the load from here, signed requests among it. Batches of 500 from two callers; then single records from eight callers as
 * fast as they are answered; then single ones at 200 a second, each from the call to its answer.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Agent, request } from 'undici';
import { signedHeaders } from '@huiying/platform';
import { productEnvironment } from '../support/product.js';
import { startOwnPostgres } from '../support/event-log/own-postgres.js';
import { record } from './records.js';

const KEY = 'a-key-of-the-bench-0123';
const BATCHED = Number(process.argv[2] ?? 20_000);
const SINGLE = 3_000;
const PER_SECOND = 200;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 15);
const PATH = '/api/hotline/records';

/** Connections are kept, as a hotline's system keeps them; more requests than that wait for one. */
const agent = new Agent({ connections: 32, connect: { timeout: 60_000 } });
let next = 0;
const orders = (count: number) => Array.from({ length: count }, () => record(next++, false, 'load'));

async function main(): Promise<void> {
  const postgres = await startOwnPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'huiying-intake-'));
  const collector = await startCollector(postgres.url, folder);
  try {
    await post(collector.url, { records: orders(500) });
    const batches = await crowd(2, BATCHED / 500, () => post(collector.url, { records: orders(500) }));
    const before = cpuSeconds(collector.child.pid!);
    const single = await crowd(8, SINGLE, () => post(collector.url, orders(1)[0]));
    const cpu = cpuSeconds(collector.child.pid!) - before;
    const steady = await steadily(collector.url);
    console.log(
      JSON.stringify({
        bench: 'intake',
        batches: { records: BATCHED, perSecond: Math.round(BATCHED / batches.seconds) },
        single: {
          records: SINGLE,
          perSecond: Math.round(SINGLE / single.seconds),
          collectorCpuMs: round((cpu / SINGLE) * 1000),
          ...spread(single.ms),
        },
        steady: { perSecond: PER_SECOND, seconds: SECONDS, signedShare: 0.5, ...spread(steady) },
        loadAverage: round(loadavg()[0]!),
      }),
    );
  } finally {
    collector.child.kill('SIGTERM');
    await new Promise((done) => collector.child.once('exit', done));
    await agent.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startCollector(databaseUrl: string, dataFolder: string): Promise<{ url: string; child: ChildProcess }> {
  const env = {
    HUIYING_DATABASE_URL: databaseUrl,
    HUIYING_API_KEYS: `hotline:${KEY}`,
    HUIYING_LOG_LEVEL: 'warn',
    HUIYING_CONFIG: resolve('config'),
    // Nothing is fetched: what is measured is the intake alone.
    HUIYING_DEMO: 'false',
  };
  const child = spawn(process.execPath, ['dist/apps/collector/src/main.js'], {
    env: productEnvironment({ dataFolder, env }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((done, failed) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const ready = / ready at (http:\S+)/.exec(chunk.toString())?.[1];
      if (ready) done(ready.replace('[::1]', '127.0.0.1'));
    });
    child.once('exit', (code) => failed(new Error(`the collector ended with ${code}`)));
  });
  return { url, child };
}

async function post(url: string, body: unknown, isSigned = false): Promise<number> {
  const text = JSON.stringify(body);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const parts = { method: 'POST', path: PATH, timestamp, nonce: randomUUID(), body: text };
  const proof = isSigned ? signedHeaders(parts, 'hotline', KEY) : { 'x-api-key': KEY };
  const begun = performance.now();
  const answer = await request(`${url}${PATH}`, {
    method: 'POST',
    dispatcher: agent,
    headers: { 'content-type': 'application/json', ...proof },
    body: text,
  });
  const { accepted, rejected } = (await answer.body.json()) as { accepted?: number; rejected?: number };
  if (answer.statusCode !== 200 || rejected !== 0 || !accepted) {
    throw new Error(`the intake answered ${answer.statusCode}: ${accepted} accepted, ${rejected} rejected`);
  }
  return performance.now() - begun;
}

/** So many callers, each asking again as soon as it is answered. */
async function crowd(callers: number, times: number, ask: () => Promise<number>): Promise<{ seconds: number; ms: number[] }> {
  const ms: number[] = [];
  let left = times;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (left-- > 0) ms.push(await ask());
    }),
  );
  return { seconds: (performance.now() - begun) / 1000, ms };
}

async function steadily(url: string): Promise<number[]> {
  const begun = performance.now();
  const asked: Promise<number>[] = [];
  for (let n = 0; n < PER_SECOND * SECONDS; n++) {
    const wait = (n * 1000) / PER_SECOND - (performance.now() - begun);
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    asked.push(post(url, orders(1)[0], n % 2 === 0));
  }
  return Promise.all(asked);
}

function spread(ms: number[]): Record<'p50' | 'p95' | 'p99', number> {
  const sorted = [...ms].sort((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** Processor time that a process used so far; read from /proc, 0 where there is none. */
function cpuSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}

const round = (value: number) => Math.round(value * 10) / 10;

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
