import { randomUUID } from 'node:crypto';
import type { Problem } from '@huiying/contracts/http';
import { classified, freshCity, type LoggedIn } from '../support/workflow-city.js';
import { AlertRaiser } from '../../apps/response-workflow/src/alerting/index.js';

const KEY = 'a-key-of-the-hotline-system';
type Row = [what: string, ask: () => Promise<{ status: number; body: Problem }>, said: string];
const NOW = '2026-11-18T01:00:00Z';

/** What nobody sends on purpose, and somebody will: it is refused in words, or means what it says; it fails nowhere. */
describe('odd input at the front door', () => {
  let running: Awaited<ReturnType<typeof freshCity>>;
  let officer: LoggedIn;
  let administrator: LoggedIn;
  const system = (method: string, path: string, body?: unknown) =>
    running.city.ask<Problem>(method, `/api/hotline/v1/${path}`, body, { 'x-api-key': KEY });
  const document = { title: '关于供水管网改造的通知', departmentId: 'water', kind: '其他涉及公众的政策文件' };

  beforeAll(async () => {
    running = await freshCity(NOW, { HUIYING_API_KEYS: `hotline:${KEY}` }, { runsByItself: false });
    [officer, administrator] = [await running.city.logIn('luwenjing'), await running.city.logIn('linkaiwen')];
  });
  afterAll(async () => {
    await running.city.stop();
    await running.drop();
  });

  it.each<Row>([
    ...['opinions?q=a%00b', 'opinions?source=%00x', 'cases?q=%00%00', 'orders?region=%00', 'orders/%00'].map((path): Row => {
      return [`U+0000 in ${path}`, () => officer.get(`/api/${path}`), '含有无法保存的字符'];
    }),
    ['a day of the year 0 for a report', () => officer.get('/api/reports?day=0000-01-01'), '年份应在 1970–2199 之间'],
    ['a month of the year 0', () => officer.get('/api/reports?month=0000-01-31'), '年份'],
    ['all the years there are', () => officer.get('/api/reports?from=0001-01-01&to=9999-12-31'), '年份'],
    ['opinions of the year 0', () => officer.get('/api/opinions?from=0000-01-01'), ''],
    ['the roster of the year 9999', () => officer.get('/api/duty/plan?from=9999-11-01&days=62'), '年份'],
    ['a reconciliation of the year 0', () => system('POST', 'reconciliations/0000-01-01', { orders: [] }), '年份'],
    ['the mending of no day', () => officer.post('/api/reconciliations/hotline/abc/repair'), '对账日'],
    ['the mending of a day that does not exist', () => officer.post('/api/reconciliations/hotline/2026-02-31/repair'), '对账日'],
    [
      'one order twice among many',
      () => system('POST', 'reconciliations/2026-11-17', { orders: [...orders(6_000), ...orders(1)] }),
      '工单 N0 列了两次',
    ],
    [
      'a 文号 longer than any',
      () => officer.post('/api/documents', { ...document, documentNo: `${'望'.repeat(3_000)}〔2026〕1号` }),
      '100',
    ],
    [
      'an address longer than an index holds',
      () => officer.post('/api/documents', { ...document, url: `https://example.com/${'望'.repeat(1_900)}` }),
      'url',
    ],
    ['a source nested without end', () => administrator.post('/api/sources', { id: 'x', name: nested(3_000) }), ''],
  ])('%s is refused', async (_, ask, said) => {
    const { status, body } = await ask();
    expect([status, body.code]).toEqual([400, 'bad-input']);
    expect(body.message).toContain(said);
  });

  it('rules with an alias that leads nowhere are told as faulty', async () => {
    const { status, body } = await administrator.post('/api/rules/preview', { yaml: 'rules: {<<: *x}' });
    expect([status, JSON.stringify(body)]).toEqual([200, expect.stringContaining('x')]);
  });

  it('an id in capitals is the same id: nobody ends an account of their own by it', async () => {
    const { body } = await administrator.get<{ person: { id: string } }>('/api/session');
    const answer = await administrator.post<Problem>(`/api/people/${body.person.id.toUpperCase()}/disable`, { reason: '试' });
    expect([answer.status, answer.body.code]).toEqual([409, 'own-account']);
  });

  it('a story is not merged with itself, however its id is written', async () => {
    const storyId = randomUUID();
    await running.city.app.get(AlertRaiser, { strict: false }).take([classified(running.clock, { storyId, title: '停水', text: '三天' })]);
    const request = { otherStoryId: storyId.toUpperCase(), reason: '同一件事' };
    const { status } = await officer.post(`/api/stories/${storyId.toUpperCase()}/merge`, request);
    expect([400, 409]).toContain(status);
  });
});

function orders(n: number) {
  return Array.from({ length: n }, (_, i) => ({ orderNo: `N${i}`, state: 'received', seq: 1 }));
}

function nested(depth: number): unknown {
  let deep: unknown = 'x';
  for (let i = 0; i < depth; i++) deep = [deep];
  return deep;
}
