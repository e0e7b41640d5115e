import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, JudgedOpinions } from '@huiying/persistence';

/** Long enough for many opinions to be merged at once, short enough that a search has few to look through one by one. */
const MERGE_EVERY_MS = 5_000;

/** Merges the words of new opinions into the search index, so that no alert waits for it. Several processes may: the work is done once. */
@Injectable()
export class SearchIndexKeeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('search');
  private timer: NodeJS.Timeout | null = null;
  private merging: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(@Inject(Database) private readonly database: Database) {}

  onApplicationBootstrap(): void {
    this.rest();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    if (this.timer) clearTimeout(this.timer);
    await this.merging;
  }

  private rest(): void {
    if (this.stopping) return;
    this.timer = setTimeout(() => (this.merging = this.merge()), MERGE_EVERY_MS);
    this.timer.unref();
  }

  private async merge(): Promise<void> {
    try {
      await new JudgedOpinions(this.database).mergeWords();
    } catch (error) {
      this.logger.warn(`new words wait longer to be merged: ${(error as Error).message}`);
    }
    this.rest();
  }
}
