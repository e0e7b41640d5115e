import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, JudgedOpinions } from '@huiying/persistence';

/** Long enough for many opinions to be merged at once, short enough that a search has few to look through one by one. */
const LOOK_EVERY_MS = 5_000;
/** So many that come between two looks are a rush. */
const RUSH = 1_000;
/** A search reads what waits from end to end: this many opinions in some 25 ms (measured on a busy machine). */
const MOST_WAITING = 20_000;

/**
 * Whether the words of new opinions are to be merged now. Not in the middle of a rush: merging takes a third of the server's work, and
 * alerts come first. Below zero the server has begun to count anew.
 * @param waiting opinions since the last merge
 * @param fresh those of them since the last look
 */
export function isMergeDue(waiting: number, fresh: number): boolean {
  return waiting < 0 || (waiting > 0 && (fresh < RUSH || waiting >= MOST_WAITING));
}

/** Merges the words of new opinions into the search index, so that no alert waits for it. Several processes may: the work is done once. */
@Injectable()
export class SearchIndexKeeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('search');
  private timer: NodeJS.Timeout | null = null;
  private merging: Promise<void> = Promise.resolve();
  private stopping = false;
  /** Opinions written, by the server's count: at the last look, and at the last merge. */
  private seen = 0;
  private merged = 0;

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
    this.timer = setTimeout(() => (this.merging = this.merge()), LOOK_EVERY_MS);
    this.timer.unref();
  }

  private async merge(): Promise<void> {
    try {
      const opinions = new JudgedOpinions(this.database);
      const written = await opinions.written();
      const due = isMergeDue(written - this.merged, written - this.seen);
      this.seen = written;
      if (due) {
        await opinions.mergeWords();
        this.merged = written;
      }
    } catch (error) {
      this.logger.warn(`new words wait longer to be merged: ${(error as Error).message}`);
    }
    this.rest();
  }
}
