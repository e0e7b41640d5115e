import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { TOPICS } from '@huiying/contracts';
import {
  becauseRequest,
  replyRequest,
  returnRequest,
  type BecauseRequest,
  type ReplyRequest,
  type ReturnRequest,
} from '@huiying/contracts/http';
import {
  caseRefusal,
  caseStateOf,
  Forbidden,
  idAt,
  idBeside,
  isCaseOver,
  localTimeText,
  NotFound,
  stepCase,
  stepTask,
  type Deadline,
  type TaskAction,
  type TellablePeople,
  type TellFact,
} from '@huiying/domain';
import { outgoing } from '@huiying/messaging';
import { check } from '@huiying/platform';
import {
  CaseFiles,
  Deadlines,
  EvidenceFiles,
  ResponseTasks,
  type CaseRow,
  type DeadlineRow,
  type TaskRow,
  type Tx,
} from '@huiying/persistence';
import { scopeOf, type Actor } from '../accounts/index.js';
import { CityBook } from '../city/index.js';
import { DeadlineBook } from '../deadlines/index.js';
import { DutyDesk } from '../duty/index.js';
import { asFieldOf, EvidenceDesk } from '../evidence/index.js';
import { citeEntries } from '../knowledge/index.js';
import { noticeRequests } from '../notifying/index.js';
import { noteCaseChange, recordStep, taskAssignedId, WorkflowStore } from '../timeline/index.js';
import { closingOf, assertAnswers } from './task-refusals.js';
import { lastStepOn, mayAct } from './task-view.js';

interface Held {
  file: CaseRow;
  task: TaskRow;
  now: Date;
  /** Of the task's case, locked. */
  clocks: readonly DeadlineRow[];
  /** Who may be told, where the step tells somebody. */
  people: TellablePeople | null;
}

