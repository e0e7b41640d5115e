import type { ChannelTest, ChannelView, NoticeView, Page, Problem } from '@huiying/contracts/http';
import { AuditTrail, isPipelineIdle } from '@huiying/persistence';
import { channelsFile } from '@huiying/settings';
import { FeishuVendor, GatewayVendor } from '../../../../test/support/vendors.js';
import { eventually, freshCity, type LoggedIn } from '../../../../test/support/workflow-city.js';
import { DEMO_PASSWORD } from '../../../standalone/src/demo/people.js';
import { ChannelBook, ChannelHealth } from '../notifying/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { ChannelWatch } from './index.js';

/** Whatever is set; no place may hold it afterwards. */
const [OLD, TOKEN, SIGN, GATEWAY, WRONG] = [
  'env-token-of-feishu',
  'new-token-of-feishu',
  'new-sign-of-feishu',
  'key-of-the-gateway',
  'a-wrong-key',
];
const SMTP = 'smtp://huiying:p-a-s-s-w-o-r-d@127.0.0.1:9';
let feishu: FeishuVendor;
const gateway = new GatewayVendor(GATEWAY!);
let running: Awaited<ReturnType<typeof freshCity>>;
let env: Record<string, string>;
let channels: ReturnType<typeof channelsFile.parse>['channels'];
let admin: LoggedIn;
const said: string[] = [];
const answers: unknown[] = [];

beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr])
    jest.spyOn(stream, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  feishu = new FeishuVendor(TOKEN!, SIGN!, { now: () => running.clock.now() });
  await Promise.all([feishu.start(), gateway.start()]);
  const body = { to: '{phone}', text: '{text}', id: '{id}', key: '{secret.key}' };
  channels = channelsFile.parse({
    channels: [
      { id: 'feishu', kind: 'feishu', url: feishu.url, expiresAt: '2026-11-20' },
      {
        id: 'sms',
        kind: 'sms',
        url: gateway.url,
        body,
        success: { path: 'result.code', is: ['0'] },
        broken: [{ path: 'result.code', is: ['AUTH'] }],
      },
      { id: 'email', kind: 'email' },
    ],
  }).channels;
  env = {
    HUIYING_CHANNEL_ALLOW: `${feishu.address},${gateway.address}`,
    HUIYING_CHANNEL_SECRETS: `feishu.token:${OLD},feishu.secret:${SIGN}`,
    HUIYING_SECRET_KEY: 'ef'.repeat(32),
    HUIYING_LOG_LEVEL: 'verbose',
  };
  running = await freshCity('2026-11-18T01:00:00Z', env, { runsByItself: false, channels });
  admin = await running.city.logIn('linkaiwen');
});
afterAll(async () => {
  await running.city.stop();
  await Promise.all([feishu.stop(), gateway.stop()]);
  await running.drop();
  jest.restoreAllMocks();
});

const view = async (channel: string, who: LoggedIn = admin) => {
  const { body } = await who.get<ChannelView[]>('/api/channels');
  answers.push(body);
  return body.find((one) => one.channel === channel)!;
};
const set = async (channel: string, secrets: Record<string, string>, expiresAt: string | null = null) => {
  const answer = await admin.post<Problem>(`/api/channels/${channel}/secrets`, { secrets, expiresAt });
  answers.push(answer.body);
  return answer;
};
const test = async (channel: string, who: LoggedIn = admin) => {
  const answer = await who.post<ChannelTest & Problem>(`/api/channels/${channel}/test`);
  answers.push(answer.body);
  return answer.body;
};

it('uses what the environment gives until an administrator sets another, which goes before it at once', async () => {
  expect(await test('feishu')).toMatchObject({ outcome: 'broken' });
  expect((await view('feishu')).secrets).toEqual([
    { name: 'token', from: 'environment', inEnvironment: true, setAt: null, setBy: null },
    { name: 'secret', from: 'environment', inEnvironment: true, setAt: null, setBy: null },
  ]);
  expect((await set('feishu', { token: TOKEN! }, '2026-11-25')).status).toBe(204);
  expect(await test('feishu')).toMatchObject({ outcome: 'accepted' });
  const { secrets, expiresAt, brokenSince } = await view('feishu');
  expect([secrets[0], secrets[1]!.from, expiresAt, brokenSince]).toEqual([
    { name: 'token', from: 'console', inEnvironment: true, setAt: running.clock.now().toISOString(), setBy: '林恺文' },
    ...['environment', '2026-11-25', null],
  ]);
});

