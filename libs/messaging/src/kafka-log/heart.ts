/**
 * Keeps this process a member of its group while one batch is in work. kafkajs itself sends heartbeats only between batches.
 * A handler that neither returns nor beats for `patienceMs` is taken for dead: its partitions go to another process.
 */
export class Heart {
  private timer: NodeJS.Timeout | null = null;
  private lastBeatAt = performance.now();
  private failure: unknown = null;

  constructor(
    private readonly heartbeat: () => Promise<void>,
    private readonly everyMs: number,
    private readonly patienceMs: number,
  ) {}

  /** What a heartbeat met, e.g. that the group is rebalancing. To be thrown to kafkajs once the batch's position is committed. */
  get trouble(): unknown {
    return this.failure;
  }

  start(): void {
    this.timer = setInterval(() => {
      if (performance.now() - this.lastBeatAt < this.patienceMs) void this.send();
    }, this.everyMs);
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
  }

  /** For the handler. Never throws: a rebalance says nothing about the events it is handling. */
  readonly beat = async (): Promise<void> => {
    this.lastBeatAt = performance.now();
    await this.send();
  };

  private async send(): Promise<void> {
    try {
      await this.heartbeat();
    } catch (error) {
      this.failure ??= error;
    }
  }
}
