/** Most items that go together; one caller's are never parted. */
const MOST_TOGETHER = 500;

interface Waiting<T> {
  items: readonly T[];
  done: () => void;
  failed: (error: unknown) => void;
}

/**
 * Lets callers share a piece of work that only one may do at a time: those that come while it is being done go together in the next turn.
 * Nobody waits for company: who comes alone goes at once. Where a turn fails its callers go one by one, so that each has its own failure.
 */
export class SharedTurns<T> {
  private waiting: Waiting<T>[] = [];
  private isWorking = false;

  /** @param work all of the items or, where it throws, none of them */
  constructor(private readonly work: (items: T[]) => Promise<void>) {}

  /** Returns when the items are done. @throws what `work` throws for them alone */
  take(items: readonly T[]): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ items, done, failed });
      if (!this.isWorking) void this.serve();
    });
  }

  private async serve(): Promise<void> {
    this.isWorking = true;
    for (let turn = this.nextTurn(); turn.length > 0; turn = this.nextTurn()) {
      try {
        await this.work(turn.flatMap((one) => one.items));
        turn.forEach((one) => one.done());
      } catch (error) {
        if (turn.length === 1) turn[0]!.failed(error);
        else for (const one of turn) await this.work([...one.items]).then(one.done, one.failed);
      }
    }
    this.isWorking = false;
  }

  private nextTurn(): Waiting<T>[] {
    let items = 0;
    const beyond = this.waiting.findIndex((one, i) => (items += one.items.length) > MOST_TOGETHER && i > 0);
    return this.waiting.splice(0, beyond === -1 ? this.waiting.length : beyond);
  }
}
