import { randomUUID } from 'node:crypto';
import type { ApiKnowledge, KnowledgeDetail, KnowledgeView, Page, Problem } from '@huiying/contracts/http';
import { Knowledge, Callbacks } from '@huiying/persistence';
import { readHotlineAdapter } from '@huiying/settings';
import { freshCity, type LoggedIn } from '../../../../test/support/workflow-city.js';
import { CallbackTargets } from '../callbacks/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { citeEntries, KnowledgeKeeper } from './knowledge-keeper.js';
import { citesOf } from './knowledge-view.js';

const KEY = 'a-key-of-the-hotline-system';
const READER = 'a-key-that-may-only-hand-in';
const CONTENT = {
  title: '居民阶梯水价怎么算',
  question: '阶梯水价怎么计算？',
  answer: '第一阶梯每户每年 220 立方米以内。',
  legalBasis: '望政办发〔2026〕9号',
  keywords: ['水价', '阶梯'],
  departmentId: 'water',
  expiresOn: '2026-11-25',
};
let running: Awaited<ReturnType<typeof freshCity>>;
let officer: LoggedIn;

beforeAll(async () => {
  running = await freshCity('2026-11-23T10:00:00+08:00', { HUIYING_API_KEYS: `hotline:${KEY},other:${READER}` }, { runsByItself: false });
  officer = await running.city.logIn('luwenjing');
  running.city.app.get(CallbackTargets, { strict: false }).use({
    id: 'hotline',
    name: '12345',
    url: 'http://127.0.0.1:9',
    adapter: 'huiying-json',
    client: 'hotline',
    knowledge: true,
    reconcile: null,
    giveUpDays: 7,
    concurrency: 1,
    timeoutSeconds: 1,
    mapping: readHotlineAdapter('config', 'huiying-json'),
    secret: 's'.repeat(20),
  });
});
afterAll(async () => {
  await running.city.stop();
  await running.drop();
});

interface Sync {
  items: ApiKnowledge[];
  cursor: string | null;
  more: boolean;
}
const api = <T>(method: string, path: string, body?: unknown, key = KEY) =>
  running.city.ask<T>(method, `/api/hotline/v1${path}`, body, { 'x-api-key': key });
const sync = async (cursor: string | null, limit = 100) => (await api<Sync>('POST', '/knowledge-sync', { cursor, limit })).body;
const made = async (content: object = {}) => (await officer.post<{ id: string }>('/api/knowledge', { ...CONTENT, ...content })).body.id;
const detail = async (id: string) => (await officer.get<KnowledgeDetail>(`/api/knowledge/${id}`)).body;
const pushed = async (id: string) =>
  (
    await running.database.query<{ seq: number; state: string }>(
      `SELECT seq, payload::jsonb->>'state' AS state FROM workflow.callback WHERE order_no = $1 ORDER BY seq`,
      [`KB-${id}`],
    )
  ).map(({ seq, state }) => [seq, state]);
const expire = () => {
  const keeper = running.city.app.get(KnowledgeKeeper, { strict: false });
  return running.city.app.get(WorkflowStore, { strict: false }).change((tx, now) => keeper.expire(tx, now));
};

it('is written, found by its words, read by other systems, and told of', async () => {
  const id = await made();
  const found = (await officer.get<Page<KnowledgeView>>('/api/knowledge?q=阶梯水价')).body;
  expect([found.items.map((one) => one.id), found.total]).toEqual([[id], 1]);
  expect((await officer.get<Page<KnowledgeView>>('/api/knowledge?q=天然气')).body.items).toEqual([]);
  const { items } = (await api<Page<ApiKnowledge>>('GET', '/knowledge?q=水价')).body;
  expect(items).toMatchObject([{ id, version: 1, state: 'active', department: expect.any(String), legalBasis: '望政办发〔2026〕9号' }]);
  expect(await pushed(id)).toEqual([[1, 'active']]);
  expect((await api('GET', '/knowledge', undefined, READER)).status).toBe(403);
});

it('keeps every version; two who change it do not overwrite each other; a cite keeps the version that was cited', async () => {
  const id = await made();
  const task = randomUUID();
  const store = running.city.app.get(WorkflowStore, { strict: false });
  await store.change((tx, at) => citeEntries(tx, { kind: 'task', id: task }, [id], { at, by: '何建国' }));
  const change = (version: number) =>
    officer.post<Problem>(`/api/knowledge/${id}`, { ...CONTENT, answer: '第一阶梯 240 立方米以内。', version, reason: '调整' });
  expect((await change(1)).status).toBe(204);
  expect((await change(1)).body.code).toBe('changed-meanwhile');
  expect(await detail(id)).toMatchObject({
    version: 2,
    cited: 1,
    versions: [
      { version: 2, reason: '调整' },
      { version: 1, answer: CONTENT.answer },
    ],
    cites: [{ kind: 'task', id: task, version: 1, by: '何建国' }],
  });
  expect(await citesOf(running.database, 'task', task, '2026-11-23')).toMatchObject([
    { entryId: id, version: 1, warning: '已有新版本（第 2 版）' },
  ]);
  expect(await citesOf(running.database, 'task', task, '2026-11-26')).toMatchObject([{ warning: '已于 2026-11-25 失效，请核对后再引用' }]);
  await expect(store.change((tx, at) => citeEntries(tx, { kind: 'task', id: task }, [randomUUID()], { at, by: '何建国' }))).rejects.toThrow(
    'cites',
  );
});

