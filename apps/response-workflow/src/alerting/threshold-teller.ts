import { Thresholds, type Tx } from '@huiying/persistence';
import type { DutyDesk } from '../duty/index.js';
import { noticeRequests } from '../notifying/index.js';
import type { ThresholdFired } from '../thresholds/index.js';
import { record, SYSTEM } from '../timeline/index.js';
import type { LedgerAlert, StoryLedger } from './story-ledger.js';

/**
 * Keeps which rules were reached and by what, and tells the desk where no new alert tells it: each firing once, its notice is named by it.
 */
export async function tellThresholds(
  tx: Tx,
  duty: DutyDesk,
  fired: readonly ThresholdFired[],
  ledger: StoryLedger,
  now: Date,
): Promise<void> {
  if (fired.length === 0) return;
  const alerts = new Map(ledger.grown().map(({ story, alert }) => [story.storyId, alert]));
  const about = fired.map((one) => ({
    ...one,
    storyId: one.event.data.story.storyId,
    alert: alerts.get(one.event.data.story.storyId) ?? null,
  }));
  await new Thresholds(tx).fire(about.map(({ row, storyId, alert }) => ({ ...row, storyId, alertId: alert?.id ?? null })));
  const toTell = about.filter(({ alert, reason }) => !isToldBy(alert, reason, ledger));
  if (toTell.length === 0) return;
  const people = await duty.tellable(tx, now);
  for (const { event, row, reason, storyId, alert } of toTell) {
    const title = event.data.opinion.title;
    await record(tx, now, SYSTEM, [
      {
        kind: 'threshold.fired',
        text: `达到${reason}`,
        title,
        subject: alert === null ? { kind: 'story', id: storyId } : { kind: 'alert', id: alert.id },
        storyId,
        alertId: alert?.id ?? null,
        caseId: alert?.caseId ?? null,
        detail: { ruleId: row.ruleId, opinionIds: row.opinionIds },
      },
    ]);
    const fact = `threshold:${row.id}`;
    const severity = alert?.suggestedSeverity ?? event.data.judgement.severity.level;
    const words = { title: `【预警规则】${row.ruleName}：${row.group}`, body: `${reason}。${title}` };
    const link = alert === null ? `/thresholds?rule=${row.ruleId}` : `/alerts/${alert.id}`;
    const told = { fact, about: { kind: 'alert-raised' as const }, severity, urgency: 'normal' as const, link, caseId: null, ...words };
    tx.send(...noticeRequests({ ...told, causedBy: event.id }, people, now));
  }
}

/** An alert that this batch raised for the rule says so itself. */
function isToldBy(alert: LedgerAlert | null, reason: string, ledger: StoryLedger): boolean {
  return alert !== null && ledger.raised.some((one) => one.alert.id === alert.id && one.alert.reason.includes(reason));
}
