import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@huiying/domain';
import { Ticker } from '../ticking/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { KnowledgeKeeper } from './knowledge-keeper.js';

const LOOK_EVERY_MS = 60_000;

/** Takes entries whose last day is over out of use, and tells the systems that have them. */
@Injectable()
export class KnowledgeTicker extends Ticker {
  private lookedAt = 0;

  constructor(@Inject(WorkflowStore) store: WorkflowStore, @Inject(KnowledgeKeeper) keeper: KnowledgeKeeper, @Inject(Clock) clock: Clock) {
    const tick = async () => {
      const now = clock.now().getTime();
      if (Math.abs(now - this.lookedAt) < LOOK_EVERY_MS) return 0;
      const expired = await store.change((tx, at) => keeper.expire(tx, at));
      // There may be more than were taken at once.
      if (expired === 0) this.lookedAt = now;
      return expired;
    };
    super('knowledge', { tick, nextAt: async () => new Date(clock.now().getTime() + LOOK_EVERY_MS) }, clock);
  }
}
