import { apiKeyChangedV1 } from '@huiying/contracts';
import type { ApiKeyView, ApiSystemView, KeyMade, NoticeView, Page, Problem } from '@huiying/contracts/http';
import { AuditTrail } from '@huiying/persistence';
import { signedHeaders } from '@huiying/platform';
import { eventually, freshCity, WorkflowCity, type LoggedIn } from '../../../../test/support/workflow-city.js';
import { DutyDesk } from '../duty/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { ApiKeyBook, ApiKeyWatch } from './index.js';

const ENV_KEY = 'abcd-a-key-of-the-hotline-system';
const ENV = {
  HUIYING_API_KEYS: `hotline:${ENV_KEY}@2026-12-31,plain:a-second-key-of-env`,
  HUIYING_SECRET_KEY: 'cd'.repeat(32),
  HUIYING_LOG_LEVEL: 'verbose',
};
const SYSTEM = { name: 'district-hotline', title: '青梧区热线', scopes: ['knowledge:read'], requestsPerMinute: 600, mustSign: false };
const KNOWLEDGE = '/api/hotline/v1/knowledge';
let running: Awaited<ReturnType<typeof freshCity>>;
let admin: LoggedIn;
/** Whatever was given out; no place may hold it afterwards. */
const given: KeyMade[] = [];
/** All that the services said on their way. */
const said: string[] = [];

beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr])
    jest.spyOn(stream, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  running = await freshCity('2026-11-23T10:00:00+08:00', ENV, { runsByItself: false });
  admin = await running.city.logIn('linkaiwen');
});
afterAll(async () => {
  await running.city.stop();
  await running.drop();
  jest.restoreAllMocks();
});

/** A session does not last so long. */
const moveTo = async (at: string) => {
  running.clock.set(new Date(at));
  admin = await running.city.logIn('linkaiwen');
};
const systems = async () => (await admin.get<ApiSystemView[]>('/api/api-keys')).body;
const system = async (name: string) => (await systems()).find((one) => one.name === name)!;
const keyOf = async (id: string): Promise<ApiKeyView> => (await systems()).flatMap(({ keys }) => keys).find((key) => key.id === id)!;
const make = async (path: string, body: unknown): Promise<KeyMade> => {
  const answer = await admin.post<KeyMade & Problem>(path, body);
  expect([answer.status, answer.body.detail]).toEqual([201, undefined]);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  given.push(answer.body);
  return answer.body;
};
const call = async (key: string, city: WorkflowCity = running.city) => {
  const { status, body, headers } = await city.ask<Problem>('GET', KNOWLEDGE, undefined, { 'x-api-key': key });
  return [status, body.code, headers.get('x-key-last-day')];
};
const callSigned = async (secret: string) => {
  const timestamp = String(Math.floor(running.clock.now().getTime() / 1000));
  const nonce = `n${Math.random().toString(36).slice(2)}`.padEnd(20, '0');
  const headers = signedHeaders({ method: 'GET', path: KNOWLEDGE, timestamp, nonce, body: '' }, SYSTEM.name, secret);
  const { status, body } = await running.city.ask<Problem>('GET', KNOWLEDGE, undefined, headers);
  return [status, body.code];
};

