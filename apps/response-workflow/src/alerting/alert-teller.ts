import { Inject, Injectable } from '@nestjs/common';
import { TOPICS } from '@huiying/contracts';
import { caseFacts, SEVERITY_NAMES, stableId, stampDeadlines, type SeverityLevel } from '@huiying/domain';
import { outgoing } from '@huiying/messaging';
import { Alerts, type NewAlert, type Tx } from '@huiying/persistence';
import { CityBook } from '../city/index.js';
import { DutyDesk } from '../duty/index.js';
import { alertMatter, EscalationBook } from '../escalating/index.js';
import { noticeRequests } from '../notifying/index.js';
import { record, SYSTEM, type Happening } from '../timeline/index.js';
import type { RaisedAlert } from './raised-alert.js';
import type { RisenAlert } from './story-ledger.js';

/** Brings alerts into the world: the row, its line on the timeline, the event, and the request to tell who is on duty, in the caller's commit. */
@Injectable()
export class AlertTeller {
  constructor(
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
    @Inject(EscalationBook) private readonly escalations: EscalationBook,
  ) {}

  /** Raises alerts and asks for the telling; where a story has a living one already, nothing. */
  async raise(tx: Tx, raised: readonly RaisedAlert[], now: Date): Promise<void> {
    if (raised.length === 0) return;
    const alerts = raised.map(({ alert }) => ({
      ...alert,
      raisedAt: now,
      prospectiveDueAt: this.prospectiveDueAt(alert.suggestedSeverity, alert.firstSeenAt, now),
    }));
    const kept = await new Alerts(tx).raise(alerts);
    const people = await this.duty.tellable(tx, now);
    const told = alerts.map((alert, i) => ({ alert, eventId: raised[i]!.eventId })).filter(({ alert }) => kept.has(alert.id));
    await record(
      tx,
      now,
      SYSTEM,
      told.map(({ alert }) => raisedHappening(alert)),
    );
    for (const { alert, eventId } of told) {
      const out = raisedEvent(alert, eventId, now);
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
  async tellRisen(tx: Tx, risen: readonly RisenAlert[], now: Date): Promise<void> {
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

  /** When the first public answer would be due, were the suggestion confirmed. */
  private prospectiveDueAt(severity: SeverityLevel, firstSeenAt: Date, now: Date): Date | null {
    const { rules, calendar } = this.city.parts;
    const facts = caseFacts({ occurredAt: null, detectedAt: firstSeenAt, confirmedAt: now, statedBy: SYSTEM });
    const subject = { kind: 'case' as const, id: 'prospective' };
    return stampDeadlines({ trigger: 'case-opened', subject, severity, facts, rules, calendar })[0]?.dueAt ?? null;
  }
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

function raisedEvent(alert: NewAlert, eventId: string, now: Date) {
  const { id: alertId, storyId, opinionId, suggestedSeverity, title, reason } = alert;
  return outgoing(
    TOPICS.alertRaised,
    storyId,
    { id: stableId('alert-raised', alertId), occurredAt: now, causedBy: eventId },
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

/** What the desk can do about a graver suggestion: a level stands once it is confirmed, and its clocks with it. */
function whatNow(caseId: string | null): string {
  return caseId === null ? '尚未定级，请按新情况研判定级。' : '已定级开单，原定级和时限未变；如情况属实，请在舆情单上升级，时限随之调整。';
}
