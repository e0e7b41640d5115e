import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  becauseRequest,
  evaluateRequest,
  mergeRequest,
  relevelRequest,
  type BecauseRequest,
  type EvaluateRequest,
  type MergeRequest,
  type RelevelRequest,
} from '@huiying/contracts/http';
import {
  BadInput,
  caseStateOf,
  idAt,
  isAtLeast,
  isOpen,
  isResponded,
  isTaskOpen,
  mergeRefusal,
  type Milestone,
  NotFound,
  Refusal,
  relevelRefusal,
  SEVERITY_NAMES,
  stepCase,
  type CaseAction,
  type StatedFact,
} from '@huiying/domain';
import { check } from '@huiying/platform';
import {
  Alerts,
  CaseFiles,
  Deadlines,
  EvidenceFiles,
  ResponseTasks,
  type CaseChange,
  type CaseRow,
  type DeadlineRow,
  type Tx,
} from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';
import { DeadlineBook } from '../deadlines/index.js';
import { DutyDesk } from '../duty/index.js';
import { noticeRequests } from '../notifying/index.js';
import { closingOf } from '../tasks/index.js';
import { caseOpenedId, noteClocksChanged, recordStep, WorkflowStore } from '../timeline/index.js';

interface Held {
  file: CaseRow;
  now: Date;
}

/** What a step on a case leads to. */
interface Step {
  change: CaseChange;
  /** e.g. case.releveled */
  kind: string;
  text: string;
  detail?: Record<string, unknown>;
  /** Whom else it is told: the departments that hold a task. */
  tell?: { title: string; body: string };
}

