import type { Clock } from '@huiying/domain';
import type { Pruned, Retention } from './retention.js';

const LOOK_EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Prunes once a day of the clock, for as long as the process lives. Several processes may do so: nothing is deleted twice. */
export class DailyRetention {
  private timer: NodeJS.Timeout | null = null;
  private lastAt: Date | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly retention: Retention,
    private readonly clock: Clock,
    private readonly voice: { log(message: string): void; warn(message: string): void },
  ) {}

  start(): void {
    this.look();
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  /** Waits for the pruning that is under way. */
  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  /** Prunes if a day has passed since the last time; a failure is tried again at the next look. */
  look(): void {
    this.running = this.running.then(() => this.pruneWhenDue());
  }

  private async pruneWhenDue(): Promise<void> {
    const now = this.clock.now();
    if (this.lastAt && now.getTime() - this.lastAt.getTime() < DAY_MS) return;
    try {
      const pruned = await this.retention.prune(now);
      this.lastAt = now;
      for (const word of await this.retention.mend()) this.voice.log(word);
      if (sum(pruned) > 0) this.voice.log(`retention of ${this.retention.days} days: removed ${JSON.stringify(pruned)}`);
    } catch (error) {
      this.voice.warn(`retention failed, trying again in an hour: ${(error as Error).message}`);
    }
  }
}

function sum(pruned: Pruned): number {
  return pruned.inbox + pruned.letters + pruned.outbox + pruned.records + pruned.texts;
}
