import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@huiying/domain';
import { Database, Store, type Tx } from '@huiying/persistence';
import { withStepBook } from './step-book.js';

/** The store of this service, with the one instant at which everything inside a change happens. */
@Injectable()
export class WorkflowStore {
  private readonly store: Store;

  constructor(
    @Inject(Database) readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    this.store = new Store(database, 'workflow');
  }

  now(): Date {
    return this.clock.now();
  }

  /** A change asked for by a person or a clock: one commit with what it tells. */
  change<T>(work: (tx: Tx, now: Date) => Promise<T>): Promise<T> {
    const now = this.now();
    return this.store.change((tx) => withStepBook(tx, () => work(tx, now)));
  }

  /** A batch of events read by `reader`, each once. */
  once<E extends { id: string }>(
    reader: string,
    events: readonly E[],
    work: (tx: Tx, fresh: E[], now: Date) => Promise<void>,
  ): Promise<void> {
    const now = this.now();
    return this.store.once(reader, events, (tx, fresh) => withStepBook(tx, () => work(tx, fresh, now)));
  }
}