/** Steps on a whole case between its opening and its archive: 升级/降级, 督办, 重开, 并案, 拆案, 效果评估, 归档. */
@Injectable()
export class CaseWorkDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(DeadlineBook) private readonly deadlines: DeadlineBook,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
  ) {}

  /** 升级、降级: clocks follow the new level, their starts stay. @throws BadInput, NotFound, Refusal same-level, case-closed */
  relevel(id: string, request: RelevelRequest, actor: Actor): Promise<void> {
    const { severity, reason } = check(relevelRequest, request);
    return this.step(id, 'relevel', actor, async (tx, { file, now }) => {
      const refusal = relevelRefusal(file.state, file.severity, severity);
      if (refusal) throw refusal;
      const { added, cancelled } = await this.restamp(tx, { ...file, severity }, now);
      if (isAtLeast(severity, 'II')) await this.askAnalysis(tx, { ...file, severity }, actor, now);
      await new Alerts(tx).change(file.alertId, { severity });
      const word = isAtLeast(severity, file.severity) ? '升级' : '降级';
      const names = (list: readonly { rule: { name: string } }[]) => list.map(({ rule }) => rule.name).join('、');
      const clocks = `${added.length > 0 ? `，新增时限：${names(added)}` : ''}${cancelled.length > 0 ? `，不再适用：${names(cancelled)}` : ''}`;
      return {
        change: { severity },
        kind: 'case.releveled',
        text: `由${file.severity}级${word}为${severity}级（${SEVERITY_NAMES[severity]}）：${reason}${clocks}`,
        detail: { from: file.severity, to: severity, reason },
        tell: { title: `【${word}】${file.caseNo} ${file.title}`, body: `由${file.severity}级${word}为${severity}级：${reason}${clocks}` },
      };
    });
  }

  /** 督办: a leader presses; every department that holds a task is told. */
  supervise(id: string, request: BecauseRequest, actor: Actor): Promise<void> {
    const { reason } = check(becauseRequest, request);
    return this.step(id, 'supervise', actor, async (_tx, { file, now }) => ({
      change: { supervisedAt: now, supervisedBy: actor.name, supervisedReason: reason },
      kind: 'case.supervised',
      text: `督办：${reason}`,
      detail: { reason },
      tell: { title: `【督办】${file.caseNo} ${file.title}`, body: `${actor.name}督办：${reason}` },
    }));
  }

  /** 重开. */
  reopen(id: string, request: BecauseRequest, actor: Actor): Promise<void> {
    const { reason } = check(becauseRequest, request);
    return this.step(id, 'reopen', actor, async (tx, { file, now }) => {
      const clocks = await new Deadlines(tx).lockOfCase(id);
      const running = clocks.filter(({ deadline }) => deadline.rule.milestone === 'evaluation');
      await this.deadlines.cancel(tx, running, '已重开', now);
      return {
        change: {
          state: await this.stateNow(tx, id, clocks),
          closedAt: null,
          closedBy: null,
          reopenedCount: file.reopenedCount + 1,
          evaluatedAt: null,
          evaluatedBy: null,
          evaluation: null,
        },
        kind: 'case.reopened',
        text: `重开：${reason}`,
        detail: { reason, closedBy: file.closedBy, closedAt: file.closedAt?.toISOString() ?? null, closingSummary: file.closingSummary },
        tell: { title: `【重开】${file.caseNo} ${file.title}`, body: reason },
      };
    });
  }

  /** 并案: open tasks go on in the other case, clocks of this one end there. @throws Refusal merge-into-older, merge-into-graver … */
  async merge(id: string, request: MergeRequest, actor: Actor): Promise<void> {
    const { intoCaseId, reason } = check(mergeRequest, request);
    await this.store.change(async (tx, now) => {
      const files = new CaseFiles(tx);
      // In one order by everybody, so that two merges crosswise never wait in a circle.
      for (const one of [id, intoCaseId].sort()) await files.lock(one);
      const [file, into] = [await files.find(id), await files.find(intoCaseId)];
      if (!file) throw new NotFound('case', id);
      if (!into) throw new BadInput([{ field: 'intoCaseId', rule: 'must be a case', got: intoCaseId, message: '没有这份舆情单' }]);
      const refusal = mergeRefusal(file, into);
      if (refusal) throw new Refusal(refusal.code, refusal.message, refusal.said, lastOf(file));
      const clocks = await this.ownClocks(tx, id);
      const owes = (milestone: Milestone) => clocks.some(({ deadline }) => deadline.rule.milestone === milestone && isOpen(deadline));
      // The other case owes neither: merged away, they would be owed by nobody.
      if (owes('report'))
        throw new Refusal('case-under-investigation', 'an investigation is under way', '本单的事故调查尚未结束，请把另一单并入本单');
      if (owes('clarification'))
        throw new Refusal(
          'rumour-not-clarified',
          'a false claim is not clarified yet',
          '本单有不实信息尚未澄清，请先登记澄清，或把另一单并入本单',
        );
      const moved = await this.moveTasks(tx, file, into, { actor, now });
      await this.deadlines.cancel(tx, clocks, `并入${into.caseNo}`, now);
      await files.change(id, { state: stepCase(file.state, 'merge'), mergedInto: into.id, mergedAt: now, mergedBy: actor.name });
      await recordStep(tx, now, actor, 'case.merge', {
        ...lineOf(file),
        kind: 'case.merged',
        text: `并入${into.caseNo}：${reason}`,
        detail: { into: into.id, reason, moved },
      });
      await recordStep(tx, now, actor, 'case.merge', {
        ...lineOf(into),
        kind: 'case.merged',
        text: `${file.caseNo}《${file.title}》并入本单：${reason}`,
        detail: { from: file.id, reason, moved },
      });
    });
  }

  /** 拆案: it comes back on its own; what it owes by its level is owed anew from its own start. Tasks stay where they went. */
  split(id: string, request: BecauseRequest, actor: Actor): Promise<void> {
    const { reason } = check(becauseRequest, request);
    return this.step(id, 'split', actor, async (tx, { file, now }) => {
      await this.restamp(tx, file, now);
      return {
        change: {
          state: await this.stateNow(tx, id, await new Deadlines(tx).lockOfCase(id)),
          mergedInto: null,
          mergedAt: null,
          mergedBy: null,
        },
        kind: 'case.split',
        text: `拆案，恢复单独办理：${reason}`,
        detail: { reason, from: file.mergedInto },
      };
    });
  }

  /** 回应效果评估. */
  evaluate(id: string, request: EvaluateRequest, actor: Actor): Promise<void> {
    const { text } = check(evaluateRequest, request);
    return this.step(id, 'evaluate', actor, async (tx, { now }) => {
      await this.meetBy(tx, id, 'evaluation', text, { actor, now });
      return {
        change: { evaluatedAt: now, evaluatedBy: actor.name, evaluation: text },
        kind: 'case.evaluated',
        text: `回应效果评估：${text}`,
      };
    });
  }

  /** 归档. @throws Refusal not-evaluated */
  archive(id: string, actor: Actor): Promise<void> {
    return this.step(id, 'archive', actor, async (_tx, { file, now }) => {
      if (file.evaluatedAt === null) throw new Refusal('not-evaluated', 'the effect has not been evaluated', '请先评估回应效果，再归档');
      return { change: { archivedAt: now, archivedBy: actor.name }, kind: 'case.archived', text: '归档' };
    });
  }

  /** Proof of a step in this system stops the clocks it is for. The case is locked. */
  private async meetBy(
    tx: Tx,
    caseId: string,
    kind: 'evaluation',
    note: string,
    { actor, now }: { actor: Actor; now: Date },
  ): Promise<void> {
    const proof = { id: idAt(now, randomUUID()), kind, publishedAt: now };
    const kept = { caseId, taskId: null, url: null, note, fileName: null, sha256: null, captureFailure: null };
    await new EvidenceFiles(tx).add({ ...proof, ...kept, registeredAt: now, registeredBy: actor.name }, null);
    await this.deadlines.meet(tx, await new Deadlines(tx).lockOfCase(caseId), proof, now);
  }

  /** A case that becomes grave owes an analysis (OP-14) where it has not owed one. */
  private async askAnalysis(tx: Tx, file: CaseRow, actor: Actor, now: Date): Promise<void> {
    const clocks = await new Deadlines(tx).lockOfCase(file.id);
    if (clocks.some(({ deadline }) => deadline.rule.milestone === 'analysis')) return;
    const facts: StatedFact[] = [{ fact: 'confirmed', at: now, statedBy: actor.name }];
    const subject = { kind: 'case' as const, id: file.id };
    await this.deadlines.stamp(
      tx,
      { trigger: 'analysis-required', subject, severity: file.severity, facts, caseId: file.id, departmentId: null },
      now,
    );
  }

  private async restamp(tx: Tx, file: CaseRow, now: Date) {
    const clocks = await new Deadlines(tx).lockOfCase(file.id);
    const evidence = await new EvidenceFiles(tx).ofCase(file.id);
    const subject = { kind: 'case' as const, id: file.id };
    return this.deadlines.restamp(
      tx,
      clocks,
      {
        trigger: 'case-opened',
        subject,
        severity: file.severity,
        facts: startFacts(file, clocks),
        evidence,
        caseId: file.id,
        departmentId: file.leadDepartmentId,
      },
      now,
    );
  }

  private async ownClocks(tx: Tx, caseId: string): Promise<DeadlineRow[]> {
    return (await new Deadlines(tx).lockOfCase(caseId)).filter(({ deadline }) => deadline.subject.kind === 'case');
  }

  private async stateNow(tx: Tx, caseId: string, clocks: readonly DeadlineRow[]): Promise<CaseRow['state']> {
    const tasks = (await new ResponseTasks(tx).ofCases([caseId], null)).map((task) => task.state);
    return caseStateOf({ tasks, responded: isResponded(clocks.map(({ deadline }) => deadline)), closed: false });
  }

  /** Open tasks go on in the other case; a department that holds one there is asked once. Returns how many went. */
  private async moveTasks(tx: Tx, from: CaseRow, into: CaseRow, by: { actor: Actor; now: Date }): Promise<number> {
    const tasks = new ResponseTasks(tx);
    const there = (await tasks.ofCases([into.id], null)).filter((task) => task.state !== 'returned');
    const open = (await tasks.ofCases([from.id], null)).filter((task) => isTaskOpen(task.state));
    const held = new Set(there.map((task) => task.departmentId));
    const [twice, moved] = [open.filter((task) => held.has(task.departmentId)), open.filter((task) => !held.has(task.departmentId))];
    const clocks = await new Deadlines(tx).lockOfCase(from.id);
    for (const task of twice) {
      await tasks.change(task.id, {
        state: 'returned',
        returnedAt: by.now,
        returnedBy: by.actor.name,
        returnedReason: `并入${into.caseNo}，已有同一单位任务`,
      });
      await this.deadlines.cancel(
        tx,
        clocks.filter(({ deadline }) => deadline.subject.id === task.id),
        '并案',
        by.now,
      );
    }
    const hasLead = there.some((task) => task.role === 'lead');
    for (const task of moved) if (hasLead && task.role === 'lead') await tasks.change(task.id, { role: 'co' });
    if (moved.length > 0)
      await tasks.moveTo(
        moved.map((task) => task.id),
        into.id,
      );
    await noteClocksChanged(tx, into.id);
    return moved.length;
  }

  private step(id: string, action: CaseAction, actor: Actor, take: (tx: Tx, held: Held) => Promise<Step>): Promise<void> {
    return this.store.change(async (tx, now) => {
      const file = await new CaseFiles(tx).lock(id);
      if (!file) throw new NotFound('case', id);
      const state = stepCase(file.state, action, lastOf(file));
      const { change, kind, text, detail, tell } = await take(tx, { file, now });
      await new CaseFiles(tx).change(id, { state, ...change });
      await recordStep(tx, now, actor, `case.${action}`, { ...lineOf(file), kind, text, detail: detail ?? {} });
      if (!tell) return;
      const holding = (await new ResponseTasks(tx).ofCases([id], null)).filter((task) => task.state !== 'returned');
      const people = await this.duty.tellable(tx, now);
      for (const departmentId of new Set(holding.map((task) => task.departmentId))) {
        const about = { kind: 'department-told' as const, departmentId };
        const fact = `case:${id}:${action}:${now.getTime()}:${departmentId}`;
        const told = {
          ...tell,
          fact,
          about,
          severity: file.severity,
          urgency: 'urgent' as const,
          link: `/cases/${id}`,
          caseId: id,
          causedBy: caseOpenedId(id),
        };
        tx.send(...noticeRequests(told, people, now));
      }
    });
  }
}

/** The facts the case's clocks started from, as they were stated then. */
function startFacts(file: CaseRow, clocks: readonly DeadlineRow[]): StatedFact[] {
  const stated = clocks
    .filter(({ deadline }) => deadline.subject.kind === 'case' && ['occurred', 'detected'].includes(deadline.start.fact))
    .map(({ deadline }) => deadline.start);
  const facts = stated.length > 0 ? stated : [{ fact: 'detected' as const, at: file.notBefore, statedBy: '系统' }];
  return [...facts, { fact: 'confirmed', at: file.openedAt, statedBy: file.openedBy }];
}

function lineOf(file: CaseRow) {
  return { title: file.title, subject: { kind: 'case' as const, id: file.id }, caseId: file.id, severity: file.severity };
}

/** Who ended the case last, for the one who comes second. */
export function lastOf(file: CaseRow) {
  if (file.state === 'archived' && file.archivedBy && file.archivedAt)
    return { by: file.archivedBy, at: file.archivedAt.toISOString(), what: '归档' };
  if (file.state === 'merged' && file.mergedBy && file.mergedAt)
    return { by: file.mergedBy, at: file.mergedAt.toISOString(), what: '并案' };
  return closingOf(file);
}
