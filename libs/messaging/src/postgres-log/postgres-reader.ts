import type { Claim, Claims, Database } from '@huiying/persistence';
import type { LogVoice, Reading } from '../event-log.js';
import { Bell } from '../bell.js';

/** How long a reader sleeps when nobody wakes it: the bound on lateness should a notification be lost. */
const POLL_MS = 5_000;
/** How soon it looks again for partitions that others hold: the bound on taking over from a process that died. */
const TAKE_OVER_MS = 500;
const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 30_000;
/** Batches of one partition before the others are looked at. */
const BATCHES_PER_CLAIM = 20;

/** One process's part of a reader group: `parallel` loops, each claiming a partition, handling batches, moving the position. */
export class PostgresReader {
  private stopping = false;
  private loops: Promise<void>[] = [];
  private readonly news = new Bell();
  private readonly end = new Bell();
  private unlisten: (() => Promise<void>) | null = null;

  constructor(
    private readonly database: Database,
    private readonly claims: Claims,
    private readonly reading: Reading,
    private readonly voice: LogVoice,
  ) {}

  async start(): Promise<void> {
    const topics = new Set(this.reading.topics);
    this.unlisten = await this.database.listen('huiying_log', (topic) => {
      if (topic === null || topics.has(topic)) this.news.ring();
    });
    this.loops = Array.from({ length: this.reading.parallel }, () => this.loop());
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.news.ring();
    this.end.ring();
    await Promise.all(this.loops);
    await this.unlisten?.();
  }

  /** Records that partitions are claimed together for; those that are far behind go alone, so that other processes have some too. */
  private get together(): number {
    return this.reading.mixed ? this.reading.batchSize : 0;
  }

  private async loop(): Promise<void> {
    let rest = FIRST_REST_MS;
    while (!this.stopping) {
      const heard = this.news.rings;
      try {
        const { claim, othersHold, isAll } = await this.claims.take(this.reading.reader, this.reading.topics, this.together);
        const isDone = claim === null || (await this.work(claim));
        // What came after the claims were taken has rung.
        if (isDone && (claim === null || isAll)) await this.news.wait(heard, othersHold ? TAKE_OVER_MS : POLL_MS);
        rest = FIRST_REST_MS;
      } catch (error) {
        if (this.stopping) return;
        this.voice.warn(`${this.reading.reader}: reading stopped for ${rest} ms: ${(error as Error).message}`);
        await this.end.wait(0, rest);
        rest = Math.min(rest * 2, LONGEST_REST_MS);
      }
    }
  }

  /** @returns whether it read all there was */
  private async work(claim: Claim): Promise<boolean> {
    try {
      for (let done = 0; done < BATCHES_PER_CLAIM && !this.stopping; done++) {
        const stretch = await claim.read(this.reading.batchSize);
        if (stretch.steps.length === 0) return true;
        if (stretch.records.length > 0) await this.reading.handle(stretch.records, beatOf(claim));
        await claim.moveOn(stretch);
        if (stretch.isLast) return true;
      }
      return false;
    } finally {
      await claim.release();
    }
  }
}

/** A handler that waits learns here that its partition has gone to somebody else. */
function beatOf(claim: Claim): () => Promise<void> {
  return async () => {
    if (claim.isLost) throw new Error(`the claim on ${claim.topic} was lost with its connection`);
  };
}
