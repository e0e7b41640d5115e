import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { MovableClock } from '@huiying/domain';
import { startBothHalves, type BothHalves } from '../../../../../test/support/both-halves.js';
import { eventually } from '../../../../../test/support/workflow-city.js';
import { GEOREPORT_OPERATIONS } from '../handbook/georeport-operations.js';

const KEY = 'a-key-of-the-open311-app';
const clock = new MovableClock(new Date('2026-11-23T10:00:00+08:00'));
let halves: BothHalves;
let url: string;

beforeAll(async () => {
  halves = await startBothHalves(clock, { HUIYING_API_KEYS: `hotline:${KEY}` });
  url = `${halves.url}/api/hotline/open311/v2`;
});
afterAll(() => halves.stop());

const get = async (path: string, key: string | null = KEY) => {
  const answer = await fetch(`${url}${path}${key === null ? '' : `${path.includes('?') ? '&' : '?'}api_key=${key}`}`);
  const text = await answer.text();
  return { status: answer.status, type: answer.headers.get('content-type'), text, body: text.startsWith('<') ? null : JSON.parse(text) };
};
const post = async (form: Record<string, string>, headers: Record<string, string> = {}, ending = 'json') => {
  const answer = await fetch(`${url}/requests.${ending}`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ api_key: KEY, ...form }),
  });
  const text = await answer.text();
  return { status: answer.status, text, body: text.startsWith('<') ? null : (JSON.parse(text) as Record<string, string>[]) };
};
const postJson = async (report: object) => {
  const answer = await fetch(`${url}/requests.json`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': KEY },
    body: JSON.stringify(report),
  });
  return { status: answer.status, text: await answer.text() };
};
const LEAK = {
  service_code: 'water',
  address_string: '和平里小区3栋',
  'attribute[EXTENT]': 'building',
  description: '水管漏水，电话 13812345678',
};

it('lists services and their questions in both forms, as the standard words them', async () => {
  const { body } = await get('/services.json?jurisdiction_id=wangchuan.example');
  expect(body[0]).toEqual({
    service_code: 'water',
    service_name: '供水',
    description: '停水、水压不足、水质、水管漏水',
    metadata: true,
    type: 'realtime',
    keywords: '停水, 水压, 漏水',
    group: '公用事业',
  });
  const xml = await get('/services.xml');
  expect([xml.type, xml.text.slice(0, 100)]).toEqual([
    'text/xml; charset=utf-8',
    '<?xml version="1.0" encoding="utf-8"?>\n<services><service><service_code>water</service_code><service',
  ]);
  expect((await get('/services/water.json')).body).toMatchObject({
    service_code: 'water',
    attributes: [
      { variable: true, code: 'EXTENT', datatype: 'singlevaluelist', required: true, order: 1, values: [{ key: 'one' }, {}, {}] },
      {},
    ],
  });
});

it.each<[string, string | Buffer, object, number, string]>([
  ['GBK', iconv.encode(`api_key=${KEY}&service_code=water&description=水管破裂`, 'gbk'), {}, 400, 'UTF-8'],
  ['GBK, escaped', `api_key=${KEY}&service_code=water&description=%CB%AE%B9%DC`, {}, 400, 'UTF-8'],
  ['gzip', gzipSync(`api_key=${KEY}&service_code=water`), { 'content-encoding': 'gzip' }, 415, '不支持的内容类型'],
  ...['constructor', '__proto__', 'toString'].map((name): [string, string, object, number, string] => {
    return [`UTF-8 with a question ${name}`, `api_key=${KEY}&service_code=water&attribute[${name}]=1`, {}, 400, 'attribute['];
  }),
  ['UTF-8 with a % of its own', `api_key=${KEY}&service_code=water&description=100%+%E6%BC%8F`, {}, 400, 'attribute[EXTENT]'],
])('answers a form in %s', async (_, body, headers, status, said) => {
  const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
  const sent = typeof body === 'string' ? body : new Uint8Array(body);
  const answer = await fetch(`${url}/requests.json`, { method: 'POST', headers: form, body: sent });
  expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(said)]);
});

it('takes a report, and shows it as a request without the caller', async () => {
  const { status, body } = await post({
    ...LEAK,
    lat: '30.51249',
    long: '114.25051',
    last_name: '李',
    first_name: '桂兰',
    phone: '13812345678',
    account_id: 'a1',
  });
  expect([status, body]).toEqual([
    201,
    [
      {
        service_request_id: expect.stringMatching(/^O311-[0-9a-f]{16}$/),
        service_notice: '供水单位一般在 24 小时内联系您',
        account_id: 'a1',
      },
    ],
  ]);
  const id = body![0]!.service_request_id!;
  const shown = await eventually(async () => ((one) => one.status === 200 && one)(await get(`/requests/${id}.json`)));
  expect(shown.body).toEqual([
    expect.objectContaining({
      service_request_id: id,
      status: 'open',
      service_code: 'water',
      service_name: '供水',
      description: expect.stringMatching(/^水管漏水，电话 138\*+5678\n影响范围：整栋楼$/),
      requested_datetime: '2026-11-23T02:00:00.000Z',
      media_url: null,
      // As coarse as the address: a street, no house.
      lat: 30.512,
      long: 114.251,
    }),
  ]);
  expect(shown.text).not.toMatch(/13812345678|桂兰/);
  const xml = await get(`/requests/${id}.xml`);
  expect(xml.text).toContain(`<service_requests><request><service_request_id>${id}</service_request_id><status>open</status>`);
});

