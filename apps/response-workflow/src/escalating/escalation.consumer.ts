import { Controller, Inject } from '@nestjs/common';
import {
  TOPICS,
  type AlertRaisedV1,
  type DeadlineBreachedV1,
  type DeadlineBreachedV2,
  type DeadlineWarnedV1,
  type DeadlineWarnedV2,
} from '@huiying/contracts';
import { Reads } from '@huiying/messaging';
import { Deadlines, type Tx } from '@huiying/persistence';
import { WorkflowStore } from '../timeline/index.js';
import { EscalationBook } from './escalation-book.js';
import { alertMatter, clockMatter } from './matters.js';

/** The inbox and consumer-group names. */
const ALERTS = 'escalating-alerts';
const WARNED = 'escalating-warned';
const BREACHED = 'escalating-breached';

/** A warning from this share of the length on is one that somebody must answer. */
const LAST_WARNING_PERCENT = 80;
type Step = DeadlineWarnedV1 | DeadlineWarnedV2 | DeadlineBreachedV1 | DeadlineBreachedV2;

/** Begins to climb with what is raised, warned of and breached; born at the instant of the fact, however late it is read. */
@Controller()
export class EscalationConsumer {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(EscalationBook) private readonly book: EscalationBook,
  ) {}

  @Reads(TOPICS.alertRaised, ALERTS)
  alerts(events: AlertRaisedV1[]): Promise<void> {
    return this.store.once(ALERTS, events, async (tx, fresh) => {
      await this.book.begin(
        tx,
        fresh.map(({ id, data }) =>
          alertMatter({ id: data.alertId, title: data.title, severity: data.suggestedSeverity, raisedAt: new Date(data.raisedAt) }, id),
        ),
      );
    });
  }

  @Reads(TOPICS.deadlineWarned, WARNED)
  warned(events: (DeadlineWarnedV1 | DeadlineWarnedV2)[]): Promise<void> {
    return this.store.once(WARNED, events, (tx, fresh) =>
      this.clocks(
        tx,
        'clock-warned',
        fresh.filter(({ data }) => data.percent >= LAST_WARNING_PERCENT),
      ),
    );
  }

  @Reads(TOPICS.deadlineBreached, BREACHED)
  breached(events: (DeadlineBreachedV1 | DeadlineBreachedV2)[]): Promise<void> {
    return this.store.once(BREACHED, events, (tx, fresh) => this.clocks(tx, 'clock-breached', fresh));
  }

  private async clocks(tx: Tx, matter: 'clock-warned' | 'clock-breached', events: readonly Step[]): Promise<void> {
    const rows = new Map((await new Deadlines(tx).ofIds(events.map(({ data }) => data.deadlineId))).map((row) => [row.deadline.id, row]));
    await this.book.begin(
      tx,
      events.flatMap(({ id, data }) => {
        const row = rows.get(data.deadlineId);
        return row ? clockMatter(row, matter, new Date(data.scheduledAt), id) : [];
      }),
    );
  }
}
