import { ORDER_API_SCHEMAS, ORDER_EXAMPLES, ORDER_OPERATIONS, type ApiOrder, type ApiStepAnswer } from '@huiying/contracts/http';
import { signedHeaders } from '@huiying/platform';
import { orderReceived, publishOrders } from '../../../../test/support/work-order.js';
import { eventually, freshCity } from '../../../../test/support/workflow-city.js';

const KEY = 'a-key-of-the-hotline-system';
const READER = 'a-key-that-may-only-hand-in';
let running: Awaited<ReturnType<typeof freshCity>>;

beforeAll(async () => {
  running = await freshCity('2026-11-23T10:00:00+08:00', { HUIYING_API_KEYS: `hotline:${KEY},other:${READER}` }, { runsByItself: false });
  await publishOrders(running.city, orderReceived(running.clock, { orderNo: 'WC20261123000101' }));
  await eventually(async () => (await ask('GET', '/WC20261123000101')).status === 200);
});
afterAll(async () => {
  await running.city.stop();
  await running.drop();
});

const ask = <T = ApiStepAnswer & { code?: string }>(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = { 'x-api-key': KEY },
) => running.city.ask<T>(method, `/api/hotline/v1/orders${path}`, body, headers);
const step = (orderNo: string, action: string, key: string, body: unknown) =>
  ask('POST', `/${orderNo}/${action}`, body, { 'x-api-key': KEY, 'idempotency-key': key });

/** One after the other: each stands on what the ones before it left. */
it.each(ORDER_EXAMPLES)('example: $summary', async ({ operation, orderNo, key, query = '', body, status, answer }) => {
  const { method, path, answer: schema } = ORDER_OPERATIONS.find(({ id }) => id === operation)!;
  const headers = { 'x-api-key': KEY, ...(key === undefined ? {} : { 'idempotency-key': key }) };
  const came = await running.city.ask(method.toUpperCase(), `${path.replace('{orderNo}', orderNo)}${query}`, body, headers);
  expect([came.status, came.body]).toMatchObject([status, answer]);
  if (status === 200) expect(ORDER_API_SCHEMAS[schema]!.safeParse(came.body).error).toBeUndefined();
  else expect(came.headers.get('content-type')).toContain('application/problem+json');
});

it('every operation of the handbook is there, and asks for its scope', async () => {
  for (const { method, path, scope } of ORDER_OPERATIONS) {
    const url = path.replace('{orderNo}', 'WC0').replace('{day}', '2026-11-23');
    expect([url, (await running.city.ask(method.toUpperCase(), url)).status]).toEqual([url, 401]);
    const refused = await running.city.ask<{ code: string; detail: string }>(method.toUpperCase(), url, undefined, { 'x-api-key': READER });
    expect([refused.status, refused.body.detail.includes(scope)]).toEqual([403, true]);
  }
});

it('takes a key once, whoever asks at the same time, and keeps none of a refused step', async () => {
  await publishOrders(running.city, orderReceived(running.clock, { orderNo: 'WC2' }));
  await eventually(async () => (await ask('GET', '/WC2')).status === 200);
  const body = { by: '席位', leadUnit: '水务集团' };
  const answers = await Promise.all(Array.from({ length: 5 }, () => step('WC2', 'dispatch', 'k1', body)));
  expect(answers[0]!.body.order.changedAt).toBe(running.clock.now().toISOString());
  for (const { body: said } of answers) expect(said).toEqual(answers[0]!.body);
  expect(answers.filter(({ headers }) => headers.get('idempotent-replay') === 'true')).toHaveLength(4);
  expect((await ask<ApiOrder>('GET', '/WC2')).body.seq).toBe(2);
  expect((await step('WC2', 'close', 'k2', { by: '席位' })).status).toBe(409);
  await step('WC2', 'sign', 'k3', { by: '席位' });
  await step('WC2', 'reply', 'k4', { by: '席位', text: '已办' });
  expect((await step('WC2', 'close', 'k2', { by: '席位' })).status).toBe(200);
});

