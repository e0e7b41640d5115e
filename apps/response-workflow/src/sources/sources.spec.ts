import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NoticeView, Page, Problem, SourceDetail, SourceImport, SourcePage, SourceTrialView } from '@huiying/contracts/http';
import { MovableClock } from '@huiying/domain';
import { createService, startPlatform, type Platform } from '@huiying/platform';
import { readEnvironment } from '@huiying/settings';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { resolve } from 'node:path';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { eventually, WorkflowCity, type LoggedIn } from '../../../../test/support/workflow-city.js';
import { CollectorModule, Poller } from '../../../collector/src/index.js';

/** The console's service and the collector as two processes would run: each with its own outbox, meeting in the log only. */
let test: TestDatabase;
let clock: MovableClock;
let city: WorkflowCity;
let platform: Platform;
let collector: NestExpressApplication;
let site: Server;
let origin: string;
let admin: LoggedIn;
let officer: LoggedIn;
const answers = new Map<string, () => [status: number, type: string, body: string]>();
const rss = (...titles: string[]) =>
  `<rss version="2.0"><channel>${titles.map((t) => `<item><guid>${t}</guid><title>${t}</title></item>`).join('')}</channel></rss>`;

beforeAll(async () => {
  site = createServer((req, res) => {
    const [status, type, body] = (answers.get(req.url!) ?? (() => [404, 'text/plain', 'no'] as [number, string, string]))();
    res.writeHead(status, { 'content-type': type }).end(body);
  });
  await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
  const { port } = site.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  answers.set('/a.xml', () => [200, 'text/xml', rss('甲')]);
  test = await freshDatabase(30);
  clock = new MovableClock(new Date('2026-11-02T09:00:00+08:00'));
  city = await WorkflowCity.start(test.url, clock);
  const environment = readEnvironment({ HUIYING_CONFIG: resolve('config'), HUIYING_LOG_LEVEL: 'error', HUIYING_DATABASE_POOL: '10' });
  platform = await startPlatform({ environment, clock, databaseUrl: test.url, name: 'spec collector', schemas: ['collector'] });
  const seed = [
    { id: 'paper', name: '日报', kind: 'feed', channel: 'news', url: `${origin}/a.xml`, pollSeconds: 300, belongsToCity: true } as const,
  ];
  collector = await createService(platform, [CollectorModule.with({ sources: seed, allow: [`127.0.0.1:${port}`] })]);
  await collector.startAllMicroservices();
  await collector.init();
  await logIn();
}, 180_000);
afterAll(async () => {
  await collector.close();
  await platform.stop();
  await city.stop();
  await test.drop();
  site.closeAllConnections();
  site.close();
});

const listed = async (q = '') => (await officer.get<SourcePage>(`/api/sources?q=${encodeURIComponent(q)}`)).body;
const one = async (id: string) => (await officer.get<SourceDetail>(`/api/sources/${id}`)).body;
const NEW = { name: '通知公告', kind: 'page', channel: 'gov-site', pollSeconds: 600, belongsToCity: true };

/** Sessions end after a while without use. */
const logIn = async () => {
  admin = await city.logIn('linkaiwen');
  officer = await city.logIn('luwenjing');
};
const until = <T>(look: () => Promise<T | null | undefined | false>, what: string) => eventually(look, what);
const notices = async (person: LoggedIn) => (await person.get<Page<NoticeView>>('/api/notices')).body.items.map(({ title }) => title);

it('lists the sources with counts, and finds by name or address', async () => {
  await until(
    async () => (await listed()).items.some(({ sourceId, itemsTotal }) => sourceId === 'paper' && itemsTotal === 1),
    'the first poll',
  );
  expect((await listed('日')).items.map(({ sourceId }) => sourceId)).toEqual(['paper']);
  expect((await listed('a.xml')).items.map(({ sourceId }) => sourceId)).toEqual(['paper']);
  expect((await listed('%')).items).toEqual([]);
  expect((await listed()).counts).toEqual({ all: 2, ok: 2, failing: 0, silent: 0, paused: 0 });
});

