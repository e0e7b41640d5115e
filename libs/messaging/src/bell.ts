/** Wakes who sleeps, and who was just about to: a ring between looking and sleeping is not lost, because rings are counted. */
export class Bell {
  private count = 0;
  private readonly sleepers = new Set<() => void>();

  /** To be read before looking for work, and given to `wait` when there was none. */
  get rings(): number {
    return this.count;
  }

  ring(): void {
    this.count++;
    for (const wake of [...this.sleepers]) wake();
  }

  /** Returns after `ms`, or at the first ring since the count was `heard`. */
  async wait(heard: number, ms: number): Promise<void> {
    if (this.count !== heard) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.sleepers.add(wake);
    });
  }
}