it('sends nothing over a channel that has no secret, and says so', async () => {
  const person = { username: 'guoqiang', name: '郭强', role: 'administrator', departmentId: null, phone: '13800138000', email: null };
  expect((await admin.post('/api/people', { ...person, password: DEMO_PASSWORD })).status).toBe(201);
  const mobile = await running.city.logIn('guoqiang');
  expect(await view('sms')).toMatchObject({ isReady: false, secrets: [{ name: 'key', from: null }] });
  expect(await test('sms', mobile)).toMatchObject({ code: 'no-secret' });
  expect(said.join('')).toContain('channel sms sends nothing: sms.key');
  expect((await set('sms', { key: WRONG! })).status).toBe(204);
  expect(await test('sms', mobile)).toMatchObject({ outcome: 'broken' });
  expect((await set('sms', { key: GATEWAY! })).status).toBe(204);
  expect(await test('sms', mobile)).toMatchObject({ outcome: 'accepted' });
  expect(await view('sms')).toMatchObject({ isReady: true, brokenSince: null });
});

it('counts in another process before what it knows is two seconds old, and falls back to the environment', async () => {
  const other = ChannelBook.open(channels, running.city.platform.environment, running.clock, running.database);
  const there = async () => {
    await other.vault.refresh();
    return other.vault.standings(channels[0]!)[0]!.from;
  };
  expect(await there()).toBe('console');
  expect((await admin.post('/api/channels/feishu/secrets/remove')).status).toBe(204);
  const removed = performance.now();
  expect(await test('feishu')).toMatchObject({ outcome: 'broken' });
  let lastOld = removed;
  await eventually(async () => {
    const asked = performance.now();
    if ((await there()) === 'environment') return true;
    lastOld = asked;
  });
  expect(lastOld - removed).toBeLessThan(2_000);
  expect((await admin.post<Problem>('/api/channels/feishu/secrets/remove')).body.code).toBe('nothing-set');
  expect((await view('feishu')).expiresAt).toBe('2026-11-20');
});

it.each<[string, string, Record<string, string>, string | null, string]>([
  ['nothing at all', 'feishu', {}, null, 'secrets'],
  ['a name it does not have', 'feishu', { key: WRONG! }, null, 'secrets.key'],
  ['a line break', 'feishu', { token: `${WRONG}\n` }, null, 'secrets.token'],
  ['an empty one', 'feishu', { token: '' }, null, 'secrets.token'],
  ['an address that is no mail server', 'email', { url: SMTP.replace('smtp:', 'http:') }, null, 'secrets.url'],
  ['a day that is over', 'sms', { key: WRONG! }, '2026-11-17', 'expiresAt'],
])('names the field of %s, and never what came', async (_, channel, secrets, expiresAt, field) => {
  const answer = await set(channel, secrets, expiresAt);
  expect([answer.status, answer.body.faults?.map((fault) => fault.field)]).toEqual([400, [field]]);
});

it('takes the address of a mail server with its password', async () => {
  expect((await set('email', { url: SMTP })).status).toBe(204);
  const answer = await test('email');
  expect(['retry', 'broken']).toContain(answer.outcome);
  expect((await set('nothing', { key: WRONG! })).status).toBe(404);
});

it.each([
  ['luwenjing', 403],
  ['zhoumingyuan', 403],
  ['fangzhengping', 403],
])('is closed to %s', async (username, status) => {
  const who = await running.city.logIn(username);
  expect((await who.post('/api/channels/feishu/secrets', { secrets: { token: WRONG }, expiresAt: null })).status).toBe(status);
  expect((await who.post('/api/channels/feishu/secrets/remove')).status).toBe(status);
});

it('warns of the end that an administrator noted', async () => {
  expect((await set('sms', { key: GATEWAY! }, '2026-11-21')).status).toBe(204);
  const the = <T>(type: new (...args: never[]) => T): T => running.city.app.get(type, { strict: false });
  await new ChannelWatch(the(WorkflowStore), the(ChannelBook), the(ChannelHealth), running.clock).look();
  const titles = async () => (await admin.get<Page<NoticeView>>('/api/notices')).body.items.map(({ title }) => title);
  await eventually(async () => (await titles()).includes('【渠道密钥到期】短信的密钥还有 3 天到期'), 'the warning');
});

it('keeps what was set nowhere but sealed', async () => {
  await eventually(() => isPipelineIdle(running.database), 'quiet');
  const entries = await new AuditTrail(running.database).of('channel:feishu');
  expect(entries.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['channel.secret-set', 'channel.secret-removed', 'channel.test']),
  );
  const places = [said.join(''), JSON.stringify(answers), JSON.stringify((await admin.get('/api/notices')).body)];
  const tables = await running.database.query<{ name: string }>(
    `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  for (const { name } of tables) {
    const rows = await running.database.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    places.push(rows.map(({ row }) => row).join('\n'));
  }
  const forms = [OLD!, TOKEN!, SIGN!, GATEWAY!, WRONG!, 'p-a-s-s-w-o-r-d'].flatMap((secret) => [
    secret,
    Buffer.from(secret).toString('hex'),
  ]);
  expect(places.flatMap((place) => forms.filter((form) => place.includes(form)))).toEqual([]);
  expect(places.some((place) => place.includes('channel.secret-set'))).toBe(true);
});
