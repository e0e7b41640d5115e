import { MovableClock } from '@huiying/domain';
import { AuditTrail, People } from '@huiying/persistence';
import { WrongUsage } from '@huiying/tables/lines';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { CityBook } from '../city/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { newPassword, readAccountWish, runAccountWish } from './account.command.js';
import { SessionDesk } from './sessions.js';

const ADD = ['add', 'chenhui', '--name', '陈辉', '--role', 'department-lead', '--department', 'housing'];
const read = (...args: string[]) => readAccountWish(args, () => 'Enough-of-it-1');

describe('readAccountWish', () => {
  it.each([
    [['list'], { do: 'list' }],
    [['disable', 'chenhui'], { do: 'disable', username: 'chenhui' }],
    [[...ADD, '--password-stdin'], { do: 'add', request: { departmentId: 'housing', phone: null, password: 'Enough-of-it-1' } }],
  ])('%j', (args, wish) => expect(read(...args)).toMatchObject(wish));

  it.each([[[]], [['list', 'chenhui']], [['add']], [['remove', 'chenhui']]])('answers %j with its usage', (args) =>
    expect(() => read(...args)).toThrow(WrongUsage),
  );

  it.each([
    [['add', 'chenhui', '--role', 'administrator'], 'name'],
    [['add', 'chenhui', '--name', '陈辉', '--role', 'mayor'], 'role'],
    [['add', '陈辉', '--name', '陈辉', '--role', 'administrator'], 'username'],
    [[...ADD, '--email', 'nowhere'], 'email'],
  ])('refuses %j for its %s', (args, field) =>
    expect(() => read(...args)).toThrow(expect.objectContaining({ faults: [expect.objectContaining({ field })] })),
  );

  it('refuses a weak password without showing it', () => {
    const weak = () => readAccountWish([...ADD, '--password-stdin'], () => 'geheim');
    expect(weak).toThrow(/password/);
    expect(weak).not.toThrow(/geheim/);
  });

  it('makes passwords that the rule takes, never the same twice', () => {
    const made = new Set(Array.from({ length: 200 }, newPassword));
    expect(made.size).toBe(200);
    for (const password of made) expect(password).toMatch(/^[a-z]{4}-\d{4}-[a-z]{4}-[a-z]{4}-\d{4}$/);
  });
});

describe('runAccountWish', () => {
  const clock = new MovableClock(new Date('2026-11-18T09:00:00+08:00'));
  const city = CityBook.read('config');
  let db: TestDatabase;
  beforeAll(async () => void (db = await freshDatabase()));
  afterAll(() => db.drop());

  const run = async (...args: string[]): Promise<string[]> => {
    const said: string[] = [];
    await runAccountWish(readAccountWish(args), { database: db.database, clock, city, say: (line) => void said.push(line) });
    return said;
  };

  it('makes the first administrator of an empty city, whose password logs in, and ends an account', async () => {
    expect(await run('list')).toEqual(['还没有账号。']);
    const [said] = await run('add', 'linkaiwen', '--name', '林恺文', '--role', 'administrator');
    const password = /密码：(\S+)$/.exec(said!)![1]!;
    const sessions = new SessionDesk(new WorkflowStore(db.database, clock));
    await sessions.onModuleInit();
    expect((await sessions.logIn('linkaiwen', password, 'spec')).session.person).toMatchObject({ name: '林恺文', role: 'administrator' });
    expect(await run('list')).toEqual(['linkaiwen  林恺文  administrator  最近登录 2026-11-18 09:00']);

    await run('disable', 'linkaiwen');
    expect(await run('list')).toEqual(['linkaiwen  林恺文  administrator  已停用']);
    await expect(sessions.logIn('linkaiwen', password, 'spec')).rejects.toThrow(/wrong/);
  });

  it('signs what it did in the audit trail, without the password', async () => {
    const [said] = await run(...ADD);
    const person = (await new People(db.database).all()).find((one) => one.username === 'chenhui')!;
    const [entry] = await new AuditTrail(db.database).of(`person:${person.id}`);
    expect(entry).toMatchObject({ personId: null, who: '系统运维（命令行）', action: 'person.create', origin: 'account command' });
    expect(JSON.stringify(entry)).not.toContain(/密码：(\S+)$/.exec(said!)![1]!);
  });

  it.each([
    [ADD, /taken/],
    [['add', 'wangwu', '--name', '王武', '--role', 'department-lead'], /department/],
    [['add', 'wangwu', '--name', '王武', '--role', 'department-lead', '--department', 'nowhere'], /department/],
    [['disable', 'nobody'], /does not exist/],
  ])('refuses %j', async (args, said) => {
    await expect(run(...args)).rejects.toThrow(said);
  });
});