it('expires with its day: out of search for others, marked here, told once', async () => {
  const id = await made({ title: '将失效的条目' });
  const before = (await sync(null)).cursor;
  expect(await expire()).toBe(0);
  running.clock.set(new Date('2026-11-25T23:59:59+08:00'));
  expect(await expire()).toBe(0);
  running.clock.set(new Date('2026-11-26T00:00:00+08:00'));
  officer = await running.city.logIn('luwenjing');
  expect(await expire()).toBeGreaterThan(0);
  expect(await expire()).toBe(0);
  expect((await detail(id)).state).toBe('expired');
  expect((await api<Page<ApiKnowledge>>('GET', '/knowledge?q=将失效')).body.items).toEqual([]);
  expect((await officer.get<Page<KnowledgeView>>('/api/knowledge?q=将失效&state=expired')).body.items.map((one) => one.id)).toEqual([id]);
  expect(await pushed(id)).toEqual([[1, 'active'], [2, 'expired']]); // prettier-ignore
  expect((await sync(before)).items).toContainEqual(expect.objectContaining({ id, state: 'expired' }));
});

it('is pulled in pieces by a cursor, each change once, what was withdrawn too; a draft is nobody else’s', async () => {
  const start = (await sync(null, 500)).cursor;
  const ids = [await made({ expiresOn: null }), await made({ expiresOn: null }), await made({ expiresOn: null })];
  const draft = await made({ answer: '' });
  await officer.post(`/api/knowledge/${ids[0]}/withdraw`, { reason: '政策已废止' });
  const seen: [string, string][] = [];
  let cursor = start;
  for (let more = true; more;) {
    const answer = await sync(cursor, 2);
    seen.push(...answer.items.map((one): [string, string] => [one.id, one.state]));
    ({ cursor, more } = answer);
  }
  expect(seen).toEqual([[ids[1], 'active'], [ids[2], 'active'], [ids[0], 'withdrawn']]); // prettier-ignore
  expect(await sync(cursor)).toEqual({ items: [], cursor, more: false });
  expect(await pushed(draft)).toEqual([]);
  expect((await api('GET', `/knowledge/${draft}`)).status).toBe(404);
  expect((await api('POST', '/knowledge-sync', { cursor: 'x' })).status).toBe(400);
});

it('comes of a published statement, one version for each of it, and of an interpretation; these expire with their policy', async () => {
  const keeper = running.city.app.get(KnowledgeKeeper, { strict: false });
  const store = running.city.app.get(WorkflowStore, { strict: false });
  const statement = { id: randomUUID(), title: '停水情况通报', text: '已恢复供水', url: 'https://a.example/1', departmentId: null };
  const document = { id: randomUUID(), title: '供水条例', documentNo: '望政发〔2026〕3号', departmentId: 'water' };
  for (const text of ['已恢复供水', '已恢复供水，水费减免'])
    await store.change((tx, at) => keeper.ofStatement(tx, { ...statement, text }, { at, by: '陆文婧', reason: '发布' }));
  await store.change((tx, at) =>
    keeper.ofInterpretation(
      tx,
      { document, title: '供水条例解读', url: 'https://a.example/2', text: null },
      { at, by: '陆文婧', reason: '登记' },
    ),
  );
  const { items } = (await officer.get<Page<KnowledgeView>>('/api/knowledge?source=statement')).body;
  expect(items).toMatchObject([
    { version: 2, state: 'active', answer: '已恢复供水，水费减免', source: { kind: 'statement', id: statement.id } },
  ]);
  const [draft] = (await officer.get<Page<KnowledgeView>>('/api/knowledge?state=draft&q=供水条例')).body.items;
  expect(draft).toMatchObject({ legalBasis: '供水条例（望政发〔2026〕3号）', documentId: document.id, url: 'https://a.example/2' });
  const expired = await officer.post<{ changed: number }>('/api/knowledge/expire-with', {
    documentId: document.id,
    expiresOn: '2026-12-31',
    reason: '条例废止',
  });
  expect([expired.body, (await detail(draft!.id)).expiresOn]).toEqual([{ changed: 1 }, '2026-12-31']);
});

it.each<[string, object, string]>([
  ['no title', { title: '' }, 'title'],
  ['a day that does not exist', { expiresOn: '2026-02-30' }, 'expiresOn'],
  ['an end before its beginning', { validFrom: '2026-12-01' }, 'expiresOn'],
  ['a department there is not', { departmentId: 'nobody' }, 'departmentId'],
  ['a link that is none', { url: 'javascript:alert(1)' }, 'url'],
])('names the field: %s', async (_, wrong, field) => {
  const { status, body } = await officer.post<Problem>('/api/knowledge', { ...CONTENT, ...wrong });
  expect([status, body.faults?.map((one) => one.field)]).toEqual([400, expect.arrayContaining([field])]);
});

it('a puller passes over nothing while others write', async () => {
  const start = (await sync(null, 500)).cursor;
  const writers = Array.from({ length: 20 }, (_, i) => made({ title: `并发 ${i}`, expiresOn: null }));
  const seen = new Set<string>();
  let cursor = start;
  for (let i = 0; i < 30 && seen.size < 20; i++) {
    const answer = await sync(cursor);
    answer.items.forEach((one) => seen.add(one.id));
    cursor = answer.cursor;
  }
  const ids = await Promise.all(writers);
  (await sync(cursor)).items.forEach((one) => seen.add(one.id));
  expect(ids.filter((id) => !seen.has(id))).toEqual([]);
  expect(await new Callbacks(running.database).counts()).toMatchObject([{ target: 'hotline' }]);
  expect(await new Knowledge(running.database).find(ids[0]!)).not.toBeNull();
});
