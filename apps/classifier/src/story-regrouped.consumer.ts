import { Controller, Inject } from '@nestjs/common';
import { TOPICS, type StoryRegroupedV1 } from '@huiying/contracts';
import { Reads } from '@huiying/messaging';
import { REGROUPING, StoryRegrouper } from './stories/index.js';

@Controller()
export class StoryRegroupedConsumer {
  constructor(@Inject(StoryRegrouper) private readonly regrouper: StoryRegrouper) {}

  @Reads(TOPICS.storyRegrouped, REGROUPING, { batchSize: 20, parallel: 1 })
  on(events: StoryRegroupedV1[]): Promise<void> {
    return this.regrouper.take(events);
  }
}
