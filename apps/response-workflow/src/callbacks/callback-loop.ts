import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CALLBACK_CHANNEL, Database } from '@huiying/persistence';
import { CallbackSender } from './callback-sender.js';

/** Back-off grows by seconds; looking once a second is soon enough where nothing is announced. */
const LOOK_EVERY_MS = 1_000;

/** Tells receivers as soon as there is something to tell, and tries again what was not taken when its time comes. */
@Injectable()
export class CallbackLoop implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('callbacks');
  private unlisten: (() => Promise<void>) | null = null;
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = false;

  constructor(
    @Inject(CallbackSender) private readonly sender: CallbackSender,
    @Inject(Database) private readonly database: Database,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.unlisten = await this.database.listen(CALLBACK_CHANNEL, () => this.wake());
    this.timer = setInterval(() => this.wake(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearInterval(this.timer);
    // The turn under way is told first: it would go on for its whole time, and we wait for its end.
    await this.sender.stop();
    await this.unlisten?.();
    await this.running;
    await this.sender.close();
  }

  private wake(): void {
    this.again = true;
    this.running ??= this.run().finally(() => (this.running = null));
  }

  private async run(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false;
      try {
        while (!this.stopped && (await this.sender.sendDue()) > 0);
      } catch (error) {
        this.logger.warn(`tried again in ${LOOK_EVERY_MS} ms: ${(error as Error).message}`);
        return;
      }
    }
  }
}
