import { Controller, Inject } from '@nestjs/common';
import { TOPICS, type SourceReportedV1, type SourceTriedV1, type SourceUnseenV1 } from '@huiying/contracts';
import { Reads } from '@huiying/messaging';
import { AskedTrials, Changes, SourceCoverage, SourceReports, type SourceReport, type Tx } from '@huiying/persistence';
import { DutyDesk } from '../duty/index.js';
import { noticeRequests } from '../notifying/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { manyOutFact, sourceFact, TOLD_ONE_BY_ONE } from './source-notices.js';

/** The inbox and consumer-group names. */
const READER = 'source-reports';
const COVERAGE = 'source-coverage';
const TRIALS = 'source-trials';

const STATES: Record<SourceReportedV1['data']['state'], string> = {
  ok: '恢复正常',
  failing: '采集失败',
  silent: '长时间无新信息',
  paused: '已暂停',
};

/** Keeps what the collector tells of its sources: their health, which hours were not seen, and what trials brought. */
@Controller()
export class SourceConsumer {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
  ) {}

  /** Open consoles are told only when the state of a source changes: polls are many. */
  @Reads(TOPICS.sourceReported, READER)
  async take(events: SourceReportedV1[]): Promise<void> {
    await this.store.once(READER, events, async (tx, fresh, at) => {
      const before = await new SourceReports(tx).put(fresh);
      const latest = new Map(fresh.map((event) => [event.data.sourceId, event]));
      const changed = [...latest.values()].filter(
        ({ data }) => before.has(data.sourceId) && before.get(data.sourceId)?.state !== data.state,
      );
      await new Changes(tx).add(
        changed.map(({ data: { sourceId, name, state, error } }) => ({
          at,
          kind: 'source.reported',
          subject: { kind: 'source', id: sourceId },
          title: name,
          text: `${name}${STATES[state]}${state === 'failing' && error ? `：${error}` : ''}`,
        })),
      );
      await this.tell(tx, [...latest.values()], before, at);
    });
  }

  @Reads(TOPICS.sourceUnseen, COVERAGE)
  async cover(events: SourceUnseenV1[]): Promise<void> {
    await this.store.once(COVERAGE, events, (tx, fresh) => new SourceCoverage(tx).put(fresh));
  }

  /** Whoever asked looks for the answer by its id. */
  @Reads(TOPICS.sourceTried, TRIALS)
  async tried(events: SourceTriedV1[]): Promise<void> {
    await this.store.once(TRIALS, events, async (tx, fresh) => {
      for (const { trialId, sourceId: _, ...result } of fresh.map(({ data }) => data)) await new AskedTrials(tx).answer(trialId, result);
    });
  }

  /** A source's trouble is told once, and its end once. */
  private async tell(
    tx: Tx,
    events: readonly SourceReportedV1[],
    before: ReadonlyMap<string, SourceReport | null>,
    at: Date,
  ): Promise<void> {
    const facts = events.flatMap((event) => sourceFact(event, before.get(event.data.sourceId) ?? null) ?? []);
    if (facts.length === 0) return;
    const people = await this.duty.tellable(tx, at);
    const out = await new SourceReports(tx).countAlarmed();
    const out1by1 = out <= TOLD_ONE_BY_ONE;
    const told = facts.filter((fact) => out1by1 || fact.about.kind !== 'source-out');
    const last = events.findLast(({ data }) => data.alarm);
    if (!out1by1 && last) told.push(manyOutFact(out, last));
    tx.send(...told.flatMap((fact) => noticeRequests(fact, people, at)));
  }
}
