import 'reflect-metadata';
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createPersonRequest, type CreatePersonRequest } from '@huiying/contracts/http';
import { localTimeText, NotFound, type Clock } from '@huiying/domain';
import type { Database } from '@huiying/persistence';
import { check, openRunningDatabase } from '@huiying/platform';
import { readEnvironment, SystemClock } from '@huiying/settings';
import { frontDoor, WrongUsage } from '@huiying/tables/lines';
import { CityBook } from '../city/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { PeopleDesk } from './people-desk.js';

const USAGE = `用法：npm run account -- list
      npm run account -- add 账号 --name 姓名 --role 角色 [--department 部门编号] [--phone 电话] [--email 邮箱] [--password-stdin]
      npm run account -- disable 账号
  角色  duty-officer 值班员 | supervisor 带班领导 | department-lead 部门负责人 | administrator 系统管理员
  密码  不写则随机生成并显示一次；--password-stdin 从标准输入读第一行`;

export type AccountWish = { do: 'list' } | { do: 'add'; request: CreatePersonRequest } | { do: 'disable'; username: string };

/** What the command works with. */
export interface AccountDesk {
  database: Database;
  clock: Clock;
  city: CityBook;
  say(line: string): void;
}

/** Signs what is done here: nobody is logged in at a command. */
const OPERATOR = { id: null, name: '系统运维（命令行）', origin: 'account command' };
const OPTIONS = {
  name: { type: 'string' },
  role: { type: 'string' },
  department: { type: 'string' },
  phone: { type: 'string' },
  email: { type: 'string' },
  'password-stdin': { type: 'boolean' },
} as const;

/**
 * Reads the arguments; a password is never one of them, because others see a command's arguments.
 * @throws BadInput, WrongUsage
 */
export function readAccountWish(args: string[], readPassword: () => string = firstLineOfStdin): AccountWish {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const [act, username, ...more] = positionals;
  if (act === 'list' && positionals.length === 1) return { do: 'list' };
  if (username === undefined || more.length > 0 || (act !== 'add' && act !== 'disable')) throw new WrongUsage();
  if (act === 'disable') return { do: 'disable', username };
  const { name, role, department, phone, email } = values;
  const password = values['password-stdin'] ? readPassword() : newPassword();
  const given = { username, name, role, departmentId: department ?? null, phone: phone ?? null, email: email ?? null, password };
  return { do: 'add', request: check(createPersonRequest, given) };
}

/** @throws BadInput, NotFound, Refusal username-taken */
export async function runAccountWish(wish: AccountWish, { database, clock, city, say }: AccountDesk): Promise<void> {
  const people = new PeopleDesk(new WorkflowStore(database, clock), city);
  if (wish.do === 'add') {
    const { username, name } = await people.create(wish.request, OPERATOR);
    return say(`已建立账号 ${username}（${name}），密码：${wish.request.password}`);
  }
  const accounts = await people.list();
  if (wish.do === 'disable') {
    const account = accounts.find((one) => one.username === wish.username);
    if (!account) throw new NotFound('account', wish.username);
    await people.disable(account.id, OPERATOR);
    return say(`已停用账号 ${account.username}（${account.name}）`);
  }
  if (accounts.length === 0) say('还没有账号。');
  for (const { username, name, role, departmentName, disabledAt, lastLoginAt } of accounts) {
    const last = lastLoginAt === null ? '从未登录' : `最近登录 ${localTimeText(new Date(lastLoginAt))}`;
    say([username, name, departmentName ?? role, disabledAt === null ? last : '已停用'].join('  '));
  }
}

/** Letters and digits that nobody confuses when reading them out. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz';
const DIGITS = '23456789';

/** Such as kmtw-4826-hbcz-qnpd-7359, 78 random bits: of three kinds of characters, as the rule for passwords asks. */
export function newPassword(): string {
  const group = (from: string) => Array.from({ length: 4 }, () => from[randomInt(from.length)]).join('');
  return [group(LETTERS), group(DIGITS), group(LETTERS), group(LETTERS), group(DIGITS)].join('-');
}

function firstLineOfStdin(): string {
  return readFileSync(0, 'utf8').split(/\r?\n/, 1)[0]!;
}

/** `npm run account -- add USERNAME …`: how a city's first administrator comes to be, and accounts without a page for them. */
async function main(args: string[]): Promise<number> {
  const wish = readAccountWish(args);
  const environment = readEnvironment(process.env);
  const { database, close } = await openRunningDatabase(environment, 'account');
  try {
    await database.migrate();
    const city = CityBook.read(environment.configFolder);
    await runAccountWish(wish, { database, clock: new SystemClock(), city, say: (line) => console.log(line) });
    return 0;
  } finally {
    await close();
  }
}

if (require.main === module) frontDoor(main, { usage: USAGE, failed: 1 });
