import { statSync } from 'node:fs';
import { parentPort, Worker } from 'node:worker_threads';
import type { LineBlock } from './text-lines.js';

/** From so many bytes on other threads are worth their start; an answer to fewer is there before they would have begun. */
export const WORTH_BYTES = 1 << 20;
/** So many blocks lie with a thread: one in work, and the next. */
const AT_HAND = 2;
/** So many answers for each thread may wait for an earlier one: a slow block does not stop the others, and memory stays flat. */
const AHEAD = 4;

export interface Questions<Setup, Answer> {
  blocks: AsyncIterable<LineBlock>;
  /** Handed to each other thread, by structured clone. */
  setup: Setup;
  /** Answers in this thread. Every thread makes the same answers. */
  here: (block: LineBlock) => Answer;
  /** Told every answer, in the order of the blocks, one at a time; where it is slow, no more is read. */
  tell: (answer: Answer) => Promise<void>;
}

/** Answers blocks of lines in this thread, and of long inputs in others too. */
export class LineCrew<Setup, Answer> {
  private helpers: Helper<Setup, Answer>[] = [];
  private isCalled = false;

  /**
   * @param file what another thread runs; it calls `helpCrew`
   * @param threads this one counted
   */
  constructor(
    private readonly file: string,
    private readonly threads: number,
  ) {}

  /** Where the file is long, the other threads begin to load their code at once; where its length is not known, once enough was read. */
  callFor(file: string): void {
    const about = statSync(file, { throwIfNoEntry: false });
    if (about?.isFile() && about.size > WORTH_BYTES) this.call();
  }

  private call(): void {
    this.isCalled = true;
    this.helpers = Array.from({ length: this.threads - 1 }, () => new Helper(new Worker(this.file)));
  }

  /** @throws what reading, answering or telling throws, and Error where a thread ended; the answers to what stands before are told first */
  async answer({ blocks, setup, here, tell }: Questions<Setup, Answer>): Promise<void> {
    const underWay: Promise<void>[] = [];
    let last = Promise.resolve();
    let bytes = 0;
    this.helpers.forEach((helper) => helper.prepare(setup));
    try {
      for await (const block of blocks) {
        bytes += 'fault' in block ? 0 : block.bytes.length;
        if (!this.isCalled && bytes > WORTH_BYTES) {
          this.call();
          this.helpers.forEach((helper) => helper.prepare(setup));
        }
        const answer = this.helpers.find((helper) => helper.hasRoom)?.answer(block) ?? here(block);
        last = last.then(async () => tell(await answer));
        for (const promise of [Promise.resolve(answer), last]) promise.catch(() => undefined); // it is awaited below, in its turn
        underWay.push(last);
        if (underWay.length > AHEAD * (1 + this.helpers.length)) await underWay.shift();
      }
    } finally {
      await last.finally(() => this.helpers.forEach((helper) => helper.dismiss()));
    }
  }
}

interface Asked<Answer> {
  line: number;
  done: (answer: Answer) => void;
  fail: (error: Error) => void;
}

/** Another thread, as the one that called it sees it. */
class Helper<Setup, Answer> {
  private readonly asked: Asked<Answer>[] = [];
  private isReady = false;
  private ended: string | null = null;

  constructor(private readonly worker: Worker) {
    worker.unref(); // until it has a part in the work
    worker.on('message', (answer: Answer) => {
      if (this.isReady) this.asked.shift()!.done(answer);
      this.isReady = true;
    });
    worker.on('error', (error) => this.end(error.message));
    worker.on('exit', (code) => this.end(`exit code ${code}`));
  }

  prepare(setup: Setup): void {
    this.worker.ref();
    this.worker.postMessage(setup);
  }

  /** Also of one that ended: whoever asks it learns of that. */
  get hasRoom(): boolean {
    return this.ended !== null || (this.isReady && this.asked.length < AT_HAND);
  }

  answer(block: LineBlock): Promise<Answer> {
    return new Promise((done, fail) => {
      if (this.ended !== null) return fail(notAnswered(block.number, this.ended));
      this.asked.push({ line: block.number, done, fail });
      this.worker.postMessage(block);
    });
  }

  dismiss(): void {
    void this.worker.terminate();
  }

  private end(how: string): void {
    this.ended ??= how;
    for (const { line, fail } of this.asked.splice(0)) fail(notAnswered(line, this.ended));
  }
}

function notAnswered(line: number, how: string): Error {
  return new Error(`from line ${line} on nothing is answered: a thread ended before its work was done (${how})`);
}

/** What the file of another thread calls. @param prepare makes of the setup what answers a block */
export function helpCrew<Setup, Answer>(prepare: (setup: Setup) => (block: LineBlock) => Answer): void {
  const port = parentPort!;
  port.once('message', (setup: Setup) => {
    const answer = prepare(setup);
    port.on('message', (block: LineBlock) => port.postMessage(answer(block)));
    port.postMessage('ready');
  });
}
