import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

jest.setTimeout(120_000);

const ROOT = resolve(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'front-doors-'));
const LOADER = join(ROOT, 'test/support/typescript.cjs');
const path = (name: string) => join(folder, name);
const env = { ...process.env, HUIYING_DATA_DIR: path('data'), DATABASE_URL: '' };

/** Every command that takes a file, with a line that is good for it. */
const DOORS = {
  judge: { command: 'apps/classifier/src/judge.command.ts', args: [], good: '{"id":1,"text":"青梧区中山路停水三天"}' },
  stories: { command: 'apps/classifier/src/stories/stories.command.ts', args: [], good: '{"id":1,"text":"青梧区中山路停水三天"}' },
  due: { command: 'apps/response-workflow/src/deadlines/due.command.ts', args: [], good: '{"rule":"OP-01","start":"2026-10-01T09:05"}' },
  learn: {
    command: 'apps/classifier/src/learning/learn.command.ts',
    args: ['--out', path('model')],
    good: '{"text":"停水","topic":"供水"}',
  },
  'parse:feed': { command: 'apps/collector/src/feeds/parse-feed.command.ts', args: [], good: '{"version":"https://jsonfeed.org/version/1.1","title":"公告","items":[]}' }, // prettier-ignore
} as const;
type Door = keyof typeof DOORS;
const ALL = Object.keys(DOORS) as Door[];
const LINES = ['judge', 'stories', 'due'] as const;
const long = (good: string) => good.replace(/"}$/, `${'水'.repeat(4_000_000)}"}`);

/** What is wrong, at which doors, what the file holds (null: no file is written), what standard error names, and how many answers come all the same. */
const TABLE: [string, readonly Door[], ((good: string) => string | Buffer) | null, RegExp, number][] = [
  ['a file there is not', ALL, null, /none: must be a file, there is none of this name \(ENOENT\)/, 0],
  ['a directory', ALL, null, /folder: must be a file, it is a directory \(EISDIR\)/, 0],
  ['an empty file', ALL, () => '', /input/, 0],
  ['no JSON in line 2', LINES, (good) => `${good}\n{"id":\n${good}\n`, /input: line 2[: ].*must be/, 2],
  ['a list in line 1', LINES, (good) => `[]\n${good}\n`, /input: line 1[: ]/, 1],
  ['a missing field in line 2', ['judge'], (good) => `${good}\n{"id":7}\n`, /input: line 2 must have a title, text or detail/, 1],
  ['a missing field in line 2', ['stories'], (good) => `${good}\n{"text":"水"}\n`, /input: line 2: id/, 1],
  ['a missing field in line 2', ['due'], (good) => `${good}\n{"rule":"OP-01"}\n`, /input: line 2: the question must be --rule/, 1],
  ['a wrong type', ['judge', 'stories'], (good) => `{"id":1,"text":5}\n${good}\n`, /input: line 1: text/, 1],
  ['a wrong type', ['due'], (good) => `{"rule":"OP-01","start":5}\n${good}\n`, /input: line 1: --start must be an instant/, 1],
  ['a line of 12 MB', LINES, (good) => `${long(good)}\n${good}\n`, /input: line 1[: ].*no longer than 4 MB; got 11\.\d MB/, 1],
  ['a line of 12 MB', ['learn'], (good) => `${long(good).replace('"}', '')}\n`, /input/, 0],
  [
    'bytes of no text',
    LINES,
    () => Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 10, 0]),
    /input: line 1: must be text in UTF-8/,
    0,
  ],
  ['bytes of no text', ['learn', 'parse:feed'], () => Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 10, 0]), /input/, 0],
  ['another encoding', LINES, (good) => Buffer.concat([Buffer.from([0xcb, 0xae, 0xb9, 0xdc, 10]), Buffer.from(good)]), /line 1[: ].*must be text in UTF-8/, 1], // prettier-ignore
];
const run = (door: Door, ...args: string[]) =>
  spawnSync(process.execPath, ['-r', LOADER, join(ROOT, DOORS[door].command), ...args, ...DOORS[door].args], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
  });
const answersOf = (stdout: string) =>
  stdout === ''
    ? []
    : stdout
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line));

beforeAll(() => mkdirSync(path('folder')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(TABLE.flatMap(([what, doors, content, said, answers]) => doors.map((door) => ({ what, door, content, said, answers }))))(
  '$door: $what is told by file and line, without a stack; the rest is answered',
  ({ what, door, content, said, answers }) => {
    const file = path(content !== null ? 'input' : what === 'a directory' ? 'folder' : 'none');
    if (content !== null) writeFileSync(file, content(DOORS[door].good));
    const { status, stdout, stderr } = run(door, file);
    expect(stderr).toMatch(said);
    expect(stderr).not.toMatch(/^\s+at .*[:(]\d+/m);
    expect(status).toBeGreaterThan(0);
    // Of what is no feed there is a line too, which says so.
    expect(answersOf(stdout)).toHaveLength(door === 'parse:feed' ? 1 : answers);
  },
);

it.each(['judge', 'stories', 'due', 'parse:feed'] as const)('%s: a mark at the beginning and Windows’ ends are no faults', (door) => {
  writeFileSync(path('windows'), `\ufeff${DOORS[door].good}\r\n`);
  const { status, stdout } = run(door, path('windows'));
  expect([status, answersOf(stdout).length]).toEqual([0, 1]);
});

it.each(['judge', 'stories', 'due', 'parse:feed'] as const)('%s: a reader that leaves (| head -1) ends it quietly', (door) => {
  const many = door === 'parse:feed' ? 1 : 20_000;
  writeFileSync(path('many'), `${DOORS[door].good}\n`.repeat(many));
  const files = Array.from({ length: many === 1 ? 2_000 : 1 }, () => path('many'));
  const command = [process.execPath, '-r', LOADER, join(ROOT, DOORS[door].command), ...files].map((word) => `'${word}'`).join(' ');
  const { stdout, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${command} | head -1; echo "status $?"`], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
  });
  expect(stdout.trimEnd().split('\n')[1]).toBe('status 0');
  expect(stderr).not.toMatch(/EPIPE|^\s+at /m);
});

