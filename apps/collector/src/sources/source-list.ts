import type { Clock, WorkCalendar } from '@huiying/domain';
import { CollectorSources, type SourceEntry, type Store } from '@huiying/persistence';
import { entryOf, withHotline, type CollectorSource } from './collector-source.js';
import { BY_WEEKDAY } from './settle-source.js';

/** The sources this process works with, written to the database once before anything else is done with them. */
export class SourceList {
  readonly sources: readonly CollectorSource[];
  private written: Promise<void> | null = null;

  constructor(
    sources: readonly CollectorSource[],
    readonly store: Store,
    private readonly clock: Clock,
    /** Working days, by which a source's rhythm is reckoned. */
    readonly calendar: WorkCalendar = BY_WEEKDAY,
    /** What stands on the list besides what is polled at an address. */
    private readonly others: readonly SourceEntry[] = [],
  ) {
    this.sources = withHotline(sources);
  }

  /** The source that hotline records belong to. */
  get hotline(): CollectorSource {
    return this.sources.find((s) => s.kind === 'hotline')!;
  }

  /** Resolves when the database has the list; a failure is tried again by the next caller. */
  ready(): Promise<void> {
    this.written ??= this.write().catch((error: unknown) => {
      this.written = null;
      throw error;
    });
    return this.written;
  }

  private write(): Promise<void> {
    return this.store.change((tx) => new CollectorSources(tx).replace([...this.sources.map(entryOf), ...this.others], this.clock.now()));
  }
}
