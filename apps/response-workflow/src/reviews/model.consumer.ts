import { Controller, Inject } from '@nestjs/common';
import { TOPICS, type ModelReportedV1 } from '@huiying/contracts';
import { Reads } from '@huiying/messaging';
import { Changes, Reviews } from '@huiying/persistence';
import { WorkflowStore } from '../timeline/index.js';

/** The inbox and consumer-group name. */
const READER = 'model-reports';

/** Keeps what the classifier tells of its models, and tells open consoles. */
@Controller()
export class ModelConsumer {
  constructor(@Inject(WorkflowStore) private readonly store: WorkflowStore) {}

  @Reads(TOPICS.modelReported, READER)
  async take(events: ModelReportedV1[]): Promise<void> {
    await this.store.once(READER, events, async (tx, fresh, at) => {
      const reviews = new Reviews(tx);
      for (const event of fresh) await reviews.report(event);
      await new Changes(tx).add(
        fresh.map(({ id, data }) => ({
          at,
          kind: `model.${data.state}`,
          subject: { kind: 'model' as const, id: data.model ?? id },
          title: '研判模型',
          text: data.said,
        })),
      );
    });
  }
}
