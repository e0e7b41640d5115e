import { Controller, Inject } from '@nestjs/common';
import { TOPICS, type OpinionCollectedV1, type SchemeChangedV1, type StoryRegroupedV1 } from '@huiying/contracts';
import { Reads } from '@huiying/messaging';
import { CLASSIFIER, Classifying } from './classifying.js';
import { SCHEME_READER } from './schemes/index.js';
import { REGROUPING } from './stories/index.js';

@Controller()
export class OpinionCollectedConsumer {
  constructor(@Inject(Classifying) private readonly classifying: Classifying) {}

  /** While one batch is being written, another is being judged. */
  @Reads(TOPICS.opinionCollected, CLASSIFIER, { batchSize: 250, parallel: 2 })
  on(events: OpinionCollectedV1[]): Promise<void> {
    return this.classifying.classify(events);
  }

  /** What is judged from now on is matched with the schemes as they stand. */
  @Reads(TOPICS.schemeChanged, SCHEME_READER)
  onSchemes(events: SchemeChangedV1[]): Promise<void> {
    return this.classifying.schemes.take(events);
  }

  /** What officers decided of stories: later opinions follow it. */
  @Reads(TOPICS.storyRegrouped, REGROUPING, { batchSize: 20, parallel: 1 })
  regroup(events: StoryRegroupedV1[]): Promise<void> {
    return this.classifying.regroup(events);
  }
}