describe('keys that an administrator makes', () => {
  it('lets a new system in with what it was given, which is shown once', async () => {
    const made = await make('/api/api-keys/systems', { ...SYSTEM, lastDay: null });
    expect(await call(made.key)).toEqual([200, undefined, null]);
    expect(await callSigned(made.signingSecret)).toEqual([200, undefined]);
    expect(await callSigned(made.key)).toEqual([401, 'bad-signature']);
    expect((await running.city.ask('GET', '/api/hotline/v1/orders', undefined, { 'x-api-key': made.key })).status).toBe(403);
    expect(await system(SYSTEM.name)).toMatchObject({ ...SYSTEM, termsFrom: 'console' });
    expect(await keyOf(made.id)).toMatchObject({
      ...{ prefix: made.key.slice(0, 10), from: 'console', state: 'valid', madeBy: '林恺文', madeAt: running.clock.now().toISOString() },
      lastUsedAt: '2026-11-23T02:00:00.000Z',
    });
  });

  it('changes over: two keys at once, the old one through its last day, which every answer says', async () => {
    const [old] = given;
    const next = await make(`/api/api-keys/systems/${SYSTEM.name}/keys`, { lastDay: null });
    expect((await admin.post(`/api/api-keys/${old!.id}/last-day`, { lastDay: '2026-11-30' })).status).toBe(204);
    await moveTo('2026-11-30T23:59:59+08:00');
    expect([await call(old!.key), await call(next.key)]).toEqual([
      [200, undefined, '2026-11-30'],
      [200, undefined, null],
    ]);
    expect(await keyOf(old!.id)).toMatchObject({ state: 'ends-soon', daysLeft: 0 });
    await moveTo('2026-12-01T00:00:00+08:00');
    expect([await call(old!.key), await call(next.key)]).toEqual([
      [401, 'key-ended', null],
      [200, undefined, null],
    ]);
    const refused = await admin.post<Problem>(`/api/api-keys/${old!.id}/last-day`, { lastDay: '2026-12-31' });
    expect([refused.status, refused.body.code]).toEqual([409, 'key-ended']);
  });

  it('refuses an ended key at once here, and in every other process before what it knows is two seconds old', async () => {
    const made = await make(`/api/api-keys/systems/${SYSTEM.name}/keys`, { lastDay: null });
    const other = await WorkflowCity.start(running.url, running.clock, ENV, { runsByItself: false });
    try {
      expect(await call(made.key, other)).toEqual([200, undefined, null]);
      expect((await admin.post(`/api/api-keys/${made.id}/end`, { reason: '对方服务器被入侵' })).status).toBe(204);
      const ended = performance.now();
      expect((await call(made.key)).slice(0, 2)).toEqual([401, 'key-ended']);
      let lastLetIn = ended;
      await eventually(async () => {
        const asked = performance.now();
        if ((await call(made.key, other))[1] === 'key-ended') return true;
        lastLetIn = asked;
      });
      // However busy the machine: what it knew when the key ended is older than two seconds by then.
      expect(lastLetIn - ended).toBeLessThan(2_000);
    } finally {
      await other.stop();
    }
    expect(await keyOf(made.id)).toMatchObject({ state: 'ended', endedBy: '林恺文', endReason: '对方服务器被入侵' });
    const again = await admin.post<Problem>(`/api/api-keys/${made.id}/end`, { reason: '再停一次' });
    expect([again.status, again.body.code, again.body.conflict?.by]).toEqual([409, 'key-ended', '林恺文']);
  });

  it('lets no system have more than three living keys, however many ask at once', async () => {
    const path = `/api/api-keys/systems/${SYSTEM.name}/keys`;
    const answers = await Promise.all(Array.from({ length: 5 }, () => admin.post<KeyMade & Problem>(path, { lastDay: null })));
    given.push(...answers.filter(({ status }) => status === 201).map(({ body }) => body));
    expect(answers.map(({ status, body }) => `${status} ${body.code ?? ''}`).sort()).toEqual([
      ...['201 ', '201 ', '409 too-many-keys', '409 too-many-keys', '409 too-many-keys'],
    ]);
  });

  it('changes what a system may do from now on', async () => {
    const living = given.at(-1)!.key;
    const { name, ...terms } = SYSTEM;
    const change = (more: object) => admin.post(`/api/api-keys/systems/${name}`, { ...terms, reason: '增加权限', ...more });
    expect((await change({ mustSign: true })).status).toBe(204);
    expect(await call(living)).toEqual([401, 'signature-required', null]);
    expect((await change({ scopes: ['orders:read', 'orders:read'] })).status).toBe(204);
    expect((await call(living))[0]).toBe(403);
    expect((await system(name)).scopes).toEqual(['orders:read']);
  });
});