describe('a setting', () => {
  const articles = ['青梧区供水管道抢修情况', '望北新区污水整改的情况', '市教育局通报抽检结果'];
  beforeAll(() => {
    answers.set('/list/', () => [
      200,
      'text/html; charset=utf-8',
      `<ul>${articles.map((t, i) => `<li><a href="/n/${i}.html">${t}</a> 2026-11-01</li>`).join('')}</ul>`,
    ]);
    articles.forEach((t, i) =>
      answers.set(`/n/${i}.html`, () => [
        200,
        'text/html; charset=utf-8',
        `<div id="zoom">${t}，具体情况将在核实之后第一时间向社会公布，请放心。</div>`,
      ]),
    );
  });

  it('is tried out before it is kept, by way of the log, and seen by nobody else', async () => {
    const { body } = await officer.post<SourceTrialView>('/api/sources/trials', { ...NEW, url: `${origin}/list/` });
    const found = await until(
      async () => (await officer.get<SourceTrialView>(`/api/sources/trials/${body.trialId}`)).body.result,
      'the trial',
    );
    expect(found).toMatchObject({ outcome: 'read', said: '读到 3 条', itemsTotal: 3, foundAt: 'ul > li > a' });
    expect(found.items.map(({ title }) => title)).toEqual(articles);
    expect(found.items[0]!.text).toContain('具体情况将在核实之后');
    expect((await admin.get(`/api/sources/trials/${body.trialId}`)).status).toBe(404);
    expect((await listed()).items).toHaveLength(2);
  });

  it('is kept by an administrator, polled, and audited', async () => {
    expect((await officer.post('/api/sources', { ...NEW, url: `${origin}/list/` })).status).toBe(403);
    const { status, body } = await admin.post<{ sourceId: string }>('/api/sources', { ...NEW, url: `${origin}/list/` });
    expect(status).toBe(201);
    const source = await until(
      async () => (await listed()).items.find(({ sourceId, itemsTotal }) => sourceId === body.sourceId && itemsTotal === 3),
      'its first poll',
    );
    expect(source).toMatchObject({ name: '通知公告', kind: 'page', state: 'ok' });
    expect(await one(body.sourceId)).toMatchObject({
      setting: { pollSeconds: 600 },
      history: [{ who: '林恺文', action: 'source.create' }],
      mayEdit: false,
    });

    expect(
      (await admin.post(`/api/sources/${body.sourceId}`, { ...NEW, id: body.sourceId, url: `${origin}/list/`, pollSeconds: 900 })).status,
    ).toBe(204);
    await until(
      async () =>
        (
          await test.database.query(`SELECT 1 FROM collector.source WHERE id = $1 AND poll_seconds = 900 AND origin = 'console'`, [
            body.sourceId,
          ])
        ).length > 0,
      'the edit',
    );
    expect((await one(body.sourceId)).history[0]).toMatchObject({ action: 'source.edit', text: '修改设置：间隔秒数 600 → 900' });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['an address that is polled already', { url: 'A' }, 'url'],
    ['an id that is used', { id: 'paper', url: 'B' }, 'id'],
    ['no address', {}, 'url'],
    ['a file', { url: 'file:///etc/passwd' }, 'url'],
    ['five seconds', { url: 'B', pollSeconds: 5 }, 'pollSeconds'],
    ['a hotline', { kind: 'hotline', channel: 'hotline' }, 'kind'],
  ])('with %s is refused beside its field', async (_, more, field) => {
    const url = more.url === 'A' ? `${origin}/a.xml` : more.url === 'B' ? `${origin}/b.xml` : more.url;
    const { status, body } = await admin.post<Problem>('/api/sources', { ...NEW, ...more, ...(url === undefined ? {} : { url }) });
    expect([status, body.faults?.map((f) => f.field)]).toEqual([400, [field]]);
  });
});

