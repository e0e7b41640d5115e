import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { encode } from 'iconv-lite';
import {
  opinionCollectedV1,
  sourceReportedV1,
  sourceUnseenV1,
  type OpinionCollectedV1,
  type SourceReportedV1,
  type SourceUnseenV1,
} from '@huiying/contracts';
import { MovableClock } from '@huiying/domain';
import { Fetcher } from '@huiying/fetching';
import { CollectorSources, EvidenceDocuments, Store } from '@huiying/persistence';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { CollectorService } from '../collector.service.js';
import { SourceList, type CollectorSource } from '../sources/index.js';
import { Poller } from './poller.js';

interface Article {
  guid?: string;
  title: string;
  text: string;
}
const feed = (articles: Article[]) =>
  `<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel><title>日报</title>${articles
    .map(
      (a) =>
        `<item>${a.guid ? `<guid>${a.guid}</guid>` : ''}<title>${a.title}</title><link>/n/${a.title}</link><pubDate>2026-11-02 08:00:00</pubDate><description><![CDATA[<p>${a.text}</p>]]></description></item>`,
    )
    .join('')}</channel></rss>`;

const silent = { log: () => undefined, warn: () => undefined, error: (m: string) => void errors.push(m) };
const errors: string[] = [];

let test: TestDatabase;
let store: Store;
let clock: MovableClock;
let server: Server;
let origin: string;
let answer: (req: IncomingMessage, res: ServerResponse) => void;
const asked: string[] = [];
const open: Poller[] = [];

