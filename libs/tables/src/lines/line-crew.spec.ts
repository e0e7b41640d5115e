import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { threadId } from 'node:worker_threads';
import { LineCrew, WORTH_BYTES } from './line-crew.js';
import { linesIn, type LineBlock } from './text-lines.js';

const LOADER = resolve(__dirname, '../../../../test/support/typescript.cjs');
const folder = mkdtempSync(join(tmpdir(), 'line-crew-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Answer {
  lines: string[];
  thread: number;
}

interface Setup {
  before: string;
  /** How many other threads are ready. */
  ready: Int32Array;
}

/** Another thread: “end” ends it, “throw” is a fault of its program. */
const HELPER = join(folder, 'helper.cjs');
writeFileSync(
  HELPER,
  `require(${JSON.stringify(LOADER)});
   const { threadId } = require('node:worker_threads');
   const { helpCrew } = require(${JSON.stringify(join(__dirname, 'line-crew.ts'))});
   const { linesIn } = require(${JSON.stringify(join(__dirname, 'text-lines.ts'))});
   helpCrew(({ before, ready }) => {
     Atomics.add(ready, 0, 1);
     if (before === '') throw new Error('no setup');
     return (block) => {
       const lines = [...linesIn(block)].map(({ number, text, fault }) => fault ?? before + number + text);
       if (lines.some((line) => line.includes('end'))) process.exit(7);
       if (lines.some((line) => line.includes('throw'))) throw new Error('the program is wrong');
       return { lines, thread: threadId };
     };
   });`,
);
const sleep = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
const here = (block: LineBlock): Answer => {
  sleep(block.number % 3); // now the others are quicker, now this one
  const lines = [...linesIn(block)].map((line) => ('fault' in line ? line.fault : `=${line.number}${line.text}`));
  return { lines, thread: threadId };
};

const LINE = '水'.repeat(1000);
const LINES = 20;
/** Blocks in a long input. */
const MANY = Math.ceil((WORTH_BYTES * 3) / (LINES * Buffer.byteLength(LINE)));

interface Input {
  blocks: number;
  threads: number;
  /** What stands in the lines of a block instead of water; “long” for a line that cannot be held. */
  words?: (block: number) => string;
  tell?: (answer: Answer) => Promise<void>;
  /** '': the other threads fail to begin. */
  before?: string;
  /** Thrown where the input would end. */
  fault?: Error;
}

/** Answers an input. Of a long one half is held back until all threads are ready: starting takes them longer than this little work. */
async function answers({ blocks, threads, words = () => LINE, tell, before = '=', fault }: Input) {
  const ready = new Int32Array(new SharedArrayBuffer(4));
  const told: Answer[] = [];
  const at = { read: 0 };
  const input = async function* (): AsyncGenerator<LineBlock> {
    for (; at.read < blocks; at.read++) {
      await new Promise(setImmediate);
      while (at.read >= MANY / 2 && ready[0]! < threads - 1) await new Promise((done) => setTimeout(done, 5));
      if (before === '') await new Promise((done) => setTimeout(done, 10)); // time enough to learn of it
      const number = at.read * LINES + 1;
      const word = words(at.read);
      yield word === 'long' ? { number, fault: 'is too long' } : { number, bytes: Buffer.from(`${word}\n`.repeat(LINES)) };
    }
    if (fault) throw fault;
  };
  const crew = new LineCrew<Setup, Answer>(HELPER, threads);
  let furthest = 0;
  const setup = { before, ready };
  const take = async (answer: Answer) => {
    furthest = Math.max(furthest, at.read - told.length);
    told.push(answer);
    await tell?.(answer);
  };
  const failure = await crew.answer({ blocks: input(), setup, here, tell: take }).then(
    () => null,
    (error: Error) => error.message,
  );
  return { failure, furthest, lines: told.flatMap(({ lines }) => lines), threads: new Set(told.map(({ thread }) => thread)).size };
}

describe('LineCrew', () => {
  it('answers as one thread does, in the same order, and a long input in all threads', async () => {
    const words = (block: number) => (block === MANY - 5 ? 'long' : `${LINE}${block}`);
    const alone = await answers({ blocks: MANY, threads: 1, words });
    const together = await answers({ blocks: MANY, threads: 3, words });
    expect(alone.lines).toHaveLength((MANY - 1) * LINES + 1);
    expect(together).toMatchObject({ failure: null, lines: alone.lines });
    expect([alone.threads, together.threads]).toEqual([1, 3]);
  });

  it('answers a short input alone: another thread would begin when all is done', async () => {
    expect(await answers({ blocks: 10, threads: 3 })).toMatchObject({ failure: null, threads: 1, lines: { length: 10 * LINES } });
  });

  it.each([
    ['end', /^from line \d+ on nothing is answered: a thread ended before its work was done \(exit code 7\)$/],
    ['throw', /^from line \d+ on nothing is answered: .*\(the program is wrong\)$/],
  ])('where a thread fails (%s), what stands before is told, nothing after it, and from where on', async (word, message) => {
    const words = (block: number) => (block > MANY / 2 ? word : LINE);
    const { failure, lines } = await answers({ blocks: MANY, threads: 3, words });
    expect(failure).toMatch(message);
    const from = Number(/\d+/.exec(failure!)![0]);
    expect(lines).toHaveLength(from - 1);
    expect(from).toBeGreaterThan((MANY / 2) * LINES);
  });

  it('where other threads cannot begin, that is said: slow work would hide it', async () => {
    const { failure } = await answers({ blocks: MANY, threads: 3, before: '' });
    expect(failure).toMatch(/^from line \d+ on nothing is answered: .*\(no setup\)$/);
  });

  it('reads no further than the answers are taken', async () => {
    const tell = () => new Promise<void>((done) => setTimeout(done, 5));
    const { failure, furthest, lines } = await answers({ blocks: MANY, threads: 3, tell });
    expect([failure, lines.length]).toEqual([null, MANY * LINES]);
    expect(furthest).toBeLessThan(MANY / 3);
  });

  it.each([1, 3])('with %i threads, ends where the answers cannot be told, or nothing more can be read', async (threads) => {
    const closed = await answers({ blocks: MANY, threads, tell: () => Promise.reject(new Error('closed')) });
    expect(closed).toMatchObject({ failure: 'closed', lines: { length: LINES } });
    const fault = new Error('the disk is gone');
    expect(await answers({ blocks: MANY, threads, fault })).toMatchObject({ failure: fault.message, lines: { length: MANY * LINES } });
  });
});
