import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { readCalendar, readRules } from '@huiying/settings';
import { answerDue } from './due-answer.js';
import { questionOfLine, questionOfWords } from './due-question.js';

const ROOT = resolve(__dirname, '../../../..');
const CONFIG = resolve(ROOT, 'config');
const book = { rules: readRules(CONFIG), calendar: readCalendar(CONFIG) };

interface Answer {
  line?: number;
  rule?: string;
  dueDate: string;
  dueAt: string;
  workingDays?: number;
  provisional: boolean;
  ledger: { amount: number }[];
}
const ask = (line: string) => answerDue(questionOfWords(line.split(' ')), book) as Answer[];
const total = ({ ledger }: Answer) => ledger.reduce((sum, { amount }) => sum + amount, 0);

describe('the vectors of the domain facts', () => {
  it.each([
    ['2026-02-13', 3, '2026-02-25'],
    ['2026-02-14', 3, '2026-02-26'],
    ['2026-02-15', 3, '2026-02-26'],
    ['2026-04-30', 5, '2026-05-11'],
    ['2026-09-30', 3, '2026-10-10'],
    ['2026-09-30', 20, '2026-11-03'],
    ['2026-06-18', 1, '2026-06-22'],
    ['2025-12-31', 1, '2026-01-04'],
    ['2026-09-18', 2, '2026-09-21'],
    ['2025-09-30', 3, '2025-10-11'],
  ])('%s and %d working days is %s', (from, days, due) => {
    const [answer] = ask(`--working-days ${days} --from ${from}`);
    expect(answer).toMatchObject({ dueDate: due, dueAt: `${due}T23:59:59.999+08:00`, provisional: false });
    expect(total(answer!)).toBe(days);
    expect(ask(`--between ${from} ${due}`)[0]!.workingDays).toBe(days);
  });

  it.each([
    ['OP-03', '2026-02-14T20:30:00+08:00', '2026-02-16T20:30:00+08:00', 48],
    ['OP-03', '2026-02-14T12:30:00Z', '2026-02-16T20:30:00+08:00', 48],
    ['OP-01', '2026-10-01 09:05', '2026-10-01T14:05:00+08:00', 5],
    ['OP-02', '2026-10-01T09:05', '2026-10-02T09:05:00+08:00', 24],
    ['GI-02', '2026-09-30', '2026-11-03T23:59:59.999+08:00', 20],
    ['OP-11a', '2026-09-02T08:00', '2026-10-08T23:59:59.999+08:00', 30], // 10-02 放假, moved to the first day worked
    ['OP-11b', '2026-03-02T08:00', '2026-03-09T23:59:59.999+08:00', 7],
  ])('%s from %s is due %s', (rule, start, due, length) => {
    const [answer] = ask(`--rule ${rule} --start ${start}`);
    expect(answer).toMatchObject({ rule, dueAt: due, provisional: false });
    expect(total(answer!)).toBe(length);
  });
});

describe('a question', () => {
  it('may be a JSON object, and nothing in a comment or an empty line', () => {
    expect(questionOfLine('{"workingDays":3,"from":"2026-02-13"}')).toEqual({ kind: 'working-days', days: 3, from: '2026-02-13' });
    expect(questionOfLine('{"rule":"OP-01","start":"2026-10-01T09:05+08:00"}')).toMatchObject({ start: new Date('2026-10-01T01:05:00Z') });
    expect(questionOfLine('{"between":["2026-02-13","2026-02-25"]}')).toMatchObject({ kind: 'between' });
    expect(questionOfLine('  # 春节')).toBeNull();
    expect(questionOfLine('')).toBeNull();
  });

  it('on an id that several rules share is answered by each', () => {
    expect(ask('--rule HL-06b --start 2026-02-13').map(({ rule, dueDate }) => [rule, dueDate])).toEqual([
      ['HL-06b1', '2026-02-24'],
      ['HL-06b2', '2026-03-05'],
      ['HL-06b3', '2026-03-12'],
    ]);
  });

  it('on a year without a notice is answered provisionally', () => {
    expect(ask('--working-days 3 --from 2027-01-04')[0]).toMatchObject({ provisional: true });
    expect(ask('--rule OP-01 --start 2027-01-04')[0]).toMatchObject({ provisional: false });
  });

  it.each([
    ['--rule OP-99 --start 2026-02-13', '--rule must be the id of a rule; got "OP-99"'],
    ['--rule OP-01 --start 2010-01-01', '--rule must be in force at the start: it holds from 2016-11-10'],
    ['--rule OP-01 --start 2026-02-30', '--start must be a day as YYYY-MM-DD; got "2026-02-30"'],
    ['--rule OP-01 --start 2026-02-13T25:00', '--start must be an instant'],
    ['--rule OP-01', 'the question must be --rule ID --start INSTANT'],
    ['--working-days -1 --from 2026-02-13', '--working-days must be a whole number from 0 to 10000; got "-1"'],
    ['--between 2026-02-13', '--between must be two days'],
    ['--between 2026-02-13 2026-02-12', '--between must not end before it starts'],
    ['--rule OP-01 --rule OP-02', '--rule must be given once'],
    ['today', 'the question must be'],
  ])('is refused: %s', (line, fault) => expect(() => ask(line)).toThrow(fault));
});

describe('due.command', () => {
  const run = (args: string[], input = '') =>
    spawnSync(process.execPath, ['-r', './test/support/typescript.cjs', 'apps/response-workflow/src/deadlines/due.command.ts', ...args], {
      cwd: ROOT,
      env: { ...process.env, TZ: 'America/New_York' },
      input,
      encoding: 'utf8',
    });

  it('answers lines from stdin by number, tells of bad ones on stderr, and fails in the end', () => {
    const done = run(
      ['-'],
      '\uFEFF--working-days 3 --from 2026-02-13\r\n\n# x\n--between 1 2\n{"rule":"OP-01","start":"2026-10-01T09:05"}\n',
    );
    const answers = done.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Answer);
    expect(answers.map(({ line, dueAt }) => [line, dueAt])).toEqual([
      [1, '2026-02-25T23:59:59.999+08:00'],
      [5, '2026-10-01T14:05:00+08:00'],
    ]);
    expect(done.stderr).toContain('line 4: --between must be a day');
    expect(done.status).toBe(1);
  });

  it('says nothing on stdout but answers, and why it failed on stderr', () => {
    expect(run(['--rule', 'OP-01', '--start', 'soon'])).toMatchObject({
      stdout: '',
      status: 1,
      stderr: expect.stringContaining('--start'),
    });
    expect(run(['/nowhere'])).toMatchObject({ stdout: '', status: 1, stderr: expect.stringContaining('ENOENT') });
  });
});
