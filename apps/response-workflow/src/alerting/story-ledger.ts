import type { OpinionClassifiedV1 } from '@huiying/contracts';
import { decideAlert, type AlertDecision, type AlertingRules, type AlertState, type SeverityLevel } from '@huiying/domain';
import type { JudgedOpinion, StoryRow } from '@huiying/persistence';
import { alertOfOpinion, type RaisedAlert } from './raised-alert.js';

/** A story's alert as the ledger knows it. `isNew` = raised by this very batch. */
export interface LedgerAlert {
  id: string;
  storyId: string;
  state: AlertState;
  suggestedSeverity: SeverityLevel;
  caseId: string | null;
  firstSeenAt: Date;
  isNew: boolean;
}

/** A graver opinion joined a living alert. */
export interface RisenAlert {
  alert: LedgerAlert;
  event: OpinionClassifiedV1;
  reason: string;
}

/** What a batch of judged opinions does to its stories and alerts, worked out in memory under the stories' locks. Pure. */
export class StoryLedger {
  readonly judged: JudgedOpinion[] = [];
  readonly raised: RaisedAlert[] = [];
  readonly risen: RisenAlert[] = [];
  private readonly alerts = new Map<string, LedgerAlert[]>();

  /**
   * @param stories the batch's stories, as locked
   * @param alerts every alert of those stories, latest first
   * @param partOf for events whose story has gone into another: the story that they were classified into
   * @param known revisions of the batch's opinions that are kept already
   */
  constructor(
    readonly stories: ReadonlyMap<string, StoryRow>,
    alerts: readonly Omit<LedgerAlert, 'isNew'>[],
    private readonly known: Map<string, number>,
    private readonly rules: AlertingRules,
    private readonly partOf: ReadonlyMap<string, string> = new Map(),
  ) {
    for (const alert of alerts) this.alerts.set(alert.storyId, [...(this.alerts.get(alert.storyId) ?? []), { ...alert, isNew: false }]);
  }

  /**
   * Enters one opinion; an older revision than the one known changes nothing.
   * @param thresholds rules that it reaches, in words
   */
  enter(event: OpinionClassifiedV1, thresholds: readonly string[] = []): void {
    const { opinion, story: joined } = event.data;
    const revision = this.known.get(opinion.opinionId);
    if (revision !== undefined && revision > opinion.revision) return;
    const story = this.stories.get(joined.storyId)!;
    this.count(story, event, revision === undefined);
    this.known.set(opinion.opinionId, opinion.revision);
    const decision = this.decide(story, event, thresholds);
    if (decision.outcome === 'raised') this.raise(story, event, decision.reason);
    if (decision.outcome === 'joined' && decision.rises) this.rise(story, decision.alertId, event, decision.reason);
    this.judged.push({ event, partId: this.partOf.get(event.id) ?? null, alertOutcome: decision.outcome, alertReason: decision.reason });
  }

  /** The batch's stories with their living alerts, those raised by the batch too. */
  grown(): { story: StoryRow; alert: LedgerAlert | null }[] {
    return [...this.stories.values()].map((story) => ({
      story,
      alert: (this.alerts.get(story.storyId) ?? []).find((one) => one.state !== 'false-alarm' && one.state !== 'merged') ?? null,
    }));
  }

  private count(story: StoryRow, { data: { opinion, judgement } }: OpinionClassifiedV1, isNew: boolean): void {
    const seenAt = new Date(opinion.capturedAt);
    if (story.title === '') story.title = opinion.title;
    if (seenAt < story.firstSeenAt) story.firstSeenAt = seenAt;
    if (seenAt > story.lastSeenAt) story.lastSeenAt = seenAt;
    if (!story.sources.includes(opinion.sourceId)) story.sources.push(opinion.sourceId);
    if (!isNew) return;
    story.opinionCount += 1;
    if (opinion.order !== null) story.hotlineCount += 1;
    if (judgement.publicOpinion.verdict) story.flaggedCount += 1;
  }

  private decide(story: StoryRow, event: OpinionClassifiedV1, thresholds: readonly string[]): AlertDecision {
    const alerts = this.alerts.get(story.storyId) ?? [];
    return decideAlert({
      judgement: event.data.judgement,
      urgency: event.data.opinion.order?.urgency ?? null,
      story: { opinions: story.opinionCount, hotlineOrders: story.hotlineCount },
      storyOpenAlert: alerts.find((alert) => alert.state !== 'false-alarm' && alert.state !== 'merged') ?? null,
      storyClosedAlert: alerts.find((alert) => alert.state === 'false-alarm') ?? null,
      rules: this.rules,
      thresholds,
    });
  }

  private raise(story: StoryRow, event: OpinionClassifiedV1, reason: string): void {
    const alerts = this.alerts.get(story.storyId) ?? [];
    const { opinion, judgement } = event.data;
    const capturedAt = new Date(opinion.capturedAt);
    const raised = alertOfOpinion({ ...opinion, capturedAt }, judgement, { story, earlier: alerts.length, reason, eventId: event.id });
    const { id, storyId, suggestedSeverity, firstSeenAt } = raised.alert;
    this.alerts.set(storyId, [{ id, storyId, state: 'open', suggestedSeverity, caseId: null, firstSeenAt, isNew: true }, ...alerts]);
    this.raised.push(raised);
  }

  private rise(story: StoryRow, alertId: string, event: OpinionClassifiedV1, reason: string): void {
    const alert = (this.alerts.get(story.storyId) ?? []).find((one) => one.id === alertId)!;
    alert.suggestedSeverity = event.data.judgement.severity.level;
    const raised = this.raised.find((one) => one.alert.id === alertId);
    if (raised) raised.alert.suggestedSeverity = alert.suggestedSeverity;
    else this.risen.push({ alert, event, reason });
  }
}
