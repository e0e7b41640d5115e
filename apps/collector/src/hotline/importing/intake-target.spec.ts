import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MovableClock } from '@huiying/domain';
import { CollectorSources, Store } from '@huiying/persistence';
import { readEnvironment } from '@huiying/settings';
import { freshDatabase, type TestDatabase } from '../../../../../test/support/database.js';
import { SourceList, type CollectorSource } from '../../sources/index.js';
import { openTarget, overHttp } from './intake-target.js';

const KEY = 'a-key-of-the-hotline-system';
const clock = new MovableClock(new Date('2026-11-02T09:00:00+08:00'));
let dataFolder: string;
let server: Server;
let url: string;
let statuses: number[];
let keys: (string | string[] | undefined)[];

beforeAll(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'huiying-target-'));
  server = createServer((req, res) => {
    keys.push(req.headers['x-api-key']);
    req.resume().on('end', () => res.writeHead(statuses.shift() ?? 200, { 'content-type': 'application/json' }).end('{"results":[]}'));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  statuses = [];
  keys = [];
});
afterAll(() => {
  server.close();
  rmSync(dataFolder, { recursive: true });
});

describe('overHttp', () => {
  it('sends the key, and tries again while the server fails', async () => {
    statuses = [503, 500, 200];
    expect(await overHttp(`${url}/`, KEY, 1).take([{}])).toEqual({ results: [] });
    expect(keys).toEqual([KEY, KEY, KEY]);
  });

  it.each([
    ['refused: at once', [401], 'refused the import: 401', 1],
    ['failing for good: after five tries', [500, 502, 503, 500, 503], 'failed 5 times, last with 503', 5],
  ])('%s', async (_, answers, sentence, tries) => {
    statuses = answers;
    await expect(overHttp(url, KEY, 1).take([{}])).rejects.toThrow(sentence);
    expect(keys).toHaveLength(tries);
  });

  it('not reachable: in a sentence without the key', async () => {
    const error = await overHttp('http://127.0.0.1:1', KEY, 1)
      .take([{}])
      .catch((e: Error) => e);
    expect((error as Error).message).toContain('http://127.0.0.1:1/api/hotline/records cannot be reached');
    expect((error as Error).message).not.toContain(KEY);
  });
});

describe('openTarget', () => {
  let test: TestDatabase;
  beforeAll(async () => (test = await freshDatabase()));
  afterAll(() => test.drop());
  const environment = (more: Record<string, string> = {}) =>
    readEnvironment({ HUIYING_DATA_DIR: dataFolder, HUIYING_DATABASE_URL: test.url, ...more });
  const paper: CollectorSource = {
    id: 'paper',
    name: '日报',
    kind: 'feed',
    channel: 'news',
    url: 'http://p.example/',
    pollSeconds: 300,
    belongsToCity: true,
  };
  const record = { orderNo: 'A1', content: '停水', receivedAt: '2026-11-02 08:00:00' };

  it('without a running copy writes to the database, and leaves the list of sources alone', async () => {
    const store = new Store(test.database, 'collector');
    const target = await openTarget({ environment: environment(), clock });
    const { results: first } = await target.take([record]);
    expect(first).toMatchObject([{ outcome: 'accepted' }]);
    await new SourceList(
      [paper, { ...paper, id: 'line', kind: 'hotline', channel: 'hotline', url: null, name: '本市热线' }],
      store,
      clock,
    ).ready();
    await target.close();
    const later = await openTarget({ environment: environment(), clock });
    await later.take([{ ...record, orderNo: 'A2' }]);
    // The order keeps the opinion it was given under the old name of the hotline.
    expect((await later.take([{ ...record, version: 2 }])).results).toMatchObject([
      { outcome: 'accepted', opinionId: first[0]!.opinionId },
    ]);
    await later.close();
    const sources = new CollectorSources(test.database);
    expect(await sources.find('paper')).toMatchObject({ isActive: true });
    expect(await sources.find('line')).toMatchObject({ isActive: true, itemsTotal: 1 });
  });

  it('finds the running copy by the note in its data folder, and not one that is gone', async () => {
    const keyed = environment({ HUIYING_API_KEYS: `hotline:${KEY}` });
    writeFileSync(join(dataFolder, 'running.json'), JSON.stringify({ pid: process.pid, url, databaseUrl: test.url }));
    expect((await openTarget({ environment: keyed, clock })).description).toBe(`${url}/api/hotline/records`);
    for (const note of [JSON.stringify({ pid: 2 ** 22 + 1, url }), 'no json', '{}']) {
      writeFileSync(join(dataFolder, 'running.json'), note);
      const target = await openTarget({ environment: keyed, clock });
      expect(target.description).toBe('数据库');
      await target.close();
    }
  });

  it('asks for a key where an address is given', async () => {
    await expect(openTarget({ url, environment: environment(), clock })).rejects.toThrow('an API key is needed');
  });
});
