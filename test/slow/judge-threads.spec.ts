import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

jest.setTimeout(120_000);

const ROOT = resolve(__dirname, '../..');
const LOADER = join(ROOT, 'test/support/typescript.cjs');
const JUDGE = join(ROOT, 'apps/classifier/src/judge.command.ts');
const folder = mkdtempSync(join(tmpdir(), 'judge-threads-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PLACES = ['青梧区', '临浦区', '望北新区', '澄溪县', '外省某市'];
const MATTERS = [
  '停水三天无人答复',
  '客车侧翻，造成3人死亡、12人受伤',
  '网传学校食物中毒，转发扩散',
  '路灯不亮，请问归哪个部门管',
  '建议增设公交站',
];
const text = (n: number) =>
  `${PLACES[n % 5]}${n % 97}号附近${MATTERS[(n >> 2) % 5]}。${'居民多次反映，希望尽快处理。'.repeat(1 + (n % 40))}`;
const line = (n: number) =>
  JSON.stringify({ id: n, title: `第${n}件：${MATTERS[(n >> 2) % 5]}`, text: text(n), time: '2026-11-20 10:00:00' });

/** Several thousand lines, 3 MB, among them some that are refused and one whose time cannot be read. */
const GOOD = 6_000;
function lines(): Buffer {
  const all: (string | Buffer)[] = Array.from({ length: GOOD }, (_, n) => line(n));
  all.splice(4_500, 0, '{"id":', '{"id":7}', '', `{"text":"${'水'.repeat(2_000_000)}"}`, Buffer.from([0xcb, 0xae, 0xb9, 0xdc]));
  all.splice(3_000, 0, '{"text":"青梧区停水","time":"昨天"}', 'no JSON');
  return Buffer.concat(all.flatMap((one) => [Buffer.from(one), Buffer.from('\n')]));
}

/** Numbers of the lines that are refused or empty. */
const UNANSWERED = [3_002, 4_503, 4_504, 4_505, 4_506, 4_507];

const file = join(folder, 'lines.jsonl');
beforeAll(() => writeFileSync(file, lines()));
const judge = (args: string[], before: string[] = [], input = file) =>
  spawnSync(process.execPath, ['-r', LOADER, ...before, JUDGE, input, '--ours', ...args], { cwd: ROOT, maxBuffer: 1 << 28 });
const withoutSeconds = (stderr: Buffer) => stderr.toString().replace(/用时 [\d.]+ 秒/, '');

it('three threads write what one writes, byte for byte, and end as it does', () => {
  const alone = judge(['--threads', '1']);
  const together = judge(['--threads', '3']);
  const ids = together.stdout.toString().trimEnd().split('\n').map((one) => (JSON.parse(one) as { id: number }).id); // prettier-ignore
  expect(ids.filter((id) => id < 3_000)).toEqual(Array.from({ length: 3_000 }, (_, n) => n));
  expect(together.stdout.equals(alone.stdout)).toBe(true);
  expect(withoutSeconds(together.stderr)).toBe(withoutSeconds(alone.stderr));
  expect([alone.status, together.status, ids.length]).toEqual([1, 1, GOOD + 1]);
  expect(withoutSeconds(together.stderr).split('\n').map((one) => one.replace(file, ''))).toEqual([
    ': line 3001: time must be like 2026-11-20 10:00:00 or 2026-11-20; got “昨天”, judged as of now',
    expect.stringMatching(/^: line 3002 must be one JSON object; got .*no JSON/),
    expect.stringMatching(/^: line 4503 must be one JSON object/),
    ': line 4504 must have a title, text or detail',
    ': line 4506 must be no longer than 4 MB; got 5.7 MB',
    ': line 4507 must be text in UTF-8',
    '研判 6004 行，，不合格 5 行，时间未能识别 1 行',
    '',
  ]); // prettier-ignore
});

it('a line whose time cannot be read is answered: named, counted, and no failure', () => {
  const doubtful = join(folder, 'doubtful');
  writeFileSync(doubtful, '{"id":1,"text":"青梧区停水三天","time":"昨天"}\n');
  const { status, stdout, stderr } = judge([], [], doubtful);
  expect([status, JSON.parse(stdout.toString())]).toEqual([0, expect.objectContaining({ id: 1, ours: true })]);
  expect(stderr.toString()).toMatch(/line 1: time must be like .*昨天[^]*不合格 0 行，时间未能识别 1 行/);
});

it('a thread that dies ends it with 2 and the line from which on nothing is answered; what stands before is answered', () => {
  const killer = join(folder, 'killer.cjs');
  const dies = `parentPort.on('message', (block) => { if (block.number > 4000) process.exit(9); })`;
  writeFileSync(killer, `const { isMainThread, parentPort } = require('node:worker_threads'); if (!isMainThread) ${dies};`);
  const { status, stdout, stderr } = judge(['--threads', '3'], ['-r', killer]);
  const from = Number(/from line (\d+) on nothing is answered: a thread ended .*\(exit code 9\)/.exec(stderr.toString())?.[1]);
  expect(status).toBe(2);
  expect(from).toBeGreaterThan(4_000);
  const answered = Array.from({ length: from - 1 }, (_, i) => i + 1).filter((number) => !UNANSWERED.includes(number));
  expect(stdout.toString().trimEnd().split('\n')).toHaveLength(answered.length);
  expect(stderr.toString()).not.toMatch(/^\s+at /m);
});

it('a reader that leaves ends all threads quietly', () => {
  const command = [process.execPath, '-r', LOADER, JUDGE, file, '--threads', '3'].map((word) => `'${word}'`).join(' ');
  const { stdout, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${command} | head -1 | wc -l; echo "status $?"`], { cwd: ROOT });
  expect(stdout.toString().trim().split(/\s*\n/)).toEqual(['1', 'status 0']);
  expect(stderr.toString()).not.toMatch(/EPIPE|^\s+at /m);
});

it.each(['0', 'two', '100'])('--threads %s is refused with the usage', (threads) => {
  const { status, stderr } = judge(['--threads', threads]);
  expect([status, stderr.toString()]).toEqual([2, expect.stringContaining('--threads')]);
});