it('answers a service that works in batches with a token, which leads to the number', async () => {
  clock.advance({ minutes: 1 });
  const { body } = await post({ service_code: 'other', lat: '30.5', long: '114.2', description: '建议增设长椅' });
  expect(Object.keys(body![0]!)).not.toContain('service_request_id');
  const token = body![0]!.token!;
  const found = await eventually(async () => ((one) => one.status === 200 && one)(await get(`/tokens/${token}.json`)));
  expect(found.body).toEqual([{ service_request_id: expect.stringMatching(/^O311-/), token }]);
});

it('makes one order of a report that is sent again under its key, at another time', async () => {
  const ids: (string | undefined)[] = [];
  for (let i = 0; i < 3; i++) {
    clock.advance({ minutes: 1 });
    ids.push((await post(LEAK, { 'idempotency-key': 'r1' })).body![0]!.service_request_id);
  }
  expect(new Set(ids).size).toBe(1);
});

it('refuses another report under a key that was used, in both forms, and goes on answering the first', async () => {
  const key = { 'idempotency-key': 'r1' };
  const other = { ...LEAK, description: '另一处漏水' };
  const description = 'idempotency-key：幂等键 r1 已用于其他内容，请换一个';
  expect(await post(other, key)).toMatchObject({ status: 409, body: [{ code: 409, description }] });
  expect(await post(other, key, 'xml')).toMatchObject({ status: 409, text: expect.stringContaining(`<error><code>409</code>`) });
  expect((await post({ ...LEAK, address_string: '' }, key)).status).toBe(400);
  expect((await post({ ...LEAK }, key)).status).toBe(201);
});

it('filters by service, status and time, and pages', async () => {
  await eventually(async () => (await get('/requests.json')).body.length === 3);
  const ids = async (query: string) => (await get(`/requests.json?${query}`)).body.map((one: { service_code: string }) => one.service_code);
  expect(await ids('')).toEqual(['water', 'other', 'water']);
  expect(await ids('service_code=water')).toEqual(['water', 'water']);
  expect(await ids('service_code=other&status=open')).toEqual(['other']);
  expect(await ids('status=closed')).toEqual([]);
  expect(await ids('page_size=2&page=2')).toEqual(['water']);
  expect(await ids('end_date=2026-11-22T00:00:00Z')).toEqual([]);
});

it.each<[string, () => Promise<{ status: number; text: string }>, number, string]>([
  ['no key', () => get('/requests.json', null), 403, 'api_key'],
  ['a wrong key', () => post({ ...LEAK, api_key: 'wrong' }), 403, 'api_key'],
  ['another city', () => get('/services.json?jurisdiction_id=city.gov'), 404, 'jurisdiction_id'],
  ['an unknown service', () => get('/services/fire.json'), 404, 'service_code'],
  ['an unknown request', () => get('/requests/O311-0.json'), 404, 'service_request_id'],
  ['an unknown token', () => get('/tokens/12345.json'), 404, 'token'],
  ['another form', () => get('/services.csv'), 400, 'csv'],
  ['no service', () => post({ description: '漏水' }), 400, 'service_code'],
  ['no place', () => post({ ...LEAK, address_string: '' }), 400, '位置'],
  ['half a place', () => post({ ...LEAK, lat: '30' }), 400, 'lat'],
  ['a place beyond the poles', () => post({ ...LEAK, lat: '91', long: '0' }), 400, 'lat'],
  ['a question left out', () => post({ ...LEAK, 'attribute[EXTENT]': '' }), 400, 'EXTENT'],
  ['an answer that is none', () => post({ ...LEAK, 'attribute[EXTENT]': 'city' }), 400, 'one、building、estate'],
  ['a question nobody asked', () => post({ ...LEAK, 'attribute[X]': '1' }), 400, 'attribute[X]'],
  ...[5, [5], [null], {}].map((given): [string, () => Promise<{ status: number; text: string }>, number, string] => {
    return [`an answer ${JSON.stringify(given)}`, () => postJson({ ...LEAK, attribute: { EXTENT: given } }), 400, 'attribute[EXTENT]'];
  }),
  ['answers that are no object', () => postJson({ ...LEAK, attribute: 5 }), 400, 'attribute'],
])('refuses %s in the form of the standard', async (_, ask, status, named) => {
  const answer = await ask();
  const description = expect.stringContaining(named) as string;
  if (answer.text.startsWith('<'))
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(`<errors><error><code>${status}</code>`)]);
  else expect([answer.status, JSON.parse(answer.text)]).toEqual([status, [{ code: status, description }]]);
});

it('takes a report of JSON, an answer without a list too', async () => {
  const { 'attribute[EXTENT]': _, ...rest } = LEAK;
  expect(await postJson({ ...rest, attribute: { EXTENT: 'building' } })).toMatchObject({ status: 201 });
});

it('every operation of the handbook is there', async () => {
  for (const { method, path } of GEOREPORT_OPERATIONS) {
    const asked = path.replace(/\{\w+\}/g, 'json').replace('/json.', '/x.');
    const answer = await fetch(`${halves.url}${asked}`, { method });
    expect([asked, answer.status, await answer.text()]).toEqual([asked, 403, expect.stringContaining('api_key')]);
  }
});

it('takes no form anywhere else: a form comes from any site in a browser', async () => {
  const base = halves.url;
  const body = new URLSearchParams({ orderNo: 'X1', content: '停水', receivedAt: '2026-11-23 08:00:00' });
  const answer = await fetch(`${base}/api/hotline/v1/records`, { method: 'POST', headers: { 'x-api-key': KEY }, body });
  expect(answer.status).toBe(400);
});
