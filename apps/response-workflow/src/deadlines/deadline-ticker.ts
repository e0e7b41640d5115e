import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '@huiying/domain';
import { DeadlineEngine } from './deadline-engine.js';

/** The longest sleep: the bound on lateness of a clock that was stamped while we slept. */
const LONGEST_SLEEP_MS = 1_000;
const SHORTEST_SLEEP_MS = 20;

/** Runs the engine: wakes when the next step is due, or every second. */
@Injectable()
export class DeadlineTicker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('deadlines');
  private stopping = false;
  private running: Promise<void> = Promise.resolve();
  private wake: () => void = () => undefined;

  constructor(
    @Inject(DeadlineEngine) private readonly engine: DeadlineEngine,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

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
        while (!this.stopping && (await this.engine.tick()) > 0);
        const next = await this.engine.nextStepAt();
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