it('is paused, resumed and retried at once on the console; and taken off the list by an administrator only', async () => {
  const act = (id: string, what: string, who = officer) => who.post<Problem>(`/api/sources/${id}/act`, { act: what });
  const isActive = async () =>
    (await test.database.query<{ a: boolean }>(`SELECT is_active AS a FROM collector.source WHERE id = 'paper'`))[0]!.a;
  expect((await act('paper', 'pause')).status).toBe(204);
  expect((await one('paper')).state).toBe('paused');
  await until(async () => !(await isActive()), 'the pause');
  expect(await act('paper', 'poll')).toMatchObject({ status: 409, body: { code: 'source-not-polled' } });
  clock.advance({ minutes: 30 });
  await logIn();
  await act('paper', 'resume');
  await until(isActive, 'the return');
  const span = await until(async () => (await one('paper')).unseen.find(({ to }) => to !== null), 'its coverage');
  expect(span).toMatchObject({ cause: 'paused', from: '2026-11-02T01:00:00.000Z', to: '2026-11-02T01:30:00.000Z' });

  answers.set('/a.xml', () => [200, 'text/xml', rss('甲', '乙')]);
  await until(async () => (await one('paper')).lastPolledAt === clock.now().toISOString(), 'the poll');
  await act('paper', 'poll');
  await until(
    async () => (await test.database.query(`SELECT 1 FROM collector.source WHERE id = 'paper' AND items_total = 2`)).length > 0,
    'the retry',
  );

  expect(await act('hotline-12345', 'pause')).toMatchObject({ status: 409, body: { code: 'source-pushed' } });
  const page = (await listed('通知')).items[0]!.sourceId;
  expect((await act(page, 'remove')).status).toBe(403);
  expect((await act(page, 'remove', admin)).status).toBe(204);
  await until(
    async () => (await test.database.query(`SELECT 1 FROM collector.source WHERE id = $1 AND removed_at IS NOT NULL`, [page])).length > 0,
    'the removal',
  );
  await until(async () => (await listed('通知')).items.length === 0, 'the list without it');
});

it('that dies is told once to the desk and to the administrator, and once more when it is back', async () => {
  answers.set('/a.xml', () => [403, 'text/plain', 'no']);
  for (let i = 0; i < 8; i++) {
    clock.advance({ minutes: 20 });
    await collector.get(Poller, { strict: false }).tick();
  }
  await logIn();
  await until(async () => (await notices(admin)).length > 0, 'the notice');
  expect(await notices(admin)).toEqual(['【信源异常】日报']);
  expect((await listed()).items[0]).toMatchObject({ sourceId: 'paper', state: 'failing', cause: 'blocked', alarm: { cause: 'blocked' } });
  answers.set('/a.xml', () => [200, 'text/xml', rss('丙')]);
  clock.advance({ hours: 2 });
  await logIn();
  await collector.get(Poller, { strict: false }).tick();
  await until(async () => (await notices(admin)).length > 1, 'the second notice');
  expect(await notices(admin)).toEqual(['【信源恢复】日报', '【信源异常】日报']);
});

describe('files', () => {
  const send = (text: string, format: string, apply: boolean) =>
    admin.post<SourceImport>('/api/sources/import', { format, content: Buffer.from(text).toString('base64'), apply });

  it('are shown before they are taken, and what they bring is polled', async () => {
    const csv = `名称,地址,渠道\n甲报,${origin}/x.xml,新闻\n坏的,nowhere,\n日报改名,${origin}/a.xml,\n`;
    const { body } = await send(csv, 'csv', false);
    expect(body).toMatchObject({ applied: false, counts: { new: 1, changed: 1, known: 0, bad: 1 } });
    expect((await listed('甲报')).items).toEqual([]);
    expect((await send(csv, 'csv', true)).body).toMatchObject({ applied: true, counts: { new: 1, changed: 1 } });
    await until(async () => (await listed('甲报')).items[0]?.state === 'failing', 'its first poll');
    expect((await listed('日报改名')).items[0]).toMatchObject({ sourceId: 'paper' });
    expect((await send('nothing', 'opml', false)).status).toBe(400);
  });

  it('go out as OPML and CSV and change nothing when they come back', async () => {
    for (const format of ['opml', 'csv']) {
      const { body } = await officer.get<string>(`/api/sources.${format}`);
      expect(body).toContain('日报改名');
      expect((await send(body, format, false)).body.counts).toEqual({ new: 0, changed: 0, known: 2, bad: 0 });
    }
  });
});

it('what was changed on the console outlives a start with the file’s list', async () => {
  const { SourceList } = await import('../../../collector/src/sources/index.js');
  const { Store } = await import('@huiying/persistence');
  const seed = [
    {
      id: 'paper',
      name: '文件里的名字',
      kind: 'feed',
      channel: 'news',
      url: `${origin}/a.xml`,
      pollSeconds: 300,
      belongsToCity: true,
    } as const,
  ];
  await new SourceList(seed, new Store(test.database, 'collector'), clock).ready();
  const rows = await test.database.query<{ name: string; on: boolean }>(`SELECT name, is_active AS on FROM collector.source ORDER BY name`);
  expect(rows).toEqual(
    expect.arrayContaining([
      { name: '日报改名', on: true },
      { name: '甲报', on: true },
      { name: '通知公告', on: false },
    ]),
  );
});
