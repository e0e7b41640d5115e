import { Inject, Injectable } from '@nestjs/common';
import type { OpinionClassifiedV1 } from '@huiying/contracts';
import { Alerts, Changes, JudgedOpinions, Stories, StoryGroups, type StoryRow, type Tx } from '@huiying/persistence';
import { CityBook } from '../city/index.js';
import { DutyDesk } from '../duty/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { ThresholdJudge } from '../thresholds/index.js';
import { AlertTeller } from './alert-teller.js';
import { tellSurges } from './surge-teller.js';
import { tellThresholds } from './threshold-teller.js';
import { StoryLedger } from './story-ledger.js';

/** The inbox and consumer-group name. */
export const ALERTING = 'alerting';

/** Turns judged opinions into the read model of opinions and stories, and into alerts; one transaction per batch. */
@Injectable()
export class AlertRaiser {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
    @Inject(ThresholdJudge) private readonly thresholds: ThresholdJudge,
    @Inject(AlertTeller) private readonly teller: AlertTeller,
  ) {}

  async take(events: readonly OpinionClassifiedV1[]): Promise<void> {
    await this.store.once(ALERTING, events, async (tx, given, now) => {
      const { fresh, partOf } = await throughMerges(tx, given);
      // Before the stories are locked: groups are locked first by everybody.
      const fired = await this.thresholds.judge(tx, fresh, now);
      const ledger = await this.openLedger(tx, fresh, partOf);
      fresh.forEach((event) =>
        ledger.enter(
          event,
          fired.filter((one) => one.event === event).map(({ reason }) => reason),
        ),
      );
      await new JudgedOpinions(tx).put(latestOfEach(ledger));
      await new Stories(tx).save([...ledger.stories.values()]);
      await this.teller.raise(tx, ledger.raised, now);
      await this.teller.tellRisen(tx, ledger.risen, now);
      await tellThresholds(tx, this.duty, fired, ledger, now);
      await tellSurges(tx, this.duty, ledger.grown(), fresh.at(-1)!.id, now);
      await this.announce(tx, fresh, now);
    });
  }

  private async openLedger(tx: Tx, events: readonly OpinionClassifiedV1[], partOf: ReadonlyMap<string, string>): Promise<StoryLedger> {
    const firsts = new Map<string, Pick<StoryRow, 'storyId' | 'title' | 'firstSeenAt'>>();
    for (const { data } of events) {
      const { storyId } = data.story;
      if (!firsts.has(storyId)) firsts.set(storyId, { storyId, title: data.opinion.title, firstSeenAt: new Date(data.opinion.capturedAt) });
    }
    const stories = await new Stories(tx).lock([...firsts.values()]);
    const alerts = await new Alerts(tx).ofStories([...stories.keys()]);
    const known = await new JudgedOpinions(tx).revisions(events.map(({ data }) => data.opinion.opinionId));
    return new StoryLedger(stories, alerts, known, this.city.parts.alerting, partOf);
  }

  /** One change for the whole batch: lists offer to reload. */
  private async announce(tx: Tx, events: readonly OpinionClassifiedV1[], now: Date): Promise<void> {
    const last = events[events.length - 1]!.data.opinion;
    await new Changes(tx).add([
      {
        at: now,
        kind: 'opinion.classified',
        subject: { kind: 'opinion', id: last.opinionId },
        title: last.title,
        text: `${events.length} 条新信息`,
        detail: { count: events.length },
      },
    ]);
  }
}

/** An opinion of a story that has gone into another belongs to the one that stands for it now. */
async function throughMerges(tx: Tx, events: readonly OpinionClassifiedV1[]) {
  const groups = new StoryGroups(tx);
  await groups.waitForMerges();
  const roots = await groups.roots([...new Set(events.map(({ data }) => data.story.storyId))]);
  const partOf = new Map<string, string>();
  const fresh = events.map((event) => {
    const root = roots.get(event.data.story.storyId);
    if (root === undefined) return event;
    partOf.set(event.id, event.data.story.storyId);
    return { ...event, data: { ...event.data, story: { ...event.data.story, storyId: root } } };
  });
  return { fresh, partOf };
}

/** Two revisions of one opinion in a batch are kept once, the later. */
function latestOfEach(ledger: StoryLedger) {
  return [...new Map(ledger.judged.map((one) => [one.event.data.opinion.opinionId, one])).values()];
}
