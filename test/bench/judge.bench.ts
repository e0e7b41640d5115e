/**
 * How many texts `npm run judge` answers a second by the clock, from the start of its process to the end, as JSON: `npm run bench:judge`
 * (HUIYING_DATA; says so and ends where it is absent). The messages are written out twenty times over, and each way is measured three times.
 * Beside it, where Python has them (PYTHON names it), jieba and scikit-learn on the same texts (baseline.py).
 */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { measuredData } from '../support/measured-data.js';

const ROOT = resolve(__dirname, '../..');
const COPIES = 20;
const RUNS = 3;
/** Texts a second of character 1- to 3-grams and a linear SVM in Python, as the data's own account gives them. */
const PUBLISHED_PIPELINE = 760;

/** What `npm run NAME` starts once everything is built: the arguments of Node. */
function argumentsOf(name: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  return scripts[name]!.split('&& node ')[1]!.split(' ');
}

interface Run {
  seconds: number;
  memoryMb: number;
}

/** One run of judge, its answers written to a file. @throws Error where it fails */
async function run(args: string[], out: string): Promise<Run> {
  const before = performance.now();
  const file = openSync(out, 'w');
  const child = spawn(process.execPath, [...argumentsOf('judge'), ...args], { cwd: ROOT, stdio: ['ignore', file, 'pipe'] });
  let said = '';
  let memoryKb = 0;
  child.stderr!.on('data', (piece: Buffer) => (said += piece.toString()));
  const watch = setInterval(() => (memoryKb = Math.max(memoryKb, mostMemoryKb(child.pid!))), 200);
  const status = await new Promise((done) => child.on('close', done));
  clearInterval(watch);
  closeSync(file);
  if (status !== 0) throw new Error(`judge ${args.join(' ')} ended with ${String(status)}: ${said}`);
  return { seconds: (performance.now() - before) / 1000, memoryMb: Math.round(memoryKb / 1024) };
}

function mostMemoryKb(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // it has just ended
  }
}

async function measure(texts: number, args: string[], out: string) {
  const runs: Run[] = [];
  while (runs.length < RUNS) runs.push(await run(args, out));
  const perSecond = runs.map(({ seconds }) => Math.round(texts / seconds));
  const middle = perSecond.toSorted((a, b) => a - b)[RUNS >> 1]!;
  const most = Math.max(...runs.map(({ memoryMb }) => memoryMb));
  return { perSecond, middle, timesPublishedPipeline: Math.round((middle / PUBLISHED_PIPELINE) * 10) / 10, mostMemoryMb: most };
}

function baseline(messages: string): unknown {
  const done = spawnSync(process.env['PYTHON'] ?? 'python3', [join(__dirname, 'baseline.py'), messages], { encoding: 'utf8' });
  return done.status === 0 ? JSON.parse(done.stdout) : { didNotRun: done.stderr?.trim().split('\n').at(-1) ?? String(done.error) };
}

async function main(): Promise<void> {
  const messages = measuredData('messages/topic.jsonl');
  if (messages === null) return console.log(JSON.stringify({ bench: 'judge', didNotRun: 'no data: set HUIYING_DATA' }));
  const folder = mkdtempSync(join(tmpdir(), 'huiying-judge-'));
  try {
    const [model, input, out] = ['model', 'input', 'out'].map((name) => join(folder, name)) as [string, string, string];
    const learned = spawnSync(process.execPath, [...argumentsOf('learn'), '--out', model, messages], { cwd: ROOT, stdio: 'ignore' });
    if (learned.status !== 0) throw new Error(`learn ended with ${learned.status}`);
    const once = readFileSync(messages, 'utf8').trimEnd();
    writeFileSync(input, `${once}\n`.repeat(COPIES));
    const texts = once.split('\n').length * COPIES;
    const whole = [input, '--ours', '--channel', 'forum', '--model', model];
    const results = {
      whole: await measure(texts, whole, out),
      wholeInOneThread: await measure(texts, [...whole, '--threads', '1'], out),
      wholeByLexicon: await measure(texts, [input, '--ours', '--channel', 'forum'], out),
      topicOnly: await measure(texts, [...whole, '--only', 'topic'], out),
    };
    console.log(JSON.stringify({ bench: 'judge', texts, threads: availableParallelism(), ...results, python: baseline(messages) }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
