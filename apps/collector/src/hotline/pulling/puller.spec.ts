import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MovableClock } from '@huiying/domain';
import { Fetcher } from '@huiying/fetching';
import { CollectorSources, HotlinePulls, Store, type SourceRow } from '@huiying/persistence';
import { hotlineFile, type HotlinePull } from '@huiying/settings';
import { freshDatabase, type TestDatabase } from '../../../../../test/support/database.js';
import { SourceList } from '../../sources/index.js';
import { HotlineIntake } from '../hotline-intake.js';
import { RecordSeal } from '@huiying/platform';
import { Puller, pullEntry } from './puller.js';

const PAGE = 3;
/** A hotline that answers by window and page; `fail` decides what goes wrong with a request. */
let orders: { id: string; at: number; text?: string }[] = [];
let fail: (asked: number) => number | 'cut' | null = () => null;
let asked: string[] = [];
let hotline: Server;
let host: string;
let test: TestDatabase;
let store: Store;
let clock: MovableClock;

beforeAll(async () => {
  test = await freshDatabase();
  store = new Store(test.database, 'collector');
  hotline = createServer((request: IncomingMessage, answer) => {
    asked.push(request.url!);
    // A request takes its time.
    clock.advance({ seconds: 0.012 });
    const wrong = fail(asked.length);
    if (wrong === 'cut') return void request.socket.destroy();
    if (request.headers['x-key'] !== 's3cret') return void answer.writeHead(401).end();
    if (wrong !== null) return void answer.writeHead(wrong, { 'retry-after': '7' }).end();
    const query = new URL(request.url!, 'http://x').searchParams;
    const [from, to, page] = ['from', 'to', 'page'].map((name) => Number(query.get(name)));
    const found = orders.filter(({ at }) => at >= from! && at < to!).slice((page! - 1) * PAGE, page! * PAGE);
    const list = found.map(({ id, at, text }) => ({
      workNo: id,
      detail: text ?? '停水',
      created: new Date(at * 1000).toISOString(),
      citizen: { tel: '13812345678' },
    }));
    answer.end(JSON.stringify({ ok: 1, data: { list } }));
  });
  await new Promise<void>((done) => hotline.listen(0, '127.0.0.1', done));
  host = `127.0.0.1:${(hotline.address() as AddressInfo).port}`;
});
afterAll(async () => {
  hotline.close();
  await test.drop();
});
beforeEach(async () => {
  await test.database.query(
    'TRUNCATE collector.hotline_order, collector.hotline_record, collector.hotline_pull, collector.source, collector.outbox, collector.outbox_unsent',
  );
  clock = new MovableClock(new Date('2026-11-02T09:00:00+08:00'));
  orders = [];
  asked = [];
  fail = () => null;
});

const seconds = (text: string) => new Date(text).getTime() / 1000;
function setting(): HotlinePull {
  return hotlineFile.parse({
    pulls: [
      {
        id: 'old-hotline',
        name: '旧热线接口',
        url: `http://${host}/orders`,
        startAt: '2026-11-01T00:00:00+08:00',
        windowHours: 12,
        overlapSeconds: 600,
        pageSize: PAGE,
        timeFormat: 'seconds',
        query: { from: '{from}', to: '{to}', page: '{page}' },
        headers: { 'x-key': '{secret}' },
        answer: { items: 'data.list', success: { path: 'ok', equals: 1 } },
        columns: { orderNo: 'workNo', receivedAt: 'created', callerPhone: 'citizen.tel' },
      },
    ],
  }).pulls[0]!;
}
/** A process of its own. */
function puller(secret = 's3cret'): Puller {
  const list = new SourceList([], store, clock, undefined, [pullEntry(setting())]);
  const intake = new HotlineIntake(store, list, clock, new RecordSeal(Buffer.alloc(32)));
  const voice = { warn: () => undefined, error: () => undefined, log: () => undefined };
  return new Puller(store, list, [setting()], {
    fetcher: new Fetcher({ allow: [host] }),
    clock,
    voice,
    intake,
    secrets: new Map([['old-hotline', secret]]),
  });
}
const taken = async () =>
  (await test.database.query<{ n: string }>(`SELECT order_no AS n FROM collector.hotline_order ORDER BY 1`)).map((row) => row.n);
const row = async (): Promise<SourceRow> => (await new CollectorSources(test.database).find('old-hotline'))!;
const plan = (count: number) => {
  orders = Array.from({ length: count }, (_, i) => ({
    id: `N${String(i).padStart(3, '0')}`,
    at: seconds('2026-11-01T00:00:00+08:00') + i * 2_000,
  }));
};

