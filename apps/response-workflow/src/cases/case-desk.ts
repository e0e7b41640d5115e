import { Inject, Injectable } from '@nestjs/common';
import { TOPICS } from '@huiying/contracts';
import { closeRequest, confirmAlertRequest, type CloseRequest, type ConfirmAlertRequest } from '@huiying/contracts/http';
import {
  canClose,
  caseFacts,
  idAt,
  isAtLeast,
  NotFound,
  Refusal,
  SEVERITY_NAMES,
  soonestDue,
  stableId,
  stepAlert,
  stepCase,
  type Deadline,
  type StampRequest,
} from '@huiying/domain';
import { outgoing } from '@huiying/messaging';
import { check } from '@huiying/platform';
import {
  Alerts,
  CaseFiles,
  Deadlines,
  NUMBER_TO_COME,
  ResponseTasks,
  type AlertRow,
  type NewCase,
  type TaskRow,
  type Tx,
} from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';
import { decisionOn } from '../alerting/index.js';
import { CityBook } from '../city/index.js';
import { DeadlineBook } from '../deadlines/index.js';
import { recordReview } from '../reviews/index.js';
import { caseOpenedId, noteCaseChange, record, recordStep, WorkflowStore } from '../timeline/index.js';
import { caseNoOf, caseYear } from './case-number.js';
import { lastOf } from './case-work-desk.js';

type OpenedCase = Omit<NewCase, 'nextDueAt'>;
type Confirmation = ReturnType<typeof confirmAlertRequest.parse>;