describe('keys of the environment', () => {
  it('stay valid and are shown by their beginning, with what the configuration lets them do', async () => {
    expect((await call(ENV_KEY)).slice(0, 2)).toEqual([200, undefined]);
    const { termsFrom, keys } = await system('hotline');
    expect([termsFrom, keys]).toMatchObject([
      'config',
      [
        {
          id: null,
          prefix: 'abcd',
          from: 'environment',
          lastDay: '2026-12-31',
          madeBy: null,
          lastUsedAt: running.clock.now().toISOString(),
        },
      ],
    ]);
    expect(await system('plain')).toMatchObject({ termsFrom: 'default', scopes: ['records:write'] });
    expect(await system('demo-hotline')).toMatchObject({ termsFrom: 'config', keys: [] });
  });

  it('give way to a key of the console without a gap', async () => {
    const made = await make('/api/api-keys/systems/hotline/keys', { lastDay: '2027-11-30' });
    expect(await call(made.key)).toEqual([200, undefined, '2027-11-30']);
    const change = await admin.post<Problem>('/api/api-keys/systems/hotline', {
      ...{ title: '热线', scopes: ['figures:read'], requestsPerMinute: 1, mustSign: false, reason: '试一试' },
    });
    expect([change.status, change.body.code]).toEqual([409, 'set-by-config']);
  });
});

it.each<[string, string, object, string]>([
  ['a name with capitals', 'systems', { name: 'Hotline' }, 'name'],
  ['no scope', 'systems', { scopes: [] }, 'scopes'],
  ['a scope nobody knows', 'systems', { scopes: ['all'] }, 'scopes.0'],
  ['a day that does not exist', 'systems', { lastDay: '2026-02-30' }, 'lastDay'],
  ['a day that is over', 'systems', { lastDay: '2026-11-30' }, 'lastDay'],
  ['a day in another life', 'systems', { lastDay: '2126-11-30' }, 'lastDay'],
  ['no requests', 'systems', { requestsPerMinute: 0 }, 'requestsPerMinute'],
])('names field and rule of %s', async (_, path, more, field) => {
  const body = { ...SYSTEM, name: 'another', lastDay: null, ...more };
  const answer = await admin.post<Problem>(`/api/api-keys/${path}`, body);
  expect([answer.status, answer.body.faults?.map((fault) => fault.field)]).toEqual([400, [field]]);
});

it('refuses a name that is taken, wherever it stands', async () => {
  for (const name of [SYSTEM.name, 'hotline', 'plain', 'demo-hotline']) {
    const answer = await admin.post<Problem>('/api/api-keys/systems', { ...SYSTEM, name, lastDay: null });
    expect([name, answer.status, answer.body.code]).toEqual([name, 409, 'system-known']);
  }
});