/** Every command that package.json has, in TypeScript. */
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const COMMANDS = Object.entries(scripts).flatMap(([name, script]): [string, string][] => {
  const [, made] = /node [^&]*dist\/(\S+)\.js$/.exec(script) ?? [];
  return made === undefined ? [] : [[name, join(ROOT, `${made}.ts`)]];
});
const call = (file: string, ...args: string[]) =>
  spawnSync(process.execPath, ['-r', LOADER, file, ...args], { cwd: ROOT, env, encoding: 'utf8', timeout: 60_000 });

describe.each(COMMANDS)('%s', (name, file) => {
  const usage = new RegExp(`(usage:|用法：) ?npm run (--silent )?${name}`);

  it('tells its usage when asked', () => {
    const { status, stdout, stderr } = call(file, '--help');
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(usage);
  });

  it('refuses an option that it does not know, with its usage', () => {
    const { status, stdout, stderr } = call(file, ...(name === 'due' ? ['one', 'two'] : ['--no-such-option']));
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(usage);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

it.each([
  ['start.cjs', /^usage: npm start/m],
  ['start-kafka.cjs', /^usage: npm run start:kafka/m],
  ['build.cjs', /^usage: npm run build/m],
])('%s tells its usage, and does nothing else for what it does not know', (script, usage) => {
  const of = (arg: string) => spawnSync(process.execPath, [join(ROOT, 'scripts', script), arg], { env, encoding: 'utf8', timeout: 20_000 });
  const [asked, strange] = [of('--help'), of('--no-such-option')];
  expect([asked.status, asked.stdout, strange.status, strange.stdout]).toEqual([0, '', 2, '']);
  expect(asked.stderr).toMatch(usage);
  expect(strange.stderr).toMatch(usage);
});

it.each([
  ['why', [], 2, /^usage: npm run why/],
  ['why', ['no-id'], 2, /^DEADLINE_ID must be .*; got "no-id"\nusage: npm run why/],
  ['why', ['00000000-0000-4000-8000-000000000000', 'extra'], 2, /^usage: npm run why/],
  ['why', ['00000000-0000-4000-8000-000000000000'], 1, /^Nothing has been kept in .*\n$/],
  ['due', [], 2, /^usage: npm run --silent due/],
  ['catalogue', ['import', '/none.yaml'], 2, /^\/none\.yaml: must be a file, there is none of this name \(ENOENT\)\n$/],
  ['catalogue', ['import', join(ROOT, 'package.json'), '--id', 'A b'], 2, /^line 1 must be one JSON object; got "\{"\n$/],
  ['import:hotline', ['/none.csv'], 2, /^\/none\.csv: must be a file, there is none of this name \(ENOENT\)\n$/],
  ['import:hotline', [ROOT], 2, /: must be a file, it is a directory \(EISDIR\)\n$/],
  ['import:open311', ['/none.xml'], 2, /^\/none\.xml: must be a file, there is none of this name \(ENOENT\)\n$/],
  ['rules', ['preview', '/none.yaml'], 1, /^\/none\.yaml: must be a file, there is none of this name \(ENOENT\)\n$/],
  ['hotline:simulate', ['--key', 'k', '--count', 'many'], 2, /^--count must be a whole number; got "many"\nusage:/],
  ['hotline:simulate', ['--key', 'k', '--url', 'http://127.0.0.1:9'], 1, /^http:\/\/127\.0\.0\.1:9: nothing answers there/],
  ['hotline:simulate', ['--key', 'k', '--url', 'somewhere'], 1, /^somewhere: nothing answers there/],
] as const)('%s %j says in a sentence what is wrong', (name, args, code, said) => {
  const { status, stdout, stderr } = call(new Map(COMMANDS).get(name)!, ...args);
  expect([status, stdout]).toEqual([code, '']);
  expect(stderr).toMatch(said);
  expect(stderr).not.toMatch(/^\s+at /m);
});
