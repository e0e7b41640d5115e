import { Inject, Injectable } from '@nestjs/common';
import { TOPICS } from '@huiying/contracts';
import { fireStep, isReminder, nextStep, idBeside, type NextStep } from '@huiying/domain';
import { outgoing } from '@huiying/messaging';
import { DueSteps, type DeadlineRow, type OutgoingEvent, type Tx } from '@huiying/persistence';
import { CityBook } from '../city/index.js';
import { DutyDesk } from '../duty/index.js';
import { noticeRequests } from '../notifying/index.js';
import { caseOpenedId, record, SYSTEM, taskAssignedId, type Happening, WorkflowStore } from '../timeline/index.js';
import { nextStepAt } from './deadline-book.js';
import { linkOf, placeOf } from './clock-subject.js';
import { stepWords } from './step-words.js';

/** Steps fired in one commit. */
export const STEPS_AT_ONCE = 500;

interface Firing {
  row: DeadlineRow;
  next: NextStep;
}

/**
 * Fires what is due on the clocks: each step once, a clock's steps in order, in one commit with the timeline, the events
 * and the notices. Any number of processes may tick at the same time; what was missed in an outage fires late, once.
 */
@Injectable()
export class DeadlineEngine {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
  ) {}

  /** Fires the next due step of up to STEPS_AT_ONCE clocks. Returns how many clocks it had to look at: 0 = all is done. */
  tick(): Promise<number> {
    return this.store.change(async (tx, now) => {
      const rows = await new DueSteps(tx).claim(now, STEPS_AT_ONCE);
      if (rows.length === 0) return 0;
      const firings: Firing[] = rows.flatMap((row) => {
        const next = nextStep(row.deadline, now);
        return next?.isDue ? [{ row, next }] : [];
      });
      await this.fire(tx, firings, now);
      await this.keep(tx, rows, firings, now);
      return rows.length;
    });
  }

  nextStepAt(): Promise<Date | null> {
    return new DueSteps(this.store.database).nextAt();
  }

  private async fire(tx: Tx, firings: readonly Firing[], now: Date): Promise<void> {
    if (firings.length === 0) return;
    const people = await this.duty.tellable(tx, now);
    await record(
      tx,
      now,
      SYSTEM,
      firings.map((firing) => this.happening(firing)),
    );
    for (const firing of firings) {
      const event = stepEvent(firing, now);
      const { row, next } = firing;
      const { kind, percent } = next.step;
      const departmentIds = row.departmentId === null ? [] : [row.departmentId];
      const told = {
        fact: `deadline:${row.deadline.id}:${toldAs(next.step)}`,
        about: { kind: kind === 'warn' ? ('deadline-warned' as const) : ('deadline-breached' as const), departmentIds },
        severity: row.severity,
        urgency: isReminder(row.deadline) || (kind === 'warn' && percent < 80) ? ('normal' as const) : ('urgent' as const),
        ...stepWords(row, next, this.responsible(row)),
        link: linkOf(row),
        caseId: row.caseId,
        causedBy: event.event.id,
      };
      tx.send(event, ...noticeRequests(told, people, now));
    }
  }

  private async keep(tx: Tx, rows: readonly DeadlineRow[], firings: readonly Firing[], now: Date): Promise<void> {
    const fired = new Map(firings.map(({ row, next }) => [row.deadline.id, next.step.percent]));
    await new DueSteps(tx).markFired(
      rows.map(({ deadline }) => {
        const percent = fired.get(deadline.id);
        const after = percent === undefined ? deadline : fireStep(deadline, percent, now);
        return { id: deadline.id, percent: percent ?? -1, at: now, nextStepAt: nextStepAt(after, now) };
      }),
    );
  }

  private happening({ row, next }: Firing): Happening {
    const { id, rule } = row.deadline;
    const { kind, percent } = next.step;
    return {
      kind: kind === 'warn' ? 'deadline.warned' : 'deadline.breached',
      text: `${next.reason}（责任单位：${this.responsible(row)}）${next.late ? '，补发' : ''}`,
      ...placeOf(row),
      detail: { deadlineId: id, ruleId: rule.id, ruleName: rule.name, percent, late: next.late, scheduledAt: next.step.at.toISOString() },
    };
  }

  private responsible({ departmentId, deadline }: DeadlineRow): string {
    return departmentId === null ? deadline.rule.ownerText : this.city.departmentName(departmentId);
  }
}

/** Names the step within its clock for ever. */
function toldAs({ kind, percent }: NextStep['step']): string {
  if (kind === 'warn') return `warned:${percent}`;
  return percent === 100 ? 'breached' : `breached:${percent}`;
}

/** A clock of a case is told as it always was; one of an order or a document needs the second version. */
function stepEvent({ row, next }: Firing, now: Date): OutgoingEvent {
  const { deadline, caseId } = row;
  const { kind: what, id: subjectId } = deadline.subject;
  const { kind, percent, at } = next.step;
  const data = {
    deadlineId: deadline.id,
    ruleId: deadline.rule.id,
    ruleVersion: deadline.rule.version,
    dueAt: deadline.dueAt.toISOString(),
    scheduledAt: at.toISOString(),
    firedAt: now.toISOString(),
    late: next.late,
  };
  const id = idBeside(deadline.id, 'deadline-step', deadline.id, percent);
  if (caseId === null || what === 'order' || what === 'document') {
    const about = { id, occurredAt: now, causedBy: null, version: 2 as const };
    const step = { ...data, subject: deadline.subject, caseId };
    return kind === 'warn'
      ? outgoing(TOPICS.deadlineWarned, subjectId, about, { ...step, percent })
      : outgoing(TOPICS.deadlineBreached, subjectId, about, step);
  }
  const about = { id, occurredAt: now, causedBy: what === 'task' ? taskAssignedId(subjectId) : caseOpenedId(caseId) };
  const step = { ...data, subject: { kind: what, id: subjectId }, caseId };
  return kind === 'warn'
    ? outgoing(TOPICS.deadlineWarned, caseId, about, { ...step, percent })
    : outgoing(TOPICS.deadlineBreached, caseId, about, step);
}
