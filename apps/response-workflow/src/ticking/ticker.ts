import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Clock } from '@huiying/domain';

/** The longest sleep: the bound on lateness of what was stamped while we slept. */
const LONGEST_SLEEP_MS = 1_000;
const SHORTEST_SLEEP_MS = 20;

/** Something that has due rows. */
export interface Due {
  /** Does some of what is due. Returns how much it looked at: 0 = all is done. */
  tick(): Promise<number>;
  /** When the next is due; null where nothing is. */
  nextAt(): Promise<Date | null>;
}

/** Runs an engine of due rows: wakes when the next is due, or every second. */
export abstract class Ticker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger: Logger;
  private stopping = false;
  private running: Promise<void> = Promise.resolve();
  private wake: () => void = () => undefined;

  constructor(
    name: string,
    private readonly due: Due,
    private readonly clock: Clock,
  ) {
    this.logger = new Logger(name);
  }

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      let sleep = LONGEST_SLEEP_MS;
      try {
        while (!this.stopping && (await this.due.tick()) > 0);
        const next = await this.due.nextAt();
        if (next) sleep = Math.min(Math.max(next.getTime() - this.clock.now().getTime(), SHORTEST_SLEEP_MS), LONGEST_SLEEP_MS);
      } catch (error) {
        if (!this.stopping) this.logger.warn(`a tick failed, trying again: ${(error as Error).message}`);
      }
      await this.sleep(sleep);
    }
  }

  private sleep(ms: number): Promise<void> {
    if (this.stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