it.each(['luwenjing', 'fanlixin', 'fangzhengping'])('is closed to %s', async (username) => {
  const who = await running.city.logIn(username);
  const { id } = given[0]!;
  const answers = [
    await who.get('/api/api-keys'),
    await who.post('/api/api-keys/systems', { ...SYSTEM, name: 'mine', lastDay: null }),
    await who.post(`/api/api-keys/systems/${SYSTEM.name}`, {}),
    await who.post(`/api/api-keys/systems/${SYSTEM.name}/keys`, { lastDay: null }),
    await who.post(`/api/api-keys/${id}/last-day`, { lastDay: null }),
    await who.post(`/api/api-keys/${id}/end`, { reason: '不该能停' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
});

it('warns once for each threshold of a key that ends soon, of the environment too', async () => {
  const last = given.at(-1)!;
  await moveTo('2026-12-20T10:00:00+08:00');
  expect((await admin.post(`/api/api-keys/${last.id}/last-day`, { lastDay: '2027-01-02' })).status).toBe(204);
  const the = <T>(type: new (...args: never[]) => T): T => running.city.app.get(type, { strict: false });
  // As each process would look, and once more.
  const look = () => new ApiKeyWatch(the(WorkflowStore), the(ApiKeyBook), the(DutyDesk), running.clock).look();
  await look();
  await look();
  const told = async () =>
    (await admin.get<Page<NoticeView>>('/api/notices')).body.items.filter(({ title }) => title.startsWith('【接口密钥到期】'));
  const notices = await eventually(async () => ((await told()).length >= 2 ? told() : null), 'two warnings');
  expect(notices.map(({ title }) => title).sort()).toEqual([
    '【接口密钥到期】hotline的密钥还有 11 天到期',
    '【接口密钥到期】hotline的密钥还有 13 天到期',
  ]);
  const ofEnvironment = notices.find(({ title }) => title.includes('11 天'))!;
  expect(ofEnvironment).toMatchObject({
    ...{ urgency: 'normal', link: '/api-keys' },
    body: '密钥 abcd… 的最后一天是 2026-12-31，最近使用 2026-12-01 00:00。该系统已有后续密钥，请确认对方已换用。',
  });
});

describe('what was given out', () => {
  it('is told of in the audit trail and in the log', async () => {
    const entries = await new AuditTrail(running.database).of(`api-system:${SYSTEM.name}`);
    expect(new Set(entries.map(({ action }) => action))).toEqual(
      new Set(['api-key.made', 'api-key.last-day-set', 'api-key.ended', 'api-key.system-changed']),
    );
    const rows = await running.database.query<{ payload: string }>(
      `SELECT payload FROM workflow.outbox WHERE topic = 'api-key.changed' ORDER BY position`,
    );
    const events = rows.map(({ payload }) => apiKeyChangedV1.parse(JSON.parse(payload)).data);
    expect(events.filter((one) => one.system === SYSTEM.name).map(({ act }) => `api-key.${act}`)).toEqual(
      entries.map(({ action }) => action),
    );
  });

  it('stands in no table, no answer and no log', async () => {
    const secrets = given.flatMap(({ key, signingSecret }) => [key, signingSecret]).concat(ENV_KEY);
    expect(secrets.length).toBeGreaterThan(8);
    const places = [said.join(''), JSON.stringify(await systems()), JSON.stringify((await admin.get('/api/notices')).body)];
    const tables = await running.database.query<{ name: string }>(
      `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    for (const { name } of tables) {
      const rows = await running.database.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      places.push(rows.map(({ row }) => row).join('\n'));
    }
    const forms = secrets.flatMap((secret) => [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret).toString('base64')]);
    expect(places.flatMap((place) => forms.filter((form) => place.includes(form)))).toEqual([]);
    // That the search finds what is there: how a key begins is kept.
    expect(places.some((place) => place.includes(given[0]!.key.slice(0, 10)))).toBe(true);
    expect(said.join('')).toContain('district-hotline');
  });
});

it('lets five requests through at once where few a minute are allowed, says when to come again, and tells of a key’s end once a day', async () => {
  const lastDay = new Date(running.clock.now().getTime() + 3 * 86_400_000).toISOString().slice(0, 10);
  await moveTo(running.clock.now().toISOString());
  const { key } = await make('/api/api-keys/systems', { ...SYSTEM, name: 'slow-system', requestsPerMinute: 5, lastDay });
  const ask = (path: string) => running.city.ask<Problem>('GET', path, undefined, { 'x-api-key': key });
  const came = [];
  for (const path of [KNOWLEDGE, '/api/hotline/v1/orders', ...Array.from({ length: 4 }, () => KNOWLEDGE)])
    came.push((await ask(path)).status);
  expect(came).toEqual([200, 403, 200, 200, 200, 200]);
  const { status, headers, body } = await ask(KNOWLEDGE);
  expect([status, headers.get('retry-after'), body.code, body.message]).toEqual([
    ...[429, '12', 'too-many-requests'],
    '请求过于频繁：每分钟 5 次，一次最多连发 5 次；请等 12 秒再试',
  ]);
  expect(said.filter((line) => line.includes('slow-system still uses a key'))).toHaveLength(1);
});