/** Opens cases (舆情单) by confirming alerts, and closes them. */
@Injectable()
export class CaseDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(DeadlineBook) private readonly deadlines: DeadlineBook,
  ) {}

  /** 研判定级: the alert becomes a case with its clocks. @throws BadInput, NotFound, Refusal already-decided */
  async confirm(alertId: string, request: ConfirmAlertRequest, actor: Actor): Promise<{ caseId: string }> {
    const confirmation = check(confirmAlertRequest, request);
    return this.store.change(async (tx, now) => {
      const alerts = new Alerts(tx);
      const alert = await alerts.lock(alertId);
      if (!alert) throw new NotFound('alert', alertId);
      const state = stepAlert(alert.state, 'confirm', decisionOn(alert));
      const occurredAt = confirmation.occurredAt === null ? null : new Date(confirmation.occurredAt);
      const said = { opinionId: alert.opinionId, by: actor.name, reason: confirmation.reason, at: now };
      await Promise.all([
        recordReview(tx, { ...said, aspect: 'public-opinion', value: 'yes' }),
        recordReview(tx, { ...said, aspect: 'severity', value: confirmation.severity }),
        this.deadlines.lookUpLaw(tx),
      ]);
      const facts = caseFacts({ occurredAt, detectedAt: alert.firstSeenAt, confirmedAt: now, statedBy: actor.name });
      const file = this.fileOf(alert, confirmation, { actor, now, notBefore: facts.reduce((a, b) => (b.at < a.at ? b : a)).at });
      const { severity, keyCategory, reason } = confirmation;
      await alerts.change(alertId, {
        state,
        severity,
        keyCategory,
        decidedBy: actor.name,
        decidedAt: now,
        decisionReason: reason,
        caseId: file.id,
      });
      const clocks = await this.clocksOf(tx, file, facts);
      // From here to the commit nobody else gets a number: nothing is asked any more.
      await new CaseFiles(tx).open({ ...file, nextDueAt: soonestDue(clocks) }, caseYear(now));
      await this.deadlines.keepOfNewCase(tx, clocks, { caseId: file.id, departmentId: null }, now);
      await this.tellOpened(tx, alert, file, clocks, { actor, reason });
      return { caseId: file.id };
    });
  }

  /** 办结. @throws BadInput, NotFound, Refusal case-has-open-clocks, case-has-open-tasks, case-not-responded, already-closed */
  async close(caseId: string, request: CloseRequest, actor: Actor): Promise<void> {
    const { summary } = check(closeRequest, request);
    await this.store.change(async (tx, now) => {
      const files = new CaseFiles(tx);
      const [file, tasks, clocks] = await Promise.all([
        files.lock(caseId),
        new ResponseTasks(tx).ofCases([caseId], null),
        new Deadlines(tx).lockOfCase(caseId),
        this.deadlines.lookUpLaw(tx),
      ]);
      if (!file) throw new NotFound('case', caseId);
      const [refusal] = canClose(
        file.state,
        tasks.map((task) => task.state),
        clocks.map((clock) => clock.deadline),
      ).reasons;
      if (refusal) throw new Refusal(refusal.code, refusal.message, refusal.said, lastOf(file));
      await noteCaseChange(tx, caseId, {
        state: stepCase(file.state, 'close'),
        closedAt: now,
        closedBy: actor.name,
        closingSummary: summary,
      });
      await this.closeTasks(tx, tasks, now);
      await this.deadlines.cancel(tx, clocks, '已办结', now);
      const round = clocks.filter(({ deadline }) => deadline.rule.milestone === 'evaluation').length;
      const subject = { kind: 'case' as const, id: caseId };
      const closed = [{ fact: 'closed' as const, at: now, statedBy: actor.name }];
      await this.deadlines.stamp(
        tx,
        { trigger: 'case-closed', subject, severity: file.severity, facts: closed, round, caseId, departmentId: null },
        now,
      );
      await recordStep(tx, now, actor, 'case.close', {
        kind: 'case.closed',
        text: `办结：${summary}`,
        title: file.title,
        subject: { kind: 'case', id: caseId },
        caseId,
        severity: file.severity,
        detail: { summary },
      });
    });
  }

  /** What a case owes from its opening; a grave one its analysis for the leaders too (OP-14). */
  private async clocksOf(tx: Tx, { id, severity }: OpenedCase, facts: StampRequest['facts']): Promise<Deadline[]> {
    const triggers = isAtLeast(severity, 'II') ? (['case-opened', 'analysis-required'] as const) : (['case-opened'] as const);
    const request = { subject: { kind: 'case' as const, id }, severity, facts, caseId: id, departmentId: null };
    const clocks: Deadline[] = [];
    for (const trigger of triggers) clocks.push(...(await this.deadlines.reckon(tx, { ...request, trigger })));
    return clocks;
  }

  private fileOf(
    alert: AlertRow,
    { severity, keyCategory }: Confirmation,
    { actor, now, notBefore }: { actor: Actor; now: Date; notBefore: Date },
  ): OpenedCase {
    const lead = alert.departments.find((department) => department.role === 'lead');
    return {
      id: idAt(now, 'case', alert.id),
      caseNo: caseNoOf(this.city.parts.caseNoPrefix, caseYear(now), NUMBER_TO_COME),
      alertId: alert.id,
      storyId: alert.storyId,
      title: alert.title,
      severity,
      keyCategory,
      topicCode: alert.topicCode,
      topicName: alert.topicName,
      leadDepartmentId: lead?.departmentId ?? null,
      leadDepartmentName: lead ? this.city.departmentName(lead.departmentId) : null,
      notBefore,
      openedAt: now,
      openedBy: actor.name,
    };
  }

  private async tellOpened(
    tx: Tx,
    alert: AlertRow,
    file: OpenedCase,
    clocks: readonly Deadline[],
    by: { actor: Actor; reason: string },
  ): Promise<void> {
    const { actor, reason } = by;
    const { id: caseId, openedAt: now, severity, title, caseNo } = file;
    await recordStep(tx, now, actor, 'alert.confirm', {
      kind: 'alert.confirmed',
      text: `研判定级为${severity}级（${SEVERITY_NAMES[severity]}）：${reason}`,
      title,
      subject: { kind: 'alert', id: alert.id },
      storyId: alert.storyId,
      alertId: alert.id,
      caseId,
      severity,
      detail: { severity, suggestedSeverity: alert.suggestedSeverity, reason, keyCategory: file.keyCategory },
    });
    const names = clocks.map((clock) => clock.rule.name).join('、');
    await record(tx, now, actor.name, [
      {
        kind: 'case.opened',
        text: `立单${caseNo}${names ? `，开始计时：${names}` : ''}`,
        title,
        subject: { kind: 'case', id: caseId },
        caseId,
        severity,
        detail: { caseNo },
      },
    ]);
    const deadlines = clocks.map(({ id, rule, start, dueAt }) => ({
      deadlineId: id,
      ruleId: rule.id,
      ruleVersion: rule.version,
      startedAt: start.at.toISOString(),
      dueAt: dueAt.toISOString(),
    }));
    const data = {
      caseId,
      caseNo,
      alertId: alert.id,
      storyId: alert.storyId,
      severity,
      title,
      openedAt: now.toISOString(),
      openedBy: actor.name,
      deadlines,
    };
    const about = { id: caseOpenedId(caseId), occurredAt: now, causedBy: stableId('alert-raised', alert.id) };
    tx.send(outgoing(TOPICS.caseOpened, caseId, about, data));
  }

  private async closeTasks(tx: Tx, tasks: readonly TaskRow[], now: Date): Promise<void> {
    for (const task of tasks) if (task.state === 'replied') await new ResponseTasks(tx).change(task.id, { state: 'closed', closedAt: now });
  }
}
