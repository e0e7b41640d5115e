import { Inject, Injectable } from '@nestjs/common';
import { decideAlert, isAtLeast, type SeverityLevel } from '@huiying/domain';
import { Alerts, JudgedOpinions, Stories, StoryGroups, type Tx } from '@huiying/persistence';
import { alertOfOpinion, AlertTeller } from '../alerting/index.js';
import { CityBook } from '../city/index.js';
import { record } from '../timeline/index.js';

/** Two stories are one: which stays, which goes, who says so and why. */
export interface StoryMerge {
  kept: string;
  gone: string;
  by: string;
  reason: string;
  at: Date;
}

interface LivingAlert {
  id: string;
  storyId: string;
  state: string;
  suggestedSeverity: SeverityLevel;
  caseId: string | null;
}

/**
 * Makes one of two stories, in one transaction with what follows: the alert of the one joins the other's, cases follow, nobody is told
 * again. Two small stories may be large enough together for an alert that neither had.
 */
@Injectable()
export class StoryMerger {
  constructor(
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(AlertTeller) private readonly teller: AlertTeller,
  ) {}

  /** @returns the two as they stood: [kept, gone]; null where they are one already */
  async merge(tx: Tx, { kept, gone, by, reason, at }: StoryMerge): Promise<[string, string] | null> {
    const groups = new StoryGroups(tx);
    await groups.waitForTurn();
    const roots = await groups.roots([kept, gone]);
    const [to, from] = [roots.get(kept) ?? kept, roots.get(gone) ?? gone];
    if (to === from) return null;
    const stories = await new Stories(tx).lock([to, from].map((storyId) => ({ storyId, title: '', firstSeenAt: at })));
    await this.mergeAlerts(tx, [to, from], by, reason, at);
    await groups.merge(from, to);
    await groups.settlePairs(to, from, at, by);
    const title = stories.get(to)!.title;
    const text = `${by === '' ? '系统' : by}并案：“${stories.get(from)!.title}”并入“${title}”，${reason}`;
    await record(tx, at, by, [{ kind: 'story.merged', text, title, subject: { kind: 'story', id: to }, storyId: to }]);
    await this.raiseForSize(tx, to, at);
    return [to, from];
  }

  /** 同一事件累计: counted anew, as if the newest opinion that concerns the city had come after all others. */
  private async raiseForSize(tx: Tx, storyId: string, at: Date): Promise<void> {
    const alerts = await new Alerts(tx).ofStories([storyId]);
    if (alerts.some((one) => one.state !== 'merged')) return;
    const opinions = new JudgedOpinions(tx);
    const newest = await opinions.newestOfConcern(storyId);
    if (newest === null) return;
    const { story, judgement } = newest;
    const decision = decideAlert({
      judgement,
      urgency: null, // an urgent order has raised by itself
      story,
      storyOpenAlert: null,
      storyClosedAlert: null,
      rules: this.city.parts.alerting,
    });
    if (decision.outcome !== 'raised') return;
    const { reason } = decision;
    const raising = { story: { storyId }, earlier: alerts.length, reason, eventId: newest.eventId };
    await this.teller.raise(tx, [alertOfOpinion(newest, judgement, raising)], at);
    await opinions.tellOutcome(newest.opinionId, 'raised', reason);
  }

  /** One story has one living alert: of two, the one that was decided stays, else that of the story that stays; the other is 已并案 and points to it. */
  private async mergeAlerts(tx: Tx, [to, from]: [string, string], by: string, reason: string, at: Date): Promise<void> {
    const alerts = new Alerts(tx);
    const living = (await alerts.ofStories([to, from])).filter((one) => one.state !== 'false-alarm' && one.state !== 'merged');
    const [stays, goes] = living.sort((a, b) => rank(b, to) - rank(a, to));
    if (stays === undefined) return alerts.follow(from, to);
    if (goes !== undefined) {
      await alerts.mergeInto(goes.id, stays.id);
      if (!isAtLeast(stays.suggestedSeverity, goes.suggestedSeverity)) {
        await alerts.change(stays.id, { suggestedSeverity: goes.suggestedSeverity });
      }
      await record(tx, at, by, [
        happening('alert.joined', stays, '同一事件的另一预警并入本预警', reason),
        happening('alert.merged', goes, '已并入同一事件的另一预警', reason),
      ]);
    }
    await alerts.follow(from, to);
  }
}

function rank(alert: LivingAlert, to: string): number {
  return (alert.state === 'confirmed' ? 2 : 0) + (alert.storyId === to ? 1 : 0);
}

function happening(kind: string, alert: LivingAlert, what: string, reason: string) {
  const text = `${what}：${reason}`;
  return {
    kind,
    text,
    title: what,
    subject: { kind: 'alert' as const, id: alert.id },
    alertId: alert.id,
    storyId: alert.storyId,
    caseId: alert.caseId,
  };
}
