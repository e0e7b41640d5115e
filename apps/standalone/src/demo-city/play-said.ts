import type { INestApplicationContext } from '@nestjs/common';
import { stableId, type Clock } from '@huiying/domain';
import { CollectorService, HotlineIntake } from '../../../collector/src/index.js';
import { HOTLINE_SOURCE_ID, type FeedItemStep, type HotlineStep } from '../demo/index.js';
import { readAsFeed } from './past-feed.js';
import type { OrderPlayer } from './play-orders.js';
import type { Said } from './stretches.js';

/** Takes in what was said through the collector's own doors; knows which opinion began which story. */
export class SaidPlayer {
  private readonly opinionIds = new Map<string, string>();

  constructor(
    private readonly services: INestApplicationContext,
    private readonly clock: Clock,
    private readonly sitePort: number,
    private readonly orders: OrderPlayer,
  ) {}

  /** The opinion that began a story. @throws Error before it was said */
  opinionOf(storyKey: string): string {
    const id = this.opinionIds.get(storyKey);
    if (id === undefined) throw new Error(`nothing was said of story ${storyKey} yet`);
    return id;
  }

  /** Each source is asked once, as in a round of polls; the hotline hands in its records together. */
  async play(said: readonly Said[]): Promise<void> {
    const items = said.filter((step) => step.kind === 'feed-item');
    const sources = [...new Set(items.map(({ sourceId }) => sourceId))];
    await Promise.all([
      ...sources.map((id) =>
        this.feedItems(
          id,
          items.filter(({ sourceId }) => sourceId === id),
        ),
      ),
      this.records(said.filter((step) => step.kind === 'hotline')),
    ]);
  }

  private async feedItems(sourceId: string, steps: readonly FeedItemStep[]): Promise<void> {
    const published = steps.map(({ item }) => item);
    const items = await readAsFeed(sourceId, published, this.sitePort);
    await this.services.get(CollectorService).collect(sourceId, items, { capturedAt: this.clock.now() });
    for (const [i, { storyKey }] of steps.entries()) if (storyKey) this.opinionIds.set(storyKey, stableId(sourceId, items[i]!.guid!));
  }

  private async records(steps: readonly HotlineStep[]): Promise<void> {
    if (steps.length === 0) return;
    const records = steps.map(({ record, at }) => this.orders.plan(record, at));
    const answer = await this.services.get(HotlineIntake).take(records);
    if (answer.rejected > 0) throw new Error(`hotline record refused: ${JSON.stringify(answer.results)}`);
    for (const { storyKey, record } of steps) if (storyKey) this.opinionIds.set(storyKey, stableId(HOTLINE_SOURCE_ID, record.orderNo));
  }
}
