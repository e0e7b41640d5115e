import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { ChannelBook, type OpenChannel } from './channel-book.js';
import { DeliverySender } from './delivery-sender.js';

const POLL_MS = 1_000;

/** Keeps sending, each channel by itself: a server that is silent does not keep the others waiting. */
@Injectable()
export class DeliveryLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('notifying');
  private stopping = false;
  private running: Promise<unknown> = Promise.resolve();
  private readonly wakes = new Set<() => void>();

  constructor(
    @Inject(ChannelBook) private readonly book: ChannelBook,
    @Inject(DeliverySender) private readonly sender: DeliverySender,
  ) {}

  onApplicationBootstrap(): void {
    this.running = Promise.all(this.book.channels.map((channel) => this.run(channel)));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.sender.stop();
    this.wakes.forEach((wake) => wake());
    await this.running;
  }

  private async run(channel: OpenChannel): Promise<void> {
    while (!this.stopping) {
      try {
        while (!this.stopping && (await this.sender.sendOver(channel)) > 0);
      } catch (error) {
        if (!this.stopping) this.logger.warn(`sending stopped for ${POLL_MS} ms: ${(error as Error).message}`);
      }
      await this.sleep();
    }
  }

  private sleep(): Promise<void> {
    if (this.stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.wakes.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, POLL_MS);
      this.wakes.add(wake);
    });
  }
}
