import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PARTITIONS, TOPICS, type AnyEvent } from '@huiying/contracts';
import { MovableClock } from '@huiying/domain';
import { PostgresLog, type ReaderPosition } from '@huiying/messaging';
import { DeadLetters, serviceTables, Store, type DeadLetter, type TracedEvent } from '@huiying/persistence';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { letterLine, letterText, readDeadLetterWish } from './dead-letters.js';
import { idsFrom, readReplayWish } from './replay.js';
import { elapsedText, traceLines } from './trace-lines.js';
import { readTraceWish } from './trace.js';

const ROOT = join(__dirname, '../../../..');
const golden = (name: string): AnyEvent[] =>
  JSON.parse(readFileSync(join(ROOT, 'test/contracts/golden', `${name}.json`), 'utf8')) as AnyEvent[];
const AT = new Date('2026-11-20T02:00:00Z');
const QUIET = { log: () => undefined, warn: () => undefined, error: () => undefined };

describe('npm run dead-letters', () => {
  it.each([
    [[], { do: 'list' }],
    [['--show', '7'], { do: 'show', id: 7 }],
    [['--resend', '12'], { do: 'resend', id: 12 }],
    [['--resend-all'], { do: 'resend-all' }],
  ])('%j asks for %j', (args, wish) => expect(readDeadLetterWish(args)).toEqual(wish));

  it.each([
    [['--show', 'x'], '--show must be the number of a dead letter; got "x"'],
    [['--resend', '0'], '--resend must be the number'],
    [['--resend', '1', '--resend-all'], 'must be given one at a time'],
    [['--all'], '--all'],
    [['7'], '7'],
  ])('%j is refused', (args, words) => expect(() => readDeadLetterWish(args)).toThrow(words));

  const letter: DeadLetter = {
    ...{ id: 3, reader: 'classifier', topic: 'opinion.collected', partition: 2, position: 41, key: 'k', value: '{"a":1}' },
    ...{ reason: 'TypeError: x\n    at y', attempts: 4, at: AT, resentAt: null },
  };

  it('shows a letter in one line, and in full', () => {
    expect(letterLine(letter)).toBe('#3  2026-11-20 10:00  待处理  classifier  opinion.collected/2@41  尝试 4 次  TypeError: x');
    expect(letterLine({ ...letter, resentAt: AT })).toContain('已于 2026-11-20 10:00 重发');
    expect(letterText(letter)).toContain('{\n  "a": 1\n}');
    expect(letterText({ ...letter, value: 'no {json' })).toContain('\nno {json\n');
    expect(letterText(letter)).toContain('    at y');
  });
});

describe('npm run replay', () => {
  const base = ['--reader', 'classifier', '--topic', 'opinion.collected'];

  it('takes an instant or a position', () => {
    const to = { at: new Date('2026-11-20T00:00:00Z') };
    expect(readReplayWish([...base, '--from', '2026-11-20T08:00:00+08:00'])).toEqual({
      reader: 'classifier',
      topic: 'opinion.collected',
      to,
      again: false,
    });
    expect(readReplayWish([...base, '--partition', '3', '--position', '0', '--again'])).toMatchObject({
      to: { partition: 3, position: 0 },
      again: true,
    });
  });

  it.each([
    [['--topic', 'opinion.collected', '--from', '2026-11-20T00:00:00Z'], '--reader must name the reader'],
    [['--reader', 'r', '--topic', 'opinions', '--from', '2026-11-20T00:00:00Z'], '--topic must be one of opinion.collected'],
    [base, '--from must be given'],
    [[...base, '--from', '2026-11-20T00:00:00Z', '--partition', '1'], 'not both'],
    [[...base, '--partition', '1'], '--position must be a whole number from 0'],
    [[...base, '--position', '1'], '--partition must be a whole number from 0'],
    [[...base, '--partition', '-1', '--position', '0'], '--partition'],
    [[...base, '--from', '2026-11-20T08:00:00'], 'with its zone'],
    [[...base, '--from', '2026-13-20T08:00:00Z'], 'with its zone'],
  ])('%j is refused', (args, words) => expect(() => readReplayWish(args)).toThrow(words));
});

