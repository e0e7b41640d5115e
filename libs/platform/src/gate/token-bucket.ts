/** Few enough that a tenth of a minute's worth would stop a person who tries things out. */
const AT_ONCE = 5;

/** Lets so many requests a minute through; a tenth of a minute's worth may come at once, or five where that is fewer. */
export class TokenBucket {
  private readonly perSecond: number;
  /** As many may come at once. */
  readonly most: number;
  private left: number;
  private filledAt: number | null = null;

  constructor(perMinute: number) {
    this.perSecond = perMinute / 60;
    this.most = Math.min(perMinute, Math.max(AT_ONCE, Math.floor(perMinute / 10)));
    this.left = this.most;
  }

  /** Seconds to wait, 0 where the request may pass. */
  take(now: Date): number {
    const at = now.getTime();
    this.left = Math.min(this.most, this.left + (Math.max(0, at - (this.filledAt ?? at)) / 1000) * this.perSecond);
    this.filledAt = at;
    if (this.left >= 1) {
      this.left -= 1;
      return 0;
    }
    return Math.ceil((1 - this.left) / this.perSecond);
  }
}