describe('Puller', () => {
  it('catches up window after window, then asks every two minutes for what is new, from a little earlier', async () => {
    plan(50);
    expect(await puller().tick()).toBe(1);
    expect(await taken()).toHaveLength(50);
    expect(await row()).toMatchObject({
      kind: 'hotline-pull',
      consecutiveFailures: 0,
      error: null,
      itemsTotal: 50,
      lastSuccessAt: clock.now(),
    });
    expect(await puller().tick()).toBe(0);
    clock.advance({ minutes: 2 });
    orders.push({ id: 'LATE', at: seconds('2026-11-02T08:55:00+08:00') });
    asked = [];
    expect(await puller().tick()).toBe(1);
    expect(await taken()).toContain('LATE');
    expect(asked[0]).toContain(`from=${seconds('2026-11-02T08:50:00+08:00')}`);
    const [event] = await test.database.query<{ payload: string }>(
      `SELECT payload FROM collector.outbox WHERE topic = 'hotline-order.received' LIMIT 1`,
    );
    expect(event!.payload).toContain('138****5678');
  });

  it.each<[string, () => number | 'cut', string]>([
    ['an error', () => 500, 'unreachable'],
    ['a key that no longer holds', () => 401, 'blocked'],
    ['a connection that breaks', () => 'cut', 'unreachable'],
  ])('after %s backs off and goes on at the page where it stood: nothing lost', async (_, how, cause) => {
    plan(40);
    fail = (n) => (n >= 6 ? how() : null);
    await puller().tick();
    const got = (await taken()).length;
    expect(got).toBeGreaterThan(5);
    expect(got).toBeLessThan(40);
    expect(await row()).toMatchObject({ consecutiveFailures: 1, cause, error: expect.stringMatching(/[\u4e00-\u9fff]/) });
    const stoodAt = asked.at(-1)!;
    fail = () => null;
    asked = [];
    expect(await puller().tick()).toBe(0);
    clock.advance({ minutes: 3 });
    await puller().tick();
    expect(asked[0]).toBe(stoodAt);
    expect(await taken()).toHaveLength(40);
    expect(await row()).toMatchObject({ consecutiveFailures: 0, error: null });
  });

  it('taken over from a process that was killed in the middle: its lease ends, the window is the same, no order is missed or taken twice', async () => {
    plan(40);
    const until = new Date(clock.now().getTime() + 180_000);
    const dying = puller();
    fail = (n) => (n === 5 ? 503 : null);
    await dying.tick();
    await new Store(test.database, 'collector').change((tx) =>
      new CollectorSources(tx).claimKind('hotline-pull', new Date(until.getTime() - 1), until),
    );
    const half = await new HotlinePulls(test.database).find('old-hotline');
    expect(half!.windowTo).not.toBeNull();
    fail = () => null;
    expect(await puller().tick()).toBe(0);
    clock.advance({ minutes: 4 });
    const both = await Promise.all([puller().tick(), puller().tick()]);
    expect(both.sort()).toEqual([0, 1]);
    expect(await taken()).toHaveLength(40);
    const events = await test.database.query(`SELECT 1 FROM collector.outbox WHERE topic = 'opinion.collected'`);
    expect(events).toHaveLength(40);
  });

  it('may not move a pull on that another process holds by now', async () => {
    plan(3);
    await puller().tick();
    const pulls = new HotlinePulls(test.database);
    const before = await pulls.find('old-hotline');
    expect(await pulls.save('old-hotline', '00000000-0000-4000-8000-000000000000', { ...before!, page: 9 })).toBe(false);
    expect(await pulls.find('old-hotline')).toEqual(before);
  });

  it('takes the good records of a page and says how many were not', async () => {
    plan(2);
    orders[0]!.text = ' ';
    await puller().tick();
    expect(await taken()).toEqual(['N001']);
    expect(await row()).toMatchObject({ consecutiveFailures: 0, error: '1 条记录不合要求，未收下；详见日志' });
  });

  it('asks once a round, and at once again only after a window that was cut', async () => {
    await puller().tick();
    expect(asked).toHaveLength(3);
    for (const round of [4, 5]) {
      clock.advance({ minutes: 2, seconds: 1 });
      await puller().tick();
      expect(asked).toHaveLength(round);
    }
  });

  it('counts a bad record once that two windows of one round hold', async () => {
    orders = [
      { id: 'BAD', at: seconds('2026-11-01T11:55:00+08:00'), text: ' ' },
      { id: 'GOOD', at: seconds('2026-11-01T11:56:00+08:00') },
    ];
    await puller().tick();
    expect(await row()).toMatchObject({ error: '1 条记录不合要求，未收下；详见日志' });
  });

  it('says that the secret is wrong, and stops asking page after page', async () => {
    await puller('other').tick();
    expect(await row()).toMatchObject({ error: expect.stringContaining('401'), cause: 'blocked' });
    expect(asked).toHaveLength(1);
  });
});