it.each<[string, Record<string, string>, unknown, string]>([
  ['no idempotency key', {}, { by: '席位' }, 'idempotency-key'],
  ['a key that is none', { 'idempotency-key': 'a b' }, { by: '席位' }, 'idempotency-key'],
  ['nobody', { 'idempotency-key': 'x1' }, {}, 'by'],
  ['a time that does not exist', { 'idempotency-key': 'x2' }, { by: '席位', reason: '催', at: '2026-02-30 08:00:00' }, 'at'],
  ['a time that is to come', { 'idempotency-key': 'x3' }, { by: '席位', reason: '催', at: '2027-01-01 08:00:00' }, 'at'],
  ['a time before the last step', { 'idempotency-key': 'x5' }, { by: '席位', reason: '催', at: '2026-01-01 08:00:00' }, 'at'],
  ['a field nobody knows', { 'idempotency-key': 'x4' }, { by: '席位', colour: 'red' }, '(body)'],
])('names the field and the rule of %s', async (_, headers, body, field) => {
  const { status, body: said } = await ask<{ faults: { field: string; rule: string }[] }>('POST', '/WC2/urge', body, {
    'x-api-key': KEY,
    ...headers,
  });
  expect([status, said.faults.map((fault) => fault.field)]).toEqual([400, expect.arrayContaining([field])]);
});

it('takes a signed request without the key itself, once', async () => {
  const path = '/api/hotline/v1/orders/WC2';
  const parts = {
    method: 'GET',
    path,
    timestamp: String(Math.floor(running.clock.now().getTime() / 1000)),
    nonce: 'n'.repeat(20),
    body: '',
  };
  const headers = signedHeaders(parts, 'hotline', KEY);
  expect((await running.city.ask('GET', path, undefined, headers)).status).toBe(200);
  expect((await running.city.ask<{ code: string }>('GET', path, undefined, headers)).body.code).toBe('replayed');
});

it('pages through what changed, each order once', async () => {
  for (let i = 10; i < 17; i++) await publishOrders(running.city, orderReceived(running.clock, { orderNo: `WC${i}` }));
  await eventually(async () => (await ask('GET', '/WC16')).status === 200);
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: ApiOrder[]; next: string | null } = (
      await ask<{ items: ApiOrder[]; next: string | null }>('GET', `?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
    ).body;
    seen.push(...page.items.map(({ orderNo }) => orderNo));
    cursor = page.next;
  }
  expect([seen.length, new Set(seen).size]).toEqual([9, 9]);
  expect((await ask('GET', '?cursor=nonsense')).status).toBe(400);
  expect((await ask<{ items: unknown[] }>('GET', '?changedSince=2026-11-24T00:00:00Z')).body.items).toEqual([]);
});

it('tells of a step that was entered late when that was', async () => {
  await publishOrders(running.city, orderReceived(running.clock, { orderNo: 'WC90' }));
  await eventually(async () => (await ask('GET', '/WC90')).status === 200);
  const happened = running.clock.now();
  running.clock.advance({ minutes: 20 });
  expect((await step('WC90', 'dispatch', 'late', { by: '席位', leadUnit: '水务集团', at: happened.toISOString() })).status).toBe(200);
  const { body } = await ask<{ items: { at: string; action: string; text: string }[] }>('GET', '/WC90/events');
  const told = body.items.find(({ action }) => action === 'dispatch')!;
  expect(told).toMatchObject({ at: happened.toISOString(), text: expect.stringMatching(/（2026-\d\d-\d\d \d\d:\d\d 补录）$/) });
});

it('takes no record for entered late that was read late, after an outage', async () => {
  const came = orderReceived(running.clock, { orderNo: 'WC91' });
  running.clock.advance({ minutes: 20 });
  await publishOrders(running.city, came);
  await eventually(async () => (await ask('GET', '/WC91')).status === 200);
  const { body } = await ask<{ items: { at: string; text: string }[] }>('GET', '/WC91/events');
  expect(body.items).toMatchObject([{ at: came.occurredAt, text: '收到工单' }]);
});
