import type { SourceRow } from '@huiying/persistence';

/** Claimed sources waiting for a poller of this process: taken from the database some at a time, by one of those who want one. */
export class ClaimQueue {
  private waiting: SourceRow[] = [];
  private claiming: Promise<boolean> | null = null;

  constructor(private readonly claim: () => Promise<SourceRow[]>) {}

  /** The next source to poll; undefined where a claim finds none. Whoever asks later, with a host free again, may find some. */
  async next(): Promise<SourceRow | undefined> {
    while (this.waiting.length === 0) {
      this.claiming ??= this.fill().finally(() => (this.claiming = null));
      if (!(await this.claiming)) return this.waiting.shift();
    }
    return this.waiting.shift();
  }

  private async fill(): Promise<boolean> {
    const claimed = await this.claim();
    this.waiting.push(...claimed);
    return claimed.length > 0;
  }
}