beforeAll(async () => {
  server = createServer((req, res) => {
    asked.push(req.url!);
    answer(req, res);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(async () => {
  test = await freshDatabase();
  store = new Store(test.database, 'collector');
  clock = new MovableClock(new Date('2026-11-02T09:00:00+08:00'));
  asked.length = 0;
  errors.length = 0;
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((p) => p.stop()));
  await test.drop();
  expect(errors).toEqual([]);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const sourceOf = (id: string, more: Partial<CollectorSource> = {}): CollectorSource => ({
  id,
  name: `${id}号源`,
  kind: 'feed',
  channel: 'news',
  url: `${origin}/${id}.xml`,
  pollSeconds: 300,
  belongsToCity: true,
  ...more,
});

function collector(sources: CollectorSource[], allow = [new URL(origin).host]) {
  const list = new SourceList(sources, store, clock);
  const fetcher = new Fetcher({ allow, limits: { idleMs: 2_000, totalMs: 3_000 } });
  const poller = new Poller(store, list, { fetcher, clock, voice: silent });
  open.push(poller);
  return { poller, service: new CollectorService(store, list, clock) };
}

const serving =
  (articles: Article[], headers: Record<string, string> = {}) =>
  (_: IncomingMessage, res: ServerResponse) =>
    void res.writeHead(200, { 'content-type': 'text/xml', ...headers }).end(encode(feed(articles), 'gbk'));

async function events<T>(topic: string): Promise<T[]> {
  const rows = await test.database.query<{ payload: string }>(`SELECT payload FROM collector.outbox WHERE topic = $1 ORDER BY position`, [
    topic,
  ]);
  return rows.map((row) => JSON.parse(row.payload) as T);
}
const collected = async () => (await events<OpinionCollectedV1>('opinion.collected')).map((e) => opinionCollectedV1.parse(e));
const reports = async (id: string) =>
  (await events<SourceReportedV1>('source.reported')).map((e) => sourceReportedV1.parse(e)).filter((e) => e.data.sourceId === id);
const row = async (id: string) => (await new CollectorSources(test.database).find(id))!;

describe('a poll', () => {
  it('makes an opinion of each item, with the original bytes as evidence', async () => {
    answer = serving(
      [
        { guid: 'a', title: '青梧区积水', text: '三处路段积水' },
        { title: '路灯不亮', text: '报修三天' },
      ],
      { etag: '"1"' },
    );
    const { poller } = collector([sourceOf('paper')]);
    expect(await poller.tick()).toBe(1);
    const [first, second] = await collected();
    expect(first!.data).toMatchObject({
      revision: 1,
      sourceId: 'paper',
      sourceName: 'paper号源',
      channel: 'news',
      title: '青梧区积水',
      text: '三处路段积水',
      url: `${origin}/n/${encodeURI('青梧区积水')}`,
      publishedAt: '2026-11-02T00:00:00.000Z',
      capturedAt: '2026-11-02T01:00:00.000Z',
      order: null,
    });
    expect(second!.data.title).toBe('路灯不亮');
    const evidence = (await new EvidenceDocuments(test.database).find(first!.data.sha256))!;
    const original = gunzipSync(evidence.body);
    expect(original).toEqual(
      encode(
        feed([
          { guid: 'a', title: '青梧区积水', text: '三处路段积水' },
          { title: '路灯不亮', text: '报修三天' },
        ]),
        'gbk',
      ),
    );
    expect(createHash('sha256').update(original).digest('hex')).toBe(first!.data.sha256);
    expect(evidence).toMatchObject({
      sourceId: 'paper',
      url: `${origin}/paper.xml`,
      contentType: 'text/xml',
      size: original.length,
      headers: { etag: '"1"' },
    });
    expect(await row('paper')).toMatchObject({
      itemsTotal: 2,
      etag: '"1"',
      consecutiveFailures: 0,
      nextPollAt: new Date('2026-11-02T09:05:00+08:00'),
    });
  });

  it('waits its interval, asks conditionally, and makes nothing of what it knows', async () => {
    let status = 200;
    answer = (req, res) => {
      if (req.headers['if-none-match'] === '"1"') status = 304;
      if (status === 304) res.writeHead(304).end();
      else serving([{ guid: 'a', title: '甲', text: '乙' }], { etag: '"1"' })(req, res);
    };
    const { poller } = collector([sourceOf('paper')]);
    await poller.tick();
    clock.advance({ seconds: 299 });
    expect(await poller.tick()).toBe(0);
    clock.advance({ seconds: 1 });
    expect(await poller.tick()).toBe(1);
    expect(status).toBe(304);
    answer = serving([{ guid: 'a', title: ' 甲 ', text: '乙\n' }]);
    clock.advance({ seconds: 300 });
    expect(await poller.tick()).toBe(1);
    expect(await collected()).toHaveLength(1);
    expect(await test.database.query('SELECT 1 FROM collector.evidence')).toHaveLength(1);
  });

  it('makes an edit a new revision of the same opinion', async () => {
    const { poller } = collector([sourceOf('paper')]);
    answer = serving([{ guid: 'a', title: '甲', text: '两人受伤' }]);
    await poller.tick();
    answer = serving([{ guid: 'a', title: '甲', text: '三人受伤' }]);
    clock.advance({ minutes: 5 });
    await poller.tick();
    const [first, second] = await collected();
    expect(second!.data).toMatchObject({ opinionId: first!.data.opinionId, revision: 2, text: '三人受伤' });
    expect(second!.id).not.toBe(first!.id);
    expect((await row('paper')).itemsTotal).toBe(1);
  });

  it('knows entries without guid or id again, in whatever order and dialect, edited or not', async () => {
    const entries = [
      '<entry><title>停水通知</title><link href="/n/1"/><updated>2026-11-02T08:00:00+08:00</updated><content type="html">&lt;p&gt;三小时&lt;/p&gt;</content></entry>',
      '<entry><title>公告</title><published>2026-11-02T08:00:00+08:00</published><summary>一</summary></entry>',
      '<entry><title>公告</title><published>2026-11-02T08:30:00+08:00</published><summary>二</summary></entry>',
    ];
    const serve = (parts: string[]) => {
      answer = (_, res) =>
        void res.writeHead(200).end(`<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>${parts.join('')}</feed>`);
      clock.advance({ minutes: 10 });
    };
    const { poller } = collector([sourceOf('paper')]);
    serve(entries);
    await poller.tick();
    serve([...entries].reverse());
    await poller.tick();
    expect(await collected()).toHaveLength(3);
    serve([entries[2]!.replace('二', '二（更正）'), entries[0]!.replace('三小时', '五小时').replace('08:00:00', '09:00:00')]);
    await poller.tick();
    const all = await collected();
    const edits = all.slice(3).map(({ data }) => [data.title, data.text, data.revision]);
    expect(edits.sort()).toEqual([
      ['停水通知', '五小时', 2],
      ['公告', '二（更正）', 2],
    ]);
    expect(new Set(all.map(({ data }) => data.opinionId)).size).toBe(3);
  });

  it('that fails is told in words, backs off, never gives up, and is forgotten when the source is back', async () => {
    const { poller } = collector([sourceOf('paper')]);
    answer = (_, res) => void res.writeHead(503, { 'retry-after': '900' }).end();
    await poller.tick();
    expect(await row('paper')).toMatchObject({
      consecutiveFailures: 1,
      error: '对方返回 HTTP 503',
      nextPollAt: new Date('2026-11-02T09:15:00+08:00'),
    });
    answer = (_, res) => void res.writeHead(200).end('<html><script>check()</script></html>');
    for (let i = 0; i < 12; i++) {
      clock.advance({ hours: 1 });
      expect(await poller.tick()).toBe(1);
    }
    expect(await row('paper')).toMatchObject({ consecutiveFailures: 13, error: expect.stringContaining('防护系统') });
    answer = serving([{ guid: 'a', title: '甲', text: '乙' }]);
    clock.advance({ hours: 1 });
    await poller.tick();
    expect(await row('paper')).toMatchObject({ consecutiveFailures: 0, error: null });
    const states = (await reports('paper')).map((r) => r.data.state);
    expect(states[0]).toBe('failing');
    expect(states.at(-1)).toBe('ok');
    expect(await collected()).toHaveLength(1);
  });

  it('of a private address that nobody allowed is refused and said', async () => {
    answer = serving([]);
    const { poller } = collector([sourceOf('paper')], []);
    await poller.tick();
    expect(asked).toEqual([]);
    expect((await row('paper')).error).toContain('内网');
  });
});

describe('a page', () => {
  const titles = ['青梧区中山路供水管道抢修', '望北新区污水直排整改情况', '市教育局通报食堂抽检结果', '老旧小区改造第三批名单公示'];
  const body = (i: number) => `${titles[i]}，相关部门已到场处置，具体情况将在核实之后第一时间向社会公布，请市民朋友放心。`;
  const list = (shown: number[]) =>
    `<html><body><ul class="news">${shown.map((i) => `<li><a href="/a/t2026110${i + 1}_${i}.html">${titles[i]}</a><span>2026-11-0${i + 1}</span></li>`).join('')}</ul></body></html>`;
  const site =
    (shown: number[], broken = -1) =>
    (req: IncomingMessage, res: ServerResponse) => {
      const article = /_(\d)\.html$/.exec(req.url!)?.[1];
      res.setHeader('content-type', 'text/html; charset=utf-8');
      if (article === String(broken)) res.writeHead(500).end();
      else if (article !== undefined) res.end(`<html><body><div id="zoom"><p>${body(Number(article))}</p></div></body></html>`);
      else res.end(list(shown));
    };
  const page = () => sourceOf('notices', { kind: 'page', channel: 'gov-site', url: `${origin}/notices/` });

  it('brings each article from its own page, with that page as evidence, and asks for it once', async () => {
    answer = site([2, 1, 0]);
    const { poller } = collector([page()]);
    await poller.tick();
    const first = await collected();
    expect(first.map((e) => e.data.title).sort()).toEqual([titles[0], titles[1], titles[2]].sort());
    const one = first.find((e) => e.data.title === titles[1])!;
    expect(one.data).toMatchObject({
      text: body(1),
      url: `${origin}/a/t20261102_1.html`,
      publishedAt: '2026-11-01T16:00:00.000Z',
      fromCity: true,
    });
    expect(gunzipSync((await new EvidenceDocuments(test.database).find(one.data.sha256))!.body).toString()).toContain('id="zoom"');
    asked.length = 0;
    answer = site([3, 2, 1, 0]);
    clock.advance({ minutes: 5 });
    await poller.tick();
    expect(asked).toEqual(['/notices/', '/a/t20261104_3.html']);
    expect(await collected()).toHaveLength(4);
  });

  it('looks at its articles again, asking only for what changed: an edit or a new title in the list is a new version', async () => {
    const words = new Map([[0, body(0)], [1, body(1)], [2, body(2)]]); // prettier-ignore
    const name = new Map([...titles.entries()]);
    const conditional: string[] = [];
    answer = (req, res) => {
      const article = /_(\d)\.html$/.exec(req.url!)?.[1];
      res.setHeader('content-type', 'text/html; charset=utf-8');
      if (article === undefined)
        return void res.end(list([0, 1, 2]).replace(/(_(\d)\.html">)[^<]*/g, (_, before, i) => `${before}${name.get(Number(i))}`));
      const text = words.get(Number(article))!;
      const etag = `"${createHash('sha256').update(text).digest('hex')}"`;
      if (req.headers['if-none-match'] === etag) {
        conditional.push(req.url!);
        return void res.writeHead(304).end();
      }
      res.setHeader('etag', etag);
      res.end(`<html><body><div id="zoom"><p>${text}</p></div></body></html>`);
    };
    const { poller } = collector([page()]);
    const poll = async (minutes: number) => {
      clock.advance({ minutes });
      asked.length = 0;
      await poller.tick();
    };
    await poll(0);
    words.set(1, `${body(1)}更正：整改期限为十一月底。`);
    await poll(30);
    expect(asked).toEqual(['/notices/']);
    await poll(31);
    expect(asked).toHaveLength(4);
    expect(conditional).toHaveLength(2);
    const edited = (await collected()).at(-1)!;
    expect(edited.data).toMatchObject({ revision: 2, title: titles[1], text: words.get(1) });
    name.set(2, '市教育局通报食堂抽检结果（更新）');
    await poll(5);
    expect(asked).toEqual(['/notices/', '/a/t20261103_2.html']);
    expect((await collected()).at(-1)!.data).toMatchObject({ revision: 2, title: '市教育局通报食堂抽检结果（更新）', text: body(2) });
    await poll(5);
    expect(asked).toEqual(['/notices/']);
    for (let hour = 0; hour < 200; hour++) await poll(60);
    expect(await collected()).toHaveLength(5);
    expect(asked).toEqual(['/notices/']);
    // Four looks each: of the edited one the first brought the edit, and the renamed one began anew after its first.
    expect(conditional).toHaveLength(4 + 3 + (1 + 4));
  });

  it('tries an article that cannot be had again, and at the third time takes what the list says', async () => {
    answer = site([1, 0, 2], 1);
    const { poller } = collector([page()]);
    for (let i = 0; i < 3; i++) {
      await poller.tick();
      expect(await collected()).toHaveLength(i < 2 ? 2 : 3);
      clock.advance({ minutes: 5 });
    }
    expect((await collected()).at(-1)!.data).toMatchObject({ title: titles[1], text: '' });
  });

  it('that suddenly lists nothing was laid out anew, and says so', async () => {
    answer = site([2, 1, 0]);
    const { poller } = collector([page()]);
    await poller.tick();
    answer = (_, res) =>
      void res
        .setHeader('content-type', 'text/html')
        .end(
          '<html><body><div id="app"></div><p>欢迎访问新版网站，我们已经全面升级，内容更丰富，办事更方便，期待您的宝贵意见和建议，共建美好城市。</p></body></html>',
        );
    clock.advance({ minutes: 5 });
    await poller.tick();
    expect(await row('notices')).toMatchObject({ cause: 'layout-changed', error: '网页上没有找到文章列表；上次能读到 3 条，疑似改版' });
  });
});

describe('a json source', () => {
  it('is read by its mapping', async () => {
    answer = (_, res) =>
      void res.setHeader('content-type', 'application/json').end(JSON.stringify({ d: { rows: [{ n: 7, s: '路灯不亮', b: '报修三天' }] } }));
    const json = { items: 'd.rows', id: 'n', title: 's', text: 'b' };
    await collector([sourceOf('api', { kind: 'json', json })]).poller.tick();
    expect((await collected())[0]!.data).toMatchObject({ title: '路灯不亮', text: '报修三天', url: null });
  });
});

describe('how a source stands', () => {
  it('when it dies is told with a guess at the cause, once, and which hours were not seen when it is back', async () => {
    const { poller } = collector([sourceOf('paper')]);
    answer = serving([{ guid: 'a', title: '甲', text: '乙' }]);
    await poller.tick();
    const seenLast = clock.now().toISOString();
    answer = (_, res) => void res.writeHead(403).end();
    for (let i = 0; i < 8; i++) {
      clock.advance({ minutes: 20 });
      await poller.tick();
    }
    const alarms = (await reports('paper')).flatMap((r) => (r.data.alarm ? [r.data.alarm] : []));
    expect(alarms.length).toBeGreaterThan(0);
    expect(new Set(alarms.map((a) => a.since)).size).toBe(1);
    expect(alarms[0]).toMatchObject({ cause: 'blocked', said: expect.stringContaining('疑似被对方拦截或拒绝访问') });
    answer = serving([{ guid: 'b', title: '又有了', text: '文' }]);
    clock.advance({ hours: 1 });
    await poller.tick();
    const back = clock.now().toISOString();
    expect((await reports('paper')).at(-1)!.data).toMatchObject({ state: 'ok', alarm: null, cause: null });
    const spans = (await events<SourceUnseenV1>('source.unseen')).map((e) => sourceUnseenV1.parse(e).data);
    expect(spans).toEqual([
      { sourceId: 'paper', from: seenLast, to: null, cause: 'blocked' },
      { sourceId: 'paper', from: seenLast, to: back, cause: 'blocked' },
    ]);
  });

  it('is told at first sight, on change, and at least every hour; of the hotline too', async () => {
    answer = serving([{ guid: 'a', title: '甲', text: '乙' }]);
    const { poller } = collector([sourceOf('paper', { pollSeconds: 86_400 })]);
    await poller.tick();
    expect((await reports('paper'))[0]!.data).toMatchObject({
      state: 'ok',
      itemsTotal: 1,
      kind: 'feed',
      nextPollAt: '2026-11-03T01:00:00.000Z',
    });
    expect((await reports('hotline-12345'))[0]!.data).toMatchObject({ state: 'ok', channel: 'hotline', lastPolledAt: null, url: null });
    clock.advance({ minutes: 59 });
    await poller.tick();
    expect(await reports('paper')).toHaveLength(1);
    clock.advance({ minutes: 1 });
    await poller.tick();
    expect(await reports('paper')).toHaveLength(2);
    expect(await reports('hotline-12345')).toHaveLength(2);
  });

  it('a source taken off the list is told to be paused, once, and polled no more', async () => {
    answer = serving([]);
    await collector([sourceOf('paper'), sourceOf('forum')]).poller.tick();
    clock.advance({ minutes: 10 });
    const { poller } = collector([sourceOf('paper')]);
    await poller.tick();
    clock.advance({ hours: 2 });
    await poller.tick();
    expect((await reports('forum')).map((r) => r.data.state)).toEqual(['ok', 'paused']);
    expect(asked.filter((url) => url === '/forum.xml')).toHaveLength(1);
  });

  it('falls silent when nothing new came for far longer than usual', async () => {
    const { poller } = collector([sourceOf('paper')]);
    for (let i = 0; i < 4; i++) {
      answer = serving([{ guid: `g${i}`, title: `第${i}条`, text: '文' }]);
      await poller.tick();
      clock.advance({ minutes: 10 });
    }
    clock.advance({ hours: 6 });
    await poller.tick();
    expect((await reports('paper')).at(-1)!.data.state).toBe('silent');
    answer = serving([{ guid: 'new', title: '又有了', text: '文' }]);
    clock.advance({ minutes: 10 });
    await poller.tick();
    expect((await reports('paper')).at(-1)!.data.state).toBe('ok');
  });
});

describe('several processes', () => {
  it('share the sources: each is polled once, one at a time per host', async () => {
    let atOnce = 0;
    let most = 0;
    answer = (req, res) => {
      most = Math.max(most, ++atOnce);
      setTimeout(() => {
        atOnce--;
        serving([{ guid: req.url!, title: req.url!, text: '文' }])(req, res);
      }, 5);
    };
    const sources = Array.from({ length: 30 }, (_, i) => sourceOf(`s${i}`));
    const polls = await Promise.all([collector(sources), collector(sources), collector(sources)].map(({ poller }) => poller.tick()));
    const later = await collector(sources).poller.tick();
    expect(polls.reduce((a, b) => a + b) + later).toBe(30);
    expect(new Set(asked).size).toBe(30);
    expect(asked).toHaveLength(30);
    expect(most).toBe(1);
    expect(await collected()).toHaveLength(30);
  });

  it('take over the source of a killed one when its lease ends, and its late answer is not written', async () => {
    answer = serving([{ guid: 'a', title: '甲', text: '乙' }]);
    const { poller } = collector([sourceOf('paper')]);
    let release = (): void => undefined;
    const slow = new Promise<void>((resolve) => (release = resolve));
    const late = collector([sourceOf('paper')]);
    answer = async (req, res) => {
      await slow;
      serving([{ guid: 'late', title: '迟到', text: '乙' }])(req, res);
    };
    const dragging = late.poller.tick();
    while (asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(await poller.tick()).toBe(0);
    clock.advance({ seconds: 120 });
    answer = serving([{ guid: 'a', title: '甲', text: '乙' }]);
    expect(await poller.tick()).toBe(1);
    release();
    await dragging;
    expect((await collected()).map((e) => e.data.title)).toEqual(['甲']);
  });

  it('a poll cut off by stopping is no failure of the source, which is due again at once', async () => {
    answer = () => undefined;
    const first = collector([sourceOf('paper')]);
    first.poller.start();
    while (asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await first.poller.stop();
    expect(await row('paper')).toMatchObject({ consecutiveFailures: 0, error: null });
    answer = serving([{ guid: 'a', title: '甲', text: '乙' }]);
    expect(await collector([sourceOf('paper')]).poller.tick()).toBe(1);
  });
});

describe('a public host', () => {
  it('is asked once a second at most', async () => {
    // Two sources of one host that nobody allowed: the guard refuses both, but each attempt counts as a visit.
    answer = serving([]);
    const { poller } = collector([sourceOf('one'), sourceOf('two')], []);
    expect(await poller.tick()).toBe(1);
    clock.advance({ seconds: 1 });
    expect(await poller.tick()).toBe(1);
  });
});

describe('CollectorService.collect', () => {
  it('brings in items so that a later poll of the same finds nothing new', async () => {
    const { poller, service } = collector([sourceOf('paper')]);
    const handed = [
      { guid: 'a', title: '甲', text: '一\n二', url: `${origin}/n/甲`, author: null, publishedAt: new Date('2026-10-20T08:00:00+08:00') },
      { guid: null, title: '乙', text: '三', url: new URL('/n/乙', origin).href, author: '记者', publishedAt: null },
    ];
    const capturedAt = new Date('2026-10-20T09:00:00+08:00');
    expect(await service.collect('paper', handed, { capturedAt })).toEqual({ added: 2, edited: 0 });
    expect(await service.collect('paper', handed, { capturedAt })).toEqual({ added: 0, edited: 0 });
    answer = serving([
      { guid: 'a', title: '甲', text: '一</p><p>二' },
      { title: '乙', text: '三' },
    ]);
    await poller.tick();
    expect((await collected()).map((e) => [e.data.title, e.data.capturedAt, e.occurredAt])).toEqual([
      ['甲', capturedAt.toISOString(), capturedAt.toISOString()],
      ['乙', capturedAt.toISOString(), capturedAt.toISOString()],
    ]);
    expect(await row('paper')).toMatchObject({ itemsTotal: 2, lastNewItemAt: capturedAt });
  });

  it('refuses a source that is not on the list', async () => {
    await expect(collector([]).service.collect('nobody', [], { capturedAt: clock.now() })).rejects.toMatchObject({ code: 'not-found' });
  });
});
