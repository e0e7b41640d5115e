import { Inject, Injectable } from '@nestjs/common';
import { TOPICS, type OpinionClassifiedV1 } from '@huiying/contracts';
import { caseFacts, SEVERITY_NAMES, stableId, stampDeadlines, type SeverityLevel } from '@huiying/domain';
import { outgoing } from '@huiying/messaging';
import { Alerts, Changes, JudgedOpinions, Stories, StoryGroups, type NewAlert, type StoryRow, type Tx } from '@huiying/persistence';
import { CityBook } from '../city/index.js';
import { DutyDesk } from '../duty/index.js';
import { alertMatter, EscalationBook } from '../escalating/index.js';
import { noticeRequests } from '../notifying/index.js';
import { record, SYSTEM, type Happening, WorkflowStore } from '../timeline/index.js';
import { ThresholdJudge } from '../thresholds/index.js';
import { tellSurges } from './surge-teller.js';
import { tellThresholds } from './threshold-teller.js';
import { StoryLedger, type RaisedAlert, type RisenAlert } from './story-ledger.js';

/** The inbox and consumer-group name. */
export const ALERTING = 'alerting';

/** Turns judged opinions into the read model of opinions and stories, and into alerts; one transaction per batch. */
@Injectable()
export class AlertRaiser {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
    @Inject(EscalationBook) private readonly escalations: EscalationBook,
    @Inject(ThresholdJudge) private readonly thresholds: ThresholdJudge,
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
      await this.raise(tx, ledger.raised, now);
      await this.tellRisen(tx, ledger.risen, now);
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

  private async raise(tx: Tx, raised: readonly RaisedAlert[], now: Date): Promise<void> {
    if (raised.length === 0) return;
    const alerts = raised.map(({ alert }) => ({
      ...alert,
      raisedAt: now,
      prospectiveDueAt: this.prospectiveDueAt(alert.suggestedSeverity, alert.firstSeenAt, now),
    }));
    const kept = await new Alerts(tx).raise(alerts);
    const people = await this.duty.tellable(tx, now);
    const told = alerts.map((alert, i) => ({ alert, event: raised[i]!.event })).filter(({ alert }) => kept.has(alert.id));
    await record(
      tx,
      now,
      SYSTEM,
      told.map(({ alert }) => raisedHappening(alert)),
    );
    for (const { alert, event } of told) {
      const out = raisedEvent(alert, event, now);
      const words = { title: `【${alert.suggestedSeverity}级预警】${alert.title}`, body: `${alert.reason}。${alert.summary}` };
      tx.send(
        out,
        ...noticeRequests(
          { fact: `alert:${alert.id}:raised`, ...aboutAlert(alert.id, alert.suggestedSeverity), ...words, causedBy: out.event.id },
          people,
          now,
        ),
      );
    }
  }

  /** A living alert was joined by something graver: the suggestion rises, and the desk is told to look again. */
  private async tellRisen(tx: Tx, risen: readonly RisenAlert[], now: Date): Promise<void> {
    if (risen.length === 0) return;
    const people = await this.duty.tellable(tx, now);
    for (const { alert, event, reason } of risen) {
      const severity = event.data.judgement.severity.level;
      await new Alerts(tx).change(alert.id, {
        suggestedSeverity: severity,
        prospectiveDueAt: this.prospectiveDueAt(severity, alert.firstSeenAt, now),
      });
      const { title } = event.data.opinion;
      await record(tx, now, SYSTEM, [
        {
          kind: 'alert.risen',
          text: `新信息研判为${severity}级（${SEVERITY_NAMES[severity]}），高于原建议：${title}`,
          title,
          subject: { kind: 'alert', id: alert.id },
          alertId: alert.id,
          storyId: alert.storyId,
          caseId: alert.caseId,
          severity,
          detail: { opinionId: event.data.opinion.opinionId, reason },
        },
      ]);
      const words = { title: `【升为${severity}级】${title}`, body: `${reason}。${whatNow(alert.caseId)}` };
      tx.send(
        ...noticeRequests(
          { fact: `alert:${alert.id}:risen:${severity}`, ...aboutAlert(alert.id, severity), ...words, causedBy: event.id },
          people,
          now,
        ),
      );
      await this.escalations.begin(tx, [alertMatter({ id: alert.id, title, severity, raisedAt: now }, event.id)]);
    }
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

  /** When the first public answer would be due, were the suggestion confirmed. */
  private prospectiveDueAt(severity: SeverityLevel, firstSeenAt: Date, now: Date): Date | null {
    const { rules, calendar } = this.city.parts;
    const facts = caseFacts({ occurredAt: null, detectedAt: firstSeenAt, confirmedAt: now, statedBy: SYSTEM });
    const subject = { kind: 'case' as const, id: 'prospective' };
    return stampDeadlines({ trigger: 'case-opened', subject, severity, facts, rules, calendar })[0]?.dueAt ?? null;
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

/** What the desk can do about a graver suggestion: a level stands once it is confirmed, and its clocks with it. */
function whatNow(caseId: string | null): string {
  return caseId === null ? '尚未定级，请按新情况研判定级。' : '已定级开单，原定级和时限未变；如情况属实，请在舆情单上升级，时限随之调整。';
}

/** Two revisions of one opinion in a batch are kept once, the later. */
function latestOfEach(ledger: StoryLedger) {
  return [...new Map(ledger.judged.map((one) => [one.event.data.opinion.opinionId, one])).values()];
}

function aboutAlert(id: string, severity: SeverityLevel) {
  const urgency = severity === 'I' || severity === 'II' ? ('urgent' as const) : ('normal' as const);
  return { about: { kind: 'alert-raised' as const }, severity, urgency, link: `/alerts/${id}`, caseId: null };
}

function raisedHappening(alert: NewAlert): Happening {
  return {
    kind: 'alert.raised',
    text: `${alert.reason}，系统预警，建议${alert.suggestedSeverity}级（${SEVERITY_NAMES[alert.suggestedSeverity]}）`,
    title: alert.title,
    subject: { kind: 'alert', id: alert.id },
    storyId: alert.storyId,
    alertId: alert.id,
    severity: alert.suggestedSeverity,
    detail: { opinionId: alert.opinionId, reason: alert.reason },
  };
}

function raisedEvent(alert: NewAlert, event: OpinionClassifiedV1, now: Date) {
  const { id: alertId, storyId, opinionId, suggestedSeverity, title, reason } = alert;
  return outgoing(
    TOPICS.alertRaised,
    storyId,
    { id: stableId('alert-raised', alertId), occurredAt: now, causedBy: event.id },
    {
      alertId,
      storyId,
      opinionId,
      suggestedSeverity,
      title,
      reason,
      raisedAt: now.toISOString(),
    },
  );
}
