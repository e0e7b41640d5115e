import type { ActionView, TaskView } from '@huiying/contracts/http';
import { taskRefusal, type Conflict, type TaskAction } from '@huiying/domain';
import type { DeadlineRow, TaskRow } from '@huiying/persistence';
import { isAtDesk, type Actor } from '../accounts/index.js';
import type { CityBook } from '../city/index.js';
import { toDeadlineView } from '../deadlines/index.js';

const NOT_YOURS = '由承办部门办理';
const NOT_AT_DESK = '由值班台办理';

/** @param clocks every clock of the task's case that the viewer may see */
export function toTaskView(row: TaskRow, clocks: readonly DeadlineRow[], view: { actor: Actor; city: CityBook; now: Date }): TaskView {
  const { actor, city, now } = view;
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    id: row.id,
    caseId: row.caseId,
    caseNo: row.caseNo,
    caseTitle: row.caseTitle,
    severity: row.severity,
    departmentId: row.departmentId,
    departmentName: row.departmentName,
    role: row.role,
    state: row.state,
    instruction: row.instruction,
    assignedAt: row.assignedAt.toISOString(),
    assignedBy: row.assignedBy,
    acknowledgedAt: iso(row.acknowledgedAt),
    acknowledgedBy: row.acknowledgedBy,
    returnedReason: row.returnedReason,
    reworkReason: row.reworkReason,
    replyText: row.replyText,
    repliedAt: iso(row.repliedAt),
    deadlines: clocks.filter((clock) => isOfTask(clock, row)).map((clock) => toDeadlineView(clock, city, now)),
    actions: taskActions(row, actor),
  };
}

/** The task's own clocks, and those of its case that its department answers for while it has the lead. */
export function isOfTask({ deadline, departmentId, caseId }: DeadlineRow, task: TaskRow): boolean {
  // Whose a returned task is, a leader rules: that clock is not the department's.
  if (deadline.subject.kind === 'task') return deadline.subject.id === task.id && deadline.rule.milestone !== 'jurisdiction';
  return task.role === 'lead' && task.state !== 'returned' && caseId === task.caseId && departmentId === task.departmentId;
}

/** What this person may do with a task now; where not, why. */
export function taskActions(row: TaskRow, actor: Actor): ActionView[] {
  return (['acknowledge', 'return', 'reply', 'rework'] as const).map((action) => {
    const whyNot = (action === 'rework' ? isAtDesk(actor) : mayAct(row, actor))
      ? (taskRefusal(row.state, action, lastStepOn(row, action))?.said ?? null)
      : action === 'rework'
        ? NOT_AT_DESK
        : NOT_YOURS;
    return { action, allowed: whyNot === null, whyNot };
  });
}

/** The department's lead acts; a supervisor may in its place (代办), e.g. where it has no account. */
export function mayAct(row: Pick<TaskRow, 'departmentId'>, actor: Pick<Actor, 'role' | 'departmentId'>): boolean {
  return actor.role === 'supervisor' || (actor.role === 'department-lead' && actor.departmentId === row.departmentId);
}

/** Who came first, for the one who comes second. */
export function lastStepOn(row: TaskRow, action: TaskAction): Conflict | undefined {
  const step = (by: string | null, at: Date | null, what: string) => (by && at ? { by, at: at.toISOString(), what } : undefined);
  if (row.state === 'returned') return step(row.returnedBy, row.returnedAt, '退回');
  if (row.state === 'replied' && action !== 'acknowledge') return step(row.repliedBy, row.repliedAt, '反馈');
  return step(row.acknowledgedBy, row.acknowledgedAt, '签收');
}
