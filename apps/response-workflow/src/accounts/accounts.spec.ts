import type { AccountView, LoginHints, Problem, SessionView } from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import type { Database } from '@huiying/persistence';
import { freshCity, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { DEMO_PASSWORD, DEMO_PEOPLE } from '../../../standalone/src/demo/people.js';
import { hashPassword, verifyPassword } from './password.js';

describe('a password', () => {
  it('is kept as a hash with its cost and salt, and only itself matches', async () => {
    const [one, two] = await Promise.all([hashPassword('望川-Abc123'), hashPassword('望川-Abc123')]);
    expect(one).toMatch(/^scrypt\$32768\$8\$3\$/);
    expect(one).not.toBe(two);
    expect(await verifyPassword('望川-Abc123', one)).toBe(true);
    expect(await verifyPassword('望川-Abc124', one)).toBe(false);
    await expect(verifyPassword('x', 'plain')).rejects.toThrow(/not of the form/);
  });
});

describe('accounts', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    ({ city, clock, database, drop } = await freshCity('2026-11-18T01:00:00Z', {}, { runsByItself: false }));
  });
  afterAll(async () => {
    await city.stop();
    await drop();
  });

  const tryLogIn = (username: string, password: string) => city.ask<SessionView & Problem>('POST', '/api/session', { username, password });

  it('gives a cookie that no script and no other site can use, and keeps only its hash', async () => {
    const answer = await tryLogIn('luwenjing', DEMO_PASSWORD);
    const cookie = answer.headers.get('set-cookie')!;
    expect(cookie).toMatch(/^huiying_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/);
    expect(answer.body).toMatchObject({ person: { name: '陆文婧', role: 'duty-officer' }, city: { name: '望川市' }, demo: true });
    const token = /=([\w-]+)/.exec(cookie)![1]!;
    const rows = await database.query<{ hash: string }>(`SELECT encode(token_hash, 'escape') AS hash FROM workflow.session`);
    expect(rows.some((row) => row.hash.includes(token))).toBe(false);
  });

  it('says the same of a wrong password and of a name nobody has', async () => {
    const [wrong, unknown] = await Promise.all([tryLogIn('hesiyuan', 'wrong-password'), tryLogIn('nobody', 'wrong-password')]);
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(wrong.body).toEqual(unknown.body);
    expect(wrong.body.code).toBe('bad-credentials');
  });

  it('locks after five failures in a row, also against the right password, for a quarter of an hour', async () => {
    for (let i = 0; i < 5; i++) expect((await tryLogIn('tanyulin', 'wrong-password')).status).toBe(401);
    expect(await tryLogIn('tanyulin', DEMO_PASSWORD)).toMatchObject({ status: 423, body: { code: 'account-locked' } });
    clock.advance({ minutes: 15 });
    expect((await tryLogIn('tanyulin', DEMO_PASSWORD)).status).toBe(200);
  });

  it('ends a session after half an hour without use, and after twelve hours in any case', async () => {
    const idle = await city.logIn('luwenjing');
    clock.advance({ minutes: 29 });
    expect((await idle.get('/api/session')).status).toBe(200);
    clock.advance({ minutes: 30 });
    expect((await idle.get('/api/session')).status).toBe(401);
    const busy = await city.logIn('luwenjing');
    for (let i = 0; i < 36; i++) {
      clock.advance({ minutes: 20 });
      if (i < 35) expect((await busy.get('/api/session')).status).toBe(200);
    }
    expect((await busy.get('/api/session')).status).toBe(401);
  });

  it('logs out', async () => {
    const officer = await city.logIn('luwenjing');
    expect((await city.ask('DELETE', '/api/session', undefined, { cookie: officer.cookie })).status).toBe(204);
    expect((await officer.get('/api/session')).status).toBe(401);
  });

  it('refuses a write that another site sent through the browser', async () => {
    const { cookie } = await city.logIn('luwenjing');
    const forged = await city.ask('POST', '/api/notices/read-all', {}, { cookie, origin: 'http://evil.example' });
    expect(forged.status).toBe(403);
  });

  it('lets only the administrator see, make and end accounts; an ended one is out at once', async () => {
    const [admin, officer] = await Promise.all([city.logIn('linkaiwen'), city.logIn('luwenjing')]);
    expect((await officer.get('/api/people')).status).toBe(403);
    const person = {
      username: 'newlead',
      name: '新负责人',
      role: 'department-lead',
      departmentId: 'education',
      password: 'Wangchuan#2026',
    };
    const made = await admin.post<AccountView>('/api/people', person);
    expect(made).toMatchObject({ status: 201, body: { departmentName: '市教育局', disabledAt: null } });
    expect(JSON.stringify(made.body)).not.toContain('Wangchuan#2026');
    expect(await admin.post('/api/people', person)).toMatchObject({ status: 409, body: { code: 'username-taken' } });
    const cookie = (await tryLogIn('newlead', 'Wangchuan#2026')).headers.get('set-cookie')!.split(';')[0]!;
    expect((await admin.post(`/api/people/${made.body.id}/disable`)).status).toBe(204);
    expect((await city.ask('GET', '/api/session', undefined, { cookie })).status).toBe(401);
    expect((await tryLogIn('newlead', 'Wangchuan#2026')).status).toBe(401);
    const own = (await admin.get<SessionView>('/api/session')).body.person.id;
    expect(await admin.post(`/api/people/${own}/disable`)).toMatchObject({ status: 409, body: { code: 'own-account' } });
  });

  it.each([
    ['a weak password', { password: 'abcdefghij' }, 'password'],
    ['a lead without a department', { departmentId: null }, 'departmentId'],
    ['a department nobody knows', { departmentId: 'moon' }, 'departmentId'],
    ['an officer with a department', { role: 'duty-officer' }, 'departmentId'],
  ])('refuses %s beside its field, without repeating a password', async (_, over, field) => {
    const admin = await city.logIn('linkaiwen');
    const person = {
      username: 'another',
      name: '某人',
      role: 'department-lead',
      departmentId: 'education',
      password: 'Wangchuan#2026',
      ...over,
    };
    const answer = await admin.post<Problem>('/api/people', person);
    expect(answer.status).toBe(400);
    expect(answer.body.faults!.map((fault) => fault.field)).toEqual([field]);
    expect(JSON.stringify(answer.body)).not.toContain('abcdefghij');
  });

  it('shows demo accounts before login in the demo only', async () => {
    expect((await city.ask<LoginHints>('GET', '/api/session/hints')).body.accounts).toHaveLength(DEMO_PEOPLE.length);
    const real = await freshCity('2026-11-18T01:00:00Z', { HUIYING_DEMO: 'false' }, { runsByItself: false });
    expect((await real.city.ask<LoginHints>('GET', '/api/session/hints')).body).toEqual({ city: { name: '望川市' }, accounts: [] });
    await real.city.stop();
    await real.drop();
  });

  it('sends the headers that keep the console to itself', async () => {
    const { headers } = await city.ask('GET', '/api/session/hints');
    expect(headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});
