import { Logger } from '@nestjs/common';
import type { Clock } from '@huiying/domain';
import { liveHotline } from '../demo/index.js';
import type { DemoState } from './demo-state.js';

const LOOK_EVERY_MS = 15_000;
/** Calls that came while the copy was not running are posted up to this far back; an order posted twice changes nothing. */
const LOOK_BACK_MS = 3_600_000;

/** The demo city's hotline: posts its calls over HTTP, as the real one's system would. */
export class LiveCalls {
  private readonly logger = new Logger('demo-hotline');
  private timer: NodeJS.Timeout | null = null;
  private readonly liveAt: Date;
  private postedUntil: Date;

  constructor(
    private readonly demo: DemoState,
    private readonly intakeUrl: string,
    private readonly clock: Clock,
  ) {
    this.liveAt = demo.liveAt ?? demo.startedAt;
    this.postedUntil = new Date(Math.max(this.liveAt.getTime(), clock.now().getTime() - LOOK_BACK_MS));
  }

  start(): void {
    this.timer = setInterval(() => void this.post(), LOOK_EVERY_MS);
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
  }

  private async post(): Promise<void> {
    const until = this.clock.now();
    const records = liveHotline(this.liveAt, this.postedUntil, until).map((step) => step.record);
    try {
      for (let from = 0; from < records.length; from += 1000) await this.send(records.slice(from, from + 1000));
      this.postedUntil = until;
    } catch (error) {
      this.logger.warn(`not taken, tried again in ${LOOK_EVERY_MS / 1000} s: ${(error as Error).message}`);
    }
  }

  private async send(records: unknown[]): Promise<void> {
    const answer = await fetch(`${this.intakeUrl}/api/hotline/records`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': this.demo.hotlineKey },
      body: JSON.stringify({ records }),
    });
    if (!answer.ok) throw new Error(`the intake answered ${answer.status}`);
  }
}
