import { Controller, Inject } from '@nestjs/common';
import { TOPICS, type SourceReportedV1 } from '@huiying/contracts';
import { Reads } from '@huiying/messaging';
import { Changes, SourceReports } from '@huiying/persistence';
import { WorkflowStore } from '../timeline/index.js';

/** The inbox and consumer-group name. */
const READER = 'source-reports';

const STATES: Record<SourceReportedV1['data']['state'], string> = {
  ok: '恢复正常',
  failing: '采集失败',
  silent: '长时间无新信息',
  paused: '已暂停',
};

/** Keeps the health of sources as the collector tells it. */
@Controller()
export class SourceConsumer {
  constructor(@Inject(WorkflowStore) private readonly store: WorkflowStore) {}

  /** Open consoles are told only when the state of a source changes: polls are many. */
  @Reads(TOPICS.sourceReported, READER)
  async take(events: SourceReportedV1[]): Promise<void> {
    await this.store.once(READER, events, async (tx, fresh, at) => {
      const changed = await new SourceReports(tx).put(fresh);
      const latest = new Map(fresh.map(({ data }) => [data.sourceId, data]));
      await new Changes(tx).add(
        [...latest.values()]
          .filter(({ sourceId }) => changed.has(sourceId))
          .map(({ sourceId, name, state, error }) => ({
            at,
            kind: 'source.reported',
            subject: { kind: 'source', id: sourceId },
            title: name,
            text: `${name}${STATES[state]}${state === 'failing' && error ? `：${error}` : ''}`,
          })),
      );
    });
  }
}
