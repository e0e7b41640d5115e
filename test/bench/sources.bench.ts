import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fetcher } from '@huiying/fetching';
import { Database, startEmbeddedPostgres, Store } from '@huiying/persistence';
import { SystemClock } from '@huiying/settings';
import { Poller } from '../../apps/collector/src/polling/index.js';
import { SourceList, type CollectorSource } from '../../apps/collector/src/sources/index.js';

/**
 * So many feeds polled at their interval from a loopback server: how late polls are, what it costs, and whether memory stays flat.
 * node … sources.bench.ts [feeds = 10000] [seconds = 360] [interval = 300]
 */
const FEEDS = Number(process.argv[2] ?? 10_000);
const SECONDS = Number(process.argv[3] ?? 360);
const INTERVAL = Number(process.argv[4] ?? 300);
/** A city's feeds stand on some hundred hosts; each is asked by one at a time. */
const HOSTS = 200;
/** One poll in so many brings something new. */
const NEWS_EVERY = 10;

const quiet = { log: () => undefined, warn: () => undefined, error: (text: string) => console.error(text) };
const clock = new SystemClock();

async function serve(hosts: number): Promise<{ servers: Server[]; ports: number[]; asked: Map<string, number[]> }> {
  const asked = new Map<string, number[]>();
  const servers = Array.from({ length: hosts }, () =>
    createServer((req, res) => {
      const times = asked.get(req.headers.host! + req.url!) ?? [];
      times.push(performance.now());
      asked.set(req.headers.host! + req.url!, times);
      const edition = Math.floor(times.length / NEWS_EVERY);
      const etag = `"${edition}"`;
      if (req.headers['if-none-match'] === etag) return void res.writeHead(304).end();
      const items = Array.from(
        { length: 20 },
        (_, i) =>
          `<item><guid>${req.url}-${edition + i}</guid><title>第${edition + i}条 ${req.url}</title><description>市民反映的情况已转有关部门核实办理。</description></item>`,
      );
      res
        .writeHead(200, { 'content-type': 'text/xml', etag })
        .end(`<rss version="2.0"><channel><title>x</title>${items.join('')}</channel></rss>`);
    }),
  );
  await Promise.all(servers.map((server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', done))));
  return { servers, ports: servers.map((server) => (server.address() as AddressInfo).port), asked };
}

const quantile = (sorted: number[], share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'huiying-bench-sources-'));
  const postgres = await startEmbeddedPostgres({ folder: join(folder, 'postgres') });
  const database = await Database.open({ url: postgres.url, pool: 20, name: 'bench sources' });
  await database.migrate();
  const { servers, ports, asked } = await serve(HOSTS);
  const sources = Array.from({ length: FEEDS }, (_, i): CollectorSource => {
    const url = `http://127.0.0.1:${ports[i % HOSTS]!}/f${i}.xml`;
    return { id: `f${i}`, name: `源${i}`, kind: 'feed', channel: 'news', url, pollSeconds: INTERVAL, belongsToCity: true };
  });
  const store = new Store(database, 'collector');
  const list = new SourceList(sources, store, clock);
  const fetcher = new Fetcher({ allow: ports.map((port) => `127.0.0.1:${port}`) });
  const poller = new Poller(store, list, { fetcher, clock, voice: quiet });
  await list.ready();
  const begun = performance.now();
  const cpu = process.cpuUsage();
  const memory: { atSeconds: number; rssMb: number; heapMb: number }[] = [];
  const look = () => {
    global.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    memory.push({
      atSeconds: Math.round((performance.now() - begun) / 1000),
      rssMb: Math.round(rss / 1e6),
      heapMb: Math.round(heapUsed / 1e6),
    });
  };
  const timer = setInterval(look, 20_000);
  poller.start();
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
  clearInterval(timer);
  look();
  const spent = process.cpuUsage(cpu);
  await poller.stop();
  const gaps = [...asked.values()].flatMap((times) => times.slice(1).map((at, i) => (at - times[i]!) / 1000)).sort((a, b) => a - b);
  const firsts = [...asked.values()].map((times) => (times[0]! - begun) / 1000).sort((a, b) => a - b);
  const polls = [...asked.values()].reduce((sum, times) => sum + times.length, 0);
  const result = {
    bench: 'sources',
    feeds: FEEDS,
    hosts: HOSTS,
    intervalSeconds: INTERVAL,
    seconds: SECONDS,
    polls,
    feedsPolled: asked.size,
    firstRoundSeconds: Math.round(firsts.at(-1) ?? 0),
    gapSeconds: { p50: quantile(gaps, 0.5), p95: quantile(gaps, 0.95), p99: quantile(gaps, 0.99), most: gaps.at(-1) ?? 0 },
    cpuMsPerPoll: Number(((spent.user + spent.system) / 1000 / polls).toFixed(2)),
    cpuShareOfOneCore: Number(((spent.user + spent.system) / 1e6 / SECONDS).toFixed(2)),
    memory,
  };
  console.log(JSON.stringify(result));
  servers.forEach((server) => {
    server.closeAllConnections();
    server.close();
  });
  await database.close();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

void main();
