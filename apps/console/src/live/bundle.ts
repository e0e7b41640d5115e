/**
 * Collects what comes in bursts and hands it on in batches: the first at once after `quickMs`, the next not sooner
 * than `paceMs` after the last, so that fifty changes a second ask the server for one renewal.
 */
export class Bundle<T> {
  private waiting: T[] = [];
  private timer: ReturnType<typeof setTimeout> | null = null;
  private lastAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly flush: (batch: T[]) => void,
    private readonly counter: () => number,
    private readonly quickMs = 150,
    private readonly paceMs = 1200,
  ) {}

  add(item: T): void {
    this.waiting.push(item);
    if (this.timer !== null) return;
    const wait = Math.max(this.quickMs, this.lastAt + this.paceMs - this.counter());
    this.timer = setTimeout(() => this.send(), wait);
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.waiting = [];
  }

  private send(): void {
    const batch = this.waiting;
    this.waiting = [];
    this.timer = null;
    this.lastAt = this.counter();
    this.flush(batch);
  }
}