describe('npm run trace', () => {
  it('takes one id', () => {
    const id = '6F0B1C8E-a4d9-4d0c-b6a1-f6d6e9a0c7d3';
    expect(readTraceWish([id, '--json'])).toEqual({ id: id.toLowerCase(), json: true });
    expect(() => readTraceWish([])).toThrow('OPINION_ID must be');
    expect(() => readTraceWish(['x'])).toThrow('got "x"');
    expect(() => readTraceWish([id, id])).toThrow('OPINION_ID');
  });

  it.each([
    [0, '0.0 秒'],
    [842, '0.8 秒'],
    [59_949, '59.9 秒'],
    [60_000, '1 分'],
    [3 * 3_600_000 + 720_000, '3 小时 12 分'],
    [90_000_000, '1 天 1 小时'],
  ])('%d ms is %s', (ms, text) => expect(elapsedText(ms)).toBe(text));

  const traced = (name: string, parent: TracedEvent | null, ms: number): TracedEvent => {
    const event = golden(`${name}.v1`)[0] as TracedEvent['event'];
    return {
      id: event.id,
      topic: event.type,
      key: 'k',
      parent: parent?.id ?? null,
      occurredAt: new Date(AT.getTime() + ms),
      event,
      isSent: true,
    };
  };

  it('draws the whole chain as a tree with the facts of every kind of event', () => {
    const collected = traced('opinion.collected', null, 0);
    const classified = traced('opinion.classified', collected, 800);
    const alert = traced('alert.raised', classified, 900);
    const notice = { ...traced('notice.requested', alert, 1_000), isSent: false };
    const opened = traced('case.opened', alert, 17 * 60_000);
    const steps = ['task.assigned', 'task.acknowledged', 'deadline.warned', 'deadline.breached'].map((name, i) =>
      traced(name, opened, (i + 1) * 3_600_000),
    );
    const lines = traceLines([collected, classified, alert, notice, opened, ...steps]);
    expect(lines.map((line) => line.replace(/ {2}[0-9a-f-]{36}$/, ''))).toEqual([
      '2026-11-20 10:00:00  +0.0 秒           opinion.collected  采集《青梧区春和里小区连续三天停水，物业只说等通知》 望川论坛',
      '2026-11-20 10:00:00  +0.8 秒           └─ opinion.classified  研判：本地，政务舆情，建议 III 级，供水，牵头 住房和城乡建设局，新事件',
      '2026-11-20 10:00:00  +0.9 秒              └─ alert.raised  预警：建议 III 级，一小时内 6 个信源 14 条，涉及群众切身利益',
      '2026-11-20 10:00:01  +1.0 秒                 ├─ notice.requested  告知：预警：青梧区春和里小区连续三天停水  （尚未发出）',
      '2026-11-20 10:17:00  +17 分                  └─ case.opened  立案 望舆〔2026〕17号：定 II 级，1 个时限起算',
      '2026-11-20 11:00:00  +1 小时                    ├─ task.assigned  交办 housing（牵头），2026-11-21 09:40 前签收',
      '2026-11-20 12:00:00  +2 小时                    ├─ task.acknowledged  签收：housing（超时）',
      '2026-11-20 13:00:00  +3 小时                    ├─ deadline.warned  时限预警：statement-5h 已用 80%，2026-11-21 14:02 到期',
      '2026-11-20 14:00:00  +4 小时                    └─ deadline.breached  时限逾期：statement-5h，应于 2026-11-21 14:02 前（补发）',
    ]);
    expect(lines.every((line) => /[0-9a-f-]{36}$/.test(line))).toBe(true);
  });

  it('shows an event that today’s code does not read, instead of hiding it', () => {
    const collected = traced('opinion.collected', null, 0);
    const [line] = traceLines([{ ...collected, event: { ...collected.event, version: 9 } }]);
    expect(line).toContain('第 9 版，不能解读');
  });
});

