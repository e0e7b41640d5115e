import type { Clock } from '@huiying/domain';
import { OutboxTable, type Database } from '@huiying/persistence';
import type { EventLog, LogVoice } from './event-log.js';

const BATCH = 500;
const POLL_MS = 1_000;

/**
 * Carries one service's outbox to the log. A crash between sending and marking sends again: readers claim by event id.
 * One relay per outbox is active; those of other processes stand by and take over when its connection ends.
 */
export class OutboxRelay {
  private stopping = false;
  private running: Promise<void> | null = null;
  private wake: () => void = () => undefined;
  private woken = false;
  private unlisten: (() => Promise<void>) | null = null;
  private letGo: (() => Promise<void>) | null = null;

  constructor(
    private readonly database: Database,
    private readonly log: EventLog,
    private readonly outbox: OutboxTable,
    private readonly clock: Clock,
    private readonly voice: LogVoice,
  ) {}

  static of(database: Database, schema: string, log: EventLog, clock: Clock, voice: LogVoice): OutboxRelay {
    return new OutboxRelay(database, log, new OutboxTable(database, schema), clock, voice);
  }

  async start(): Promise<void> {
    this.unlisten = await this.database.listen('huiying_outbox', (schema) => {
      if (schema === null || schema === this.outbox.schema) this.rouse();
    });
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.rouse();
    await this.letGo?.();
    await this.running;
    await this.unlisten?.();
  }

  private async run(): Promise<void> {
    let wait = POLL_MS;
    while (!this.stopping) {
      try {
        await this.serve();
        wait = POLL_MS;
      } catch (error) {
        if (this.stopping) return;
        this.voice.warn(`relay of ${this.outbox.schema}: trying again in ${wait} ms: ${(error as Error).message}`);
        await this.sleep(wait);
        wait = Math.min(wait * 2, 30_000);
      }
    }
  }

  /** Holds the relay's lock and sends until stopped or until the lock's connection is lost. */
  private async serve(): Promise<void> {
    let lost = false;
    this.letGo = await this.outbox.becomeRelay(() => {
      lost = true;
      this.rouse();
    });
    try {
      while (!this.stopping && !lost) {
        if ((await this.sendSome()) < BATCH) await this.sleep(POLL_MS);
      }
    } finally {
      await this.letGo();
    }
    if (lost && !this.stopping) throw new Error('the connection that held the lock ended');
  }

  private async sendSome(): Promise<number> {
    const pending = await this.outbox.pending(BATCH);
    if (pending.length === 0) return 0;
    await this.log.publish(pending.map(({ topic, key, payload }) => ({ topic, key, value: payload })));
    await this.outbox.markPublished(
      pending.map((p) => p.position),
      this.clock.now(),
    );
    return pending.length;
  }

  private rouse(): void {
    this.woken = true;
    this.wake();
  }

  private async sleep(ms: number): Promise<void> {
    if (!this.woken && !this.stopping) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.woken = false;
  }
}
