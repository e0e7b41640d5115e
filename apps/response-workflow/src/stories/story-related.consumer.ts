import { Controller, Inject } from '@nestjs/common';
import { TOPICS, type StoryRelatedV1 } from '@huiying/contracts';
import { stableId } from '@huiying/domain';
import { Reads } from '@huiying/messaging';
import { StoryGroups } from '@huiying/persistence';
import { SYSTEM, WorkflowStore } from '../timeline/index.js';
import { StoryMerger } from './story-merger.js';

/** The inbox and consumer-group name. */
const READER = 'story-grouping';

/** What the classifier found of stories: two that are one are merged here too; of two that may be one an officer is asked. */
@Controller()
export class StoryRelatedConsumer {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(StoryMerger) private readonly merger: StoryMerger,
  ) {}

  @Reads(TOPICS.storyRelated, READER, { batchSize: 20, parallel: 1 })
  async take(events: StoryRelatedV1[]): Promise<void> {
    await this.store.once(READER, events, async (tx, fresh, at) => {
      const groups = new StoryGroups(tx);
      for (const { id, data } of fresh) {
        const reason = `内容相近度 ${Math.round(data.likeness * 100)}%`;
        const act = {
          id: stableId('story-act', id),
          storyId: data.storyId,
          otherStoryId: data.otherStoryId,
          likeness: data.likeness,
          opinions: [],
          reason,
          byWhom: SYSTEM,
          at,
        };
        if (data.verdict === 'perhaps') {
          await groups.addAct({ ...act, kind: 'perhaps' });
          continue;
        }
        const pair = await this.merger.merge(tx, { kept: data.storyId, gone: data.otherStoryId, by: SYSTEM, reason, at });
        if (pair) await groups.addAct({ ...act, kind: 'merge', storyId: pair[0], otherStoryId: pair[1] });
      }
    });
  }
}