describe('the commands as processes', () => {
  let db: TestDatabase;
  let log: PostgresLog;
  beforeAll(async () => {
    db = await freshDatabase();
    for (const sql of serviceTables('spec')) await db.database.query(sql);
    log = new PostgresLog(db.database, new MovableClock(AT), QUIET);
    await log.ensureTopics(PARTITIONS);
  }, 180_000);
  afterAll(async () => {
    await log.close();
    await db.drop();
  });

  const run = (name: string, ...args: string[]): { status: number | null; out: string; err: string } => {
    const file = join(ROOT, 'apps/standalone/src/commands', `${name}.ts`);
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, HUIYING_DATABASE_URL: db.url };
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-r', join(ROOT, 'test/support/typescript.cjs'), file, ...args], {
      env,
      encoding: 'utf8',
    });
    return { status, out: stdout, err: stderr };
  };
  const [event] = golden('task.acknowledged.v1');
  const topic = TOPICS.taskAcknowledged;

  it('send a dead letter again, once, and say so', async () => {
    const letters = new DeadLetters(db.database);
    expect(run('dead-letters').out).toBe('没有死信。\n');
    await letters.add({
      reader: 'r',
      topic,
      partition: 0,
      position: 0,
      key: 'k',
      value: JSON.stringify(event),
      reason: 'no',
      attempts: 4,
      at: AT,
    });
    const [{ id }] = (await letters.list()) as [DeadLetter];
    expect(run('dead-letters', '--show', String(id)).out).toContain('高汉青');
    expect(run('dead-letters', '--resend', String(id))).toMatchObject({ status: 0, out: `#${id} 已重发到 ${topic}\n` });
    expect(run('dead-letters', '--resend-all').out).toBe('没有待处理的死信。\n');
    expect(await idsFrom(log, { topic, to: { at: new Date(0) } })).toEqual([event!.id]);
    expect(run('dead-letters', '--show', '999')).toMatchObject({ status: 1, err: 'there is no dead letter 999\n' });
  }, 180_000);

  it('rewind a reader, and with --again make it forget just those events', async () => {
    const store = new Store(db.database, 'spec');
    await log.publish([{ topic, key: 'k', value: 'no json' }]);
    const other = '00000000-0000-4000-8000-000000000001';
    await store.once('r', [event!, { id: other }], async () => undefined);
    const to = ['--reader', 'r', '--topic', topic, '--from', '2026-11-01T00:00:00Z'];
    const nothing = { status: 1, err: `reader r has never read ${topic}, so there is nothing to read again\n` };
    expect(run('replay', ...to, '--again')).toMatchObject(nothing);
    expect(await db.database.query(`SELECT FROM spec.inbox`)).toHaveLength(2); // what could not be rewound was not forgotten either
    const running = await log.read({
      reader: 'r',
      topics: [topic],
      batchSize: 10,
      parallel: 1,
      handle: async () => undefined,
    });
    await running.stop();
    expect(run('replay', ...to)).toMatchObject({ status: 0, out: expect.stringContaining('已处理过的事件不会再次生效') as string });
    expect(run('replay', ...to, '--again').out).toContain('1 个事件将重新处理');
    expect(await db.database.query(`SELECT event_id FROM spec.inbox`)).toEqual([{ event_id: other }]);
    expect((await log.positions('r', [topic])).map((p) => p.next)).toEqual([0, 0, 0, 0]);

    const of = ['--reader', 'r', '--topic', topic];
    const [{ partition, head }] = (await log.positions('r', [topic])).filter((one) => one.head > 0) as [ReaderPosition];
    const at = (part: number, position: number) => run('replay', ...of, '--partition', `${part}`, '--position', `${position}`);
    expect(at(partition, head - 1)).toMatchObject({ status: 0, out: expect.stringContaining('1 个分区已回退') as string });
    const beyond = `--position must lie before ${head}, the head of ${topic}/${partition}: nothing is there to read again; got ${head}\n`;
    expect(at(partition, head)).toEqual({ status: 1, out: '', err: beyond });
    expect(at(4, 0)).toEqual({ status: 1, out: '', err: `--partition must be a partition of ${topic}, from 0 to 3; got 4\n` });
    expect(run('replay', ...of, '--from', '9999-01-01T00:00:00Z', '--again')).toMatchObject({
      status: 1,
      err: expect.stringMatching(/^--from must not lie in the future; got "9999-/) as string,
    });
    expect((await log.positions('r', [topic]))[partition]).toMatchObject({ next: head - 1 });
  }, 180_000);

  it('trace an opinion', async () => {
    const [collected] = golden('opinion.collected.v1') as [TracedEvent['event']];
    const { opinionId } = collected.data as { opinionId: string };
    await new Store(db.database, 'spec').change(async (tx) =>
      tx.send({ topic: TOPICS.opinionCollected, key: opinionId, event: collected }),
    );
    expect(run('trace', opinionId).out).toMatch(/^2026-11-21 08:45:13 {2}\+0\.0 秒 .*采集《青梧区/);
    expect((JSON.parse(run('trace', opinionId, '--json').out) as TracedEvent[])[0]!.event).toEqual(collected);
    expect(run('trace', '00000000-0000-4000-8000-00000000000f')).toMatchObject({
      status: 1,
      err: expect.stringContaining('no opinion and no event') as string,
    });
  }, 180_000);
});
