import { Controller, Inject } from '@nestjs/common';
import { TOPICS, type JudgementCorrectedV1, type LearningAskedV1 } from '@huiying/contracts';
import { Reads } from '@huiying/messaging';
import { Corrections, Database, Models, Store } from '@huiying/persistence';
import { failed, useVersion } from './keep-version.js';

/** The inbox and consumer-group name. */
const READER = 'learning';

/** Takes in what officers said, and what administrators want learned or used. */
@Controller()
export class LearningConsumer {
  private readonly store: Store;

  constructor(@Inject(Database) database: Database) {
    this.store = new Store(database, 'classifier');
  }

  @Reads(TOPICS.judgementCorrected, READER)
  async corrected(events: JudgementCorrectedV1[]): Promise<void> {
    await this.store.once(READER, events, async (tx, fresh) => {
      const corrections = new Corrections(tx);
      for (const { occurredAt, data } of fresh) await corrections.put({ ...data, at: new Date(occurredAt) });
    });
  }

  /** Learning takes minutes: here it is only noted, see LearningLoop. */
  @Reads(TOPICS.learningAsked, READER)
  async asked(events: LearningAskedV1[]): Promise<void> {
    await this.store.once(READER, events, async (tx, fresh) => {
      for (const { id, occurredAt, data } of fresh) {
        const wish = { by: data.by, at: new Date(occurredAt), causedBy: id };
        if (data.wish === 'learn') await new Models(tx).ask(id, wish.at, data.by);
        else if (!(await useVersion(tx, data.model, wish))) tx.send(failed(`没有名为${data.model}的模型`, wish));
      }
    });
  }
}
