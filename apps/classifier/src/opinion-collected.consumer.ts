import { Controller, Inject } from '@nestjs/common';
import { TOPICS, type OpinionCollectedV1 } from '@huiying/contracts';
import { Reads } from '@huiying/messaging';
import { CLASSIFIER, Classifying } from './classifying.js';

@Controller()
export class OpinionCollectedConsumer {
  constructor(@Inject(Classifying) private readonly classifying: Classifying) {}

  /** While one batch is being written, another is being judged. */
  @Reads(TOPICS.opinionCollected, CLASSIFIER, { batchSize: 250, parallel: 2 })
  on(events: OpinionCollectedV1[]): Promise<void> {
    return this.classifying.classify(events);
  }
}
