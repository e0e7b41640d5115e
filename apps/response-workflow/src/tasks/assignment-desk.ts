import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { TOPICS } from '@huiying/contracts';
import { assignRequest, type AssignRequest } from '@huiying/contracts/http';
import {
  assignmentRefusal,
  BadInput,
  idAt,
  isCaseOver,
  isOpen,
  NotFound,
  Refusal,
  stepCase,
  type Conflict,
  type TellablePeople,
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
  type NewTask,
  type TaskRow,
  type Tx,
} from '@huiying/persistence';
import type { SignedBy } from '../accounts/index.js';
import { CityBook } from '../city/index.js';
import { DeadlineBook } from '../deadlines/index.js';
import { DutyDesk } from '../duty/index.js';
import { noticeRequests } from '../notifying/index.js';
import { caseOpenedId, noteCaseChange, recordStep, taskAssignedId, WorkflowStore } from '../timeline/index.js';
import { assertAnswers, closingOf } from './task-refusals.js';

type Wanted = { departmentId: string; role: 'lead' | 'co'; instruction: string };

/** 交办: the duty desk gives a case to departments, one of them in the lead. */
@Injectable()
export class AssignmentDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(DeadlineBook) private readonly deadlines: DeadlineBook,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
  ) {}

  /**
   * A case has exactly one lead at a time; a returned task makes room for another.
   * @throws BadInput, NotFound, Refusal case-closed, already-has-lead, case-needs-lead, department-already-assigned
   */
  async assign(caseId: string, request: AssignRequest, actor: SignedBy): Promise<{ taskIds: string[] }> {
    const wanted = check(assignRequest, request).tasks;
    this.assertDepartments(wanted, this.store.now());
    return this.store.change(async (tx, now) => {
      const [file, existing, clocks, people] = await Promise.all([
        new CaseFiles(tx).lock(caseId),
        new ResponseTasks(tx).ofCases([caseId], null),
        new Deadlines(tx).lockOfCase(caseId),
        this.duty.tellable(tx, now),
        this.deadlines.lookUpLaw(tx),
      ]);
      if (!file) throw new NotFound('case', caseId);
      const refusal = assignmentRefusal(file.state, existing, wanted);
      if (refusal) throw new Refusal(refusal.code, refusal.message, refusal.said, whoWasFirst(file, existing, wanted));
      const state = stepCase(file.state, 'assign');
      const tasks = wanted.map((one) => this.toTask(one, file, actor, now));
      await new ResponseTasks(tx).assign(tasks);
      await this.giveLead(
        tx,
        file,
        state,
        tasks.find((task) => task.role === 'lead'),
      );
      const isRuling = await this.ruleOnDispute(tx, clocks, tasks, actor, now);
      if (isRuling) this.tellRelieved(tx, file, existing, tasks, { actor, now, people });
      for (const task of tasks) await this.start(tx, file, task, { actor, now, people });
      return { taskIds: tasks.map((task) => task.id) };
    });
  }

  /** Whom the case is given to is the ruling that ends a dispute over it (管辖争议). Answers whether there was one. */
  private async ruleOnDispute(
    tx: Tx,
    clocks: readonly DeadlineRow[],
    tasks: readonly NewTask[],
    actor: SignedBy,
    now: Date,
  ): Promise<boolean> {
    const open = clocks.filter(({ deadline }) => deadline.rule.milestone === 'jurisdiction' && isOpen(deadline));
    if (open.length === 0) return false;
    const proof = { id: idAt(now, randomUUID()), kind: 'ruling' as const, publishedAt: now };
    const note = `裁定由${tasks.map((task) => task.departmentName).join('、')}承办`;
    const kept = { caseId: tasks[0]!.caseId, taskId: null, url: null, note, fileName: null, sha256: null, captureFailure: null };
    await new EvidenceFiles(tx).add({ ...proof, ...kept, registeredAt: now, registeredBy: actor.name }, null);
    await this.deadlines.meet(tx, open, proof, now);
    return true;
  }

  /** The unit that gave it back answered for it until now (首接负责); it is told that it need not any more, and who does. */
  private tellRelieved(
    tx: Tx,
    file: CaseRow,
    existing: readonly TaskRow[],
    tasks: readonly NewTask[],
    { actor, now, people }: { actor: SignedBy; now: Date; people: TellablePeople },
  ): void {
    const returned = existing.findLast((task) => task.state === 'returned' && task.departmentId === file.leadDepartmentId);
    if (!returned || tasks.some((task) => task.departmentId === returned.departmentId)) return;
    const told = {
      fact: `task:${returned.id}:relieved`,
      about: { kind: 'department-told' as const, departmentId: returned.departmentId },
      severity: file.severity,
      urgency: 'normal' as const,
      title: `【裁定】${file.caseNo} ${file.title}`,
      body: `${actor.name}裁定由${tasks.map((task) => task.departmentName).join('、')}承办，你单位不再负责。`,
      link: `/tasks/${returned.id}`,
      caseId: file.id,
      causedBy: caseOpenedId(file.id),
    };
    tx.send(...noticeRequests(told, people, now));
  }

  private async giveLead(tx: Tx, file: CaseRow, state: CaseRow['state'], lead: NewTask | undefined): Promise<void> {
    const change = lead ? { leadDepartmentId: lead.departmentId, leadDepartmentName: lead.departmentName } : {};
    await noteCaseChange(tx, file.id, { state, ...change });
    if (lead) await new Deadlines(tx).giveToDepartment(file.id, lead.departmentId);
  }

  /** The 签收 clock, the history, the event, and the notice to the department. */
  private async start(tx: Tx, file: CaseRow, task: NewTask, by: { actor: SignedBy; now: Date; people: TellablePeople }): Promise<void> {
    const { actor, now, people } = by;
    const { id, departmentId, departmentName, role, instruction } = task;
    const clocks = await this.deadlines.stamp(
      tx,
      {
        trigger: 'task-assigned',
        subject: { kind: 'task', id },
        severity: file.severity,
        facts: [{ fact: 'assigned', at: now, statedBy: actor.name }],
        caseId: file.id,
        departmentId,
      },
      now,
    );
    const acknowledgeDueAt = clocks.find((clock) => clock.rule.milestone === 'acknowledgement')?.dueAt ?? now;
    await recordStep(tx, now, actor, 'task.assign', {
      kind: 'task.assigned',
      text: `交办${departmentName}（${role === 'lead' ? '牵头' : '协办'}）：${instruction}`,
      title: file.title,
      subject: { kind: 'task', id },
      caseId: file.id,
      taskId: id,
      departmentId,
      severity: file.severity,
      detail: { taskId: id, departmentId, role, acknowledgeDueAt: acknowledgeDueAt.toISOString() },
    });
    const data = {
      taskId: id,
      caseId: file.id,
      departmentId,
      role,
      instruction,
      assignedAt: now.toISOString(),
      assignedBy: actor.name,
      acknowledgeDueAt: acknowledgeDueAt.toISOString(),
    };
    const about = { id: taskAssignedId(id), occurredAt: now, causedBy: caseOpenedId(file.id) };
    const event = outgoing(TOPICS.taskAssigned, file.id, about, data);
    const told = {
      fact: `task:${id}:assigned`,
      about: { kind: 'task-assigned' as const, departmentId },
      severity: file.severity,
      urgency: 'urgent' as const,
      title: `【交办】${file.caseNo} ${file.title}`,
      body: `${role === 'lead' ? '牵头' : '协办'}：${instruction}。请按时签收。`,
      link: `/tasks/${id}`,
      caseId: file.id,
      causedBy: event.event.id,
    };
    tx.send(event, ...noticeRequests(told, people, now));
  }

  private toTask(wanted: Wanted, file: CaseRow, actor: SignedBy, now: Date): NewTask {
    return {
      ...wanted,
      id: idAt(now, randomUUID()),
      caseId: file.id,
      departmentName: this.city.departmentName(wanted.departmentId),
      assignedAt: now,
      assignedBy: actor.name,
    };
  }

  private assertDepartments(wanted: readonly Wanted[], now: Date): void {
    wanted.forEach(({ departmentId }, i) => {
      const field = `tasks.${i}.departmentId`;
      assertAnswers(this.city, field, departmentId, now);
      if (wanted.findIndex((other) => other.departmentId === departmentId) !== i) {
        throw new BadInput([{ field, rule: 'must not stand twice', got: departmentId, message: '同一部门只能选一次' }]);
      }
    });
  }
}

/** Who had closed the case, given it a lead, or given the department its task before. */
function whoWasFirst(file: CaseRow, existing: readonly TaskRow[], wanted: readonly Wanted[]): Conflict | undefined {
  if (isCaseOver(file.state)) return closingOf(file);
  const held = existing.filter((task) => task.state !== 'returned');
  const inTheWay = (task: TaskRow) =>
    wanted.some((one) => one.departmentId === task.departmentId || (one.role === 'lead' && task.role === 'lead'));
  const task = held.find(inTheWay);
  return task && { by: task.assignedBy, at: task.assignedAt.toISOString(), what: `交办${task.departmentName}` };
}