/** What a department does with its task: 签收, 退回, 反馈. */
@Injectable()
export class TaskDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(DeadlineBook) private readonly deadlines: DeadlineBook,
    @Inject(EvidenceDesk) private readonly evidence: EvidenceDesk,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
  ) {}

  /** 签收. @throws NotFound, Forbidden, Refusal already-acknowledged, task-returned, task-closed */
  async acknowledge(id: string, actor: Actor): Promise<void> {
    await this.step(id, 'acknowledge', actor, async (tx, held) => {
      const { file, task, now } = held;
      await new ResponseTasks(tx).change(id, { state: 'acknowledged', acknowledgedAt: now, acknowledgedBy: actor.name });
      await noteCaseChange(tx, file.id, { state: stepCase(file.state, 'acknowledge') });
      const late = await this.meetAcknowledgement(tx, held, actor);
      await recordStep(tx, now, actor, 'task.acknowledge', {
        ...stepOf(task),
        kind: 'task.acknowledged',
        text: `${task.departmentName}签收任务${late ? '（超时）' : ''}`,
        detail: { taskId: id, departmentId: task.departmentId, late },
      });
      const data = {
        taskId: id,
        caseId: file.id,
        departmentId: task.departmentId,
        acknowledgedAt: now.toISOString(),
        acknowledgedBy: actor.name,
        late,
      };
      const about = { id: idBeside(id, 'task-acknowledged', id), occurredAt: now, causedBy: taskAssignedId(id) };
      tx.send(outgoing(TOPICS.taskAcknowledged, file.id, about, data));
    });
  }

  /**
   * 退回. The case's clocks go on, and stay with the department until another has the task (首接负责); only the task's own end.
   * @throws BadInput, NotFound, Forbidden, Refusal task-returned, already-replied, task-closed
   */
  async return(id: string, request: ReturnRequest, actor: Actor): Promise<void> {
    const { reason, ground, suggestedDepartmentId } = check(returnRequest, request);
    if (suggestedDepartmentId !== null) assertAnswers(this.city, 'suggestedDepartmentId', suggestedDepartmentId, this.store.now());
    await this.step(id, 'return', actor, async (tx, held) => {
      const { file, task, now } = held;
      const tasks = new ResponseTasks(tx);
      await tasks.change(id, {
        state: 'returned',
        returnedAt: now,
        returnedBy: actor.name,
        returnedReason: reason,
        returnedGround: ground,
        suggestedDepartmentId,
      });
      const all = await tasks.ofCases([file.id], null);
      stepCase(file.state, 'return');
      const facts = { tasks: all.map((one) => one.state), responded: file.state === 'responded', closed: false };
      await new CaseFiles(tx).change(file.id, { state: caseStateOf(facts) });
      const clocks = held.clocks.filter(({ deadline }) => deadline.subject.id === id);
      await this.deadlines.cancel(tx, clocks, '任务已退回', now);
      const dispute = ground === 'not-ours' ? await this.openDispute(tx, task, actor, now) : null;
      const suggested = suggestedDepartmentId === null ? '' : `，建议改派${this.city.departmentName(suggestedDepartmentId)}`;
      const rule =
        dispute === null ? '' : `；须在${localTimeText(dispute.dueAt)}前裁定承办单位，裁定前仍由${task.departmentName}负责（首接负责）`;
      const text = `${task.departmentName}退回任务：${reason}${suggested}${rule}`;
      await recordStep(tx, now, actor, 'task.return', {
        ...stepOf(task),
        kind: 'task.returned',
        text,
        detail: { taskId: id, departmentId: task.departmentId, reason, ground, suggestedDepartmentId },
      });
      await this.tellDesk(
        tx,
        { kind: 'task-returned', departmentId: task.departmentId },
        held,
        `【退回】${task.departmentName} ${file.caseNo}`,
        text,
      );
    });
  }

  /** 重办: the desk gives an answered task back to be done again. @throws BadInput, NotFound, Refusal task-not-replied, task-returned, case-closed */
  async rework(id: string, request: BecauseRequest, actor: Actor): Promise<void> {
    const { reason } = check(becauseRequest, request);
    await this.store.change(async (tx, now) => {
      const tasks = new ResponseTasks(tx);
      const before = await tasks.find(id, null);
      const file = before && (await new CaseFiles(tx).lock(before.caseId));
      const task = file && (await tasks.find(id, null));
      if (!file || !task) throw new NotFound('task', id);
      const refusal = isCaseOver(file.state) ? caseRefusal(file.state, 'assign', closingOf(file)) : null;
      if (refusal) throw refusal;
      const state = stepTask(task.state, 'rework', lastStepOn(task, 'rework'));
      await tasks.change(id, { state, closedAt: null, reworkCount: task.reworkCount + 1, reworkReason: reason });
      const text = `要求${task.departmentName}重办（第 ${task.reworkCount + 1} 次）：${reason}`;
      await recordStep(tx, now, actor, 'task.rework', { ...stepOf(task), kind: 'task.rework', text, detail: { taskId: id, reason } });
      const about = { kind: 'department-told' as const, departmentId: task.departmentId };
      await this.tell(
        tx,
        about,
        { file, task, now, people: null },
        { title: `【重办】${file.caseNo} ${file.title}`, body: reason, fact: `rework:${task.reworkCount + 1}` },
      );
    });
  }

  /**
   * 反馈. With proof it stops the clocks the proof is for; text alone stops none.
   * @throws BadInput, NotFound, Forbidden, Refusal task-not-acknowledged, task-returned, task-closed
   */
  async reply(id: string, request: ReplyRequest, actor: Actor): Promise<{ evidenceId: string | null; metDeadlineIds: string[] }> {
    const { text, evidence, cites } = check(replyRequest, request);
    try {
      const proof = evidence === null ? null : await this.evidence.prepare(evidence);
      return await this.step(id, 'reply', actor, async (tx, held) => {
        const { file, task, now, clocks } = held;
        await new ResponseTasks(tx).change(id, { state: 'replied', replyText: text, repliedAt: now, repliedBy: actor.name });
        await recordStep(tx, now, actor, 'task.reply', {
          ...stepOf(task),
          kind: 'task.replied',
          text: `${task.departmentName}${task.state === 'replied' ? '补充反馈' : '反馈'}${proof ? '并提供发布证据' : ''}：${text}`,
          detail: { taskId: id, departmentId: task.departmentId, hasEvidence: proof !== null },
        });
        await citeEntries(tx, { kind: 'task', id }, cites, { at: now, by: actor.name });
        const laid = proof && (await this.evidence.lay(tx, file, proof, { actor, taskId: id, departmentId: task.departmentId, clocks }));
        await this.tellDesk(
          tx,
          { kind: 'task-replied', departmentId: task.departmentId },
          held,
          `【反馈】${task.departmentName} ${file.caseNo}`,
          text.slice(0, 200),
        );
        return { evidenceId: laid?.evidenceId ?? null, metDeadlineIds: laid?.metDeadlineIds ?? [] };
      });
    } catch (error) {
      throw evidence === null ? error : asFieldOf('evidence', error);
    }
  }

  /** Locks the case, then looks at the task as it now stands, and lets the step be taken where it is lawful. */
  private step<T>(id: string, action: TaskAction, actor: Actor, take: (tx: Tx, held: Held) => Promise<T>): Promise<T> {
    return this.store.change(async (tx, now) => {
      const tasks = new ResponseTasks(tx);
      const scope = scopeOf(actor);
      const tells = action !== 'acknowledge';
      const [file, task, clocks, people] = await Promise.all([
        new CaseFiles(tx).lockOfTask(id),
        tasks.find(id, scope),
        new Deadlines(tx).lockOfTask(id),
        tells ? this.duty.tellable(tx, now) : null,
        tells ? this.deadlines.lookUpLaw(tx) : null,
      ]);
      // Its case was merged into another in this very moment: nothing is held of the other, so it must be asked anew.
      if (!file || !task || task.caseId !== file.id) throw new NotFound('task', id);
      if (!mayAct(task, actor)) throw new Forbidden(`${actor.role} may not ${action} a task of ${task.departmentId}`, '由承办部门办理');
      stepTask(task.state, action, lastStepOn(task, action));
      return take(tx, { file, task, now, clocks, people });
    });
  }

  /** Whose matter it is must be ruled on within its time (TK-02). */
  private async openDispute(tx: Tx, task: TaskRow, actor: Actor, now: Date): Promise<Deadline | null> {
    const subject = { kind: 'task' as const, id: task.id };
    const facts = [{ fact: 'disputed' as const, at: now, statedBy: actor.name }];
    const clocks = await this.deadlines.stamp(
      tx,
      { trigger: 'jurisdiction-disputed', subject, severity: task.severity, facts, caseId: task.caseId, departmentId: task.departmentId },
      now,
    );
    return clocks[0] ?? null;
  }

  /** @returns whether it came after its time */
  private async meetAcknowledgement(tx: Tx, { task, now, clocks: all }: Held, actor: Actor): Promise<boolean> {
    const clocks = all.filter(({ deadline }) => deadline.subject.id === task.id);
    const proof = { id: idAt(now, randomUUID()), kind: 'acknowledgement' as const, publishedAt: now };
    const kept = { caseId: task.caseId, taskId: task.id, url: null, note: '签收', fileName: null, sha256: null, captureFailure: null };
    await new EvidenceFiles(tx).add({ ...proof, ...kept, registeredAt: now, registeredBy: actor.name }, null);
    const met = await this.deadlines.meet(tx, clocks, proof, now);
    return met.some(({ deadline }) => deadline.metAt! > deadline.dueAt);
  }

  private tellDesk(tx: Tx, about: TellFact, held: Held, title: string, body: string): Promise<void> {
    return this.tell(tx, about, held, { title, body: `${held.file.title}。${body}`, fact: `${about.kind}:${held.now.toISOString()}` });
  }

  private async tell(
    tx: Tx,
    about: TellFact,
    { file, task, now, people }: Omit<Held, 'clocks'>,
    words: { title: string; body: string; fact: string },
  ): Promise<void> {
    const told = {
      ...words,
      about,
      fact: `task:${task.id}:${words.fact}`,
      severity: file.severity,
      urgency: about.kind === 'task-replied' ? ('normal' as const) : ('urgent' as const),
      link: about.kind === 'department-told' ? `/tasks/${task.id}` : `/cases/${file.id}`,
      caseId: file.id,
      causedBy: taskAssignedId(task.id),
    };
    tx.send(...noticeRequests(told, people ?? (await this.duty.tellable(tx, now)), now));
  }
}

function stepOf(task: TaskRow) {
  return {
    title: task.caseTitle,
    subject: { kind: 'task' as const, id: task.id },
    caseId: task.caseId,
    taskId: task.id,
    departmentId: task.departmentId,
    severity: task.severity,
  };
}
