import { OutboxTable, type Database, type RelayRight } from '@huiying/persistence';
import { Bell } from './bell.js';
import type { EventLog, Load, LogVoice } from './event-log.js';

const BATCH = 500;
/** The bound on lateness should a notification be lost. */
const POLL_MS = 5_000;
/** Between two batches that were not full: what comes meanwhile goes together, for a batch of one costs as much as one of twenty. */
const GATHERED_MS = 40;
/** How soon a relay that stands by takes over from one that died. */
const STAND_BY_MS = 1_000;
const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 30_000;
const NOTHING: Load = { positions: [], send: () => Promise.resolve() };

/**
 * Carries one service's outbox to the log. A crash between sending and marking sends again: readers claim by event id.
 * One relay per outbox is active; those of other processes stand by and take over when its connection ends.
 */
export class OutboxRelay {
  private stopping = false;
  private running: Promise<void> = Promise.resolve();
  private readonly news = new Bell();
  private readonly end = new Bell();
  private unlisten: (() => Promise<void>) | null = null;
  private rest = FIRST_REST_MS;

  constructor(
    private readonly log: EventLog,
    private readonly outbox: OutboxTable,
    private readonly database: Database,
    private readonly voice: LogVoice,
  ) {}

  static of(database: Database, schema: string, log: EventLog, voice: LogVoice): OutboxRelay {
    return new OutboxRelay(log, new OutboxTable(database, schema), database, voice);
  }

  async start(): Promise<void> {
    this.unlisten = await this.database.listen('huiying_outbox', (schema) => {
      if (schema === null || schema === this.outbox.schema) this.news.ring();
    });
    this.running = this.run();
  }

  /** Ends after the batch in work; what is unsent stays in the outbox. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.news.ring();
    this.end.ring();
    await this.running;
    await this.unlisten?.();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        const right = await this.outbox.becomeRelay(
          () => this.news.ring(),
          () => this.standBy(),
        );
        if (right) await this.serve(right);
      } catch (error) {
        if (this.stopping) return;
        this.voice.warn(`relay of ${this.outbox.schema}: trying again in ${this.rest} ms: ${(error as Error).message}`);
        await this.end.wait(0, this.rest);
        this.rest = Math.min(this.rest * 2, LONGEST_REST_MS);
      }
    }
  }

  private async standBy(): Promise<boolean> {
    await this.end.wait(0, STAND_BY_MS);
    return !this.stopping;
  }

  /** Sends until stopped or until the right is lost with its connection. */
  private async serve(right: RelayRight): Promise<void> {
    try {
      while (!this.stopping && !right.isLost()) {
        const heard = this.news.rings;
        await this.sendAll(right);
        this.rest = FIRST_REST_MS;
        await this.end.wait(0, GATHERED_MS);
        await this.news.wait(heard, POLL_MS);
      }
    } finally {
      await right.letGo();
    }
  }

  /** Sends until nothing is left. The next batch is fetched while one is on its way, but sent only after it: order per key. */
  private async sendAll(right: RelayRight): Promise<void> {
    let load = await this.log.load(this.outbox, BATCH, []);
    // Whoever adds to the outbox rings: after a batch that was not full there is nothing to fetch but what rings again.
    while (load.positions.length > 0 && !this.stopping && !right.isLost()) {
      const { positions } = load;
      const sent = load.send().then(() => this.outbox.markSent(positions));
      const next = positions.length < BATCH ? Promise.resolve(NOTHING) : this.log.load(this.outbox, BATCH, positions);
      [load] = await Promise.all([next, sent]);
    }
  }
}
