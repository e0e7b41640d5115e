import { Inject, Injectable } from '@nestjs/common';
import { Clock, dayNumber, localDateOf } from '@huiying/domain';
import { ChannelBook, ChannelHealth } from '../notifying/index.js';
import { Ticker } from '../ticking/index.js';
import { WorkflowStore } from '../timeline/index.js';

/** Days before the end of a credential on which it is told of. */
const TOLD_AT_DAYS = [14, 7, 3, 1, 0, -1] as const;
const DAY_MS = 86_400_000;

/** The threshold that a credential with so many days left has reached; null while there is time. Pure. */
export function expiryThreshold(daysLeft: number): number | null {
  return TOLD_AT_DAYS.findLast((days) => daysLeft <= days) ?? null;
}

/** Once a day looks whether a channel's credential runs out soon. */
@Injectable()
export class ChannelWatch extends Ticker {
  private watchedOn = '';

  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(ChannelBook) private readonly book: ChannelBook,
    @Inject(ChannelHealth) private readonly health: ChannelHealth,
    @Inject(Clock) clock: Clock,
  ) {
    super('channels', { tick: () => this.look(), nextAt: async () => new Date(clock.now().getTime() + DAY_MS) }, clock);
  }

  /** Returns 0: there is never more to do at once. Each threshold is told once, whatever process looks. */
  async look(): Promise<number> {
    const today = localDateOf(this.store.now());
    if (this.watchedOn === today) return 0;
    await this.book.vault.refresh();
    await this.store.change(async (tx, now) => {
      for (const { notifier, setting } of this.book.channels) {
        const expiresAt = this.book.vault.expiresOn(setting);
        if (expiresAt === null) continue;
        const daysLeft = dayNumber(expiresAt) - dayNumber(today);
        const threshold = expiryThreshold(daysLeft);
        if (threshold === null) continue;
        await this.health.tellExpiring(tx, notifier.channel, { at: expiresAt, threshold, daysLeft }, now);
      }
    });
    this.watchedOn = today;
    return 0;
  }
}
