import type { ActionView, CaseView, KeyCategory } from '@huiying/contracts/http';
import { canClose, caseRefusal, isCaseOver, isReminder, stateOf, type CaseAction } from '@huiying/domain';
import type { CaseRow, DeadlineRow, TaskRow } from '@huiying/persistence';
import { isAtDesk, type Actor } from '../accounts/index.js';
import { topicOf } from '../alerting/index.js';
import type { CityBook } from '../city/index.js';
import { toDeadlineView } from '../deadlines/index.js';
import { lastOf } from './case-work-desk.js';

const NOT_AT_DESK = '仅值班员和带班领导可以办理';
const NOT_A_LEADER = '由带班领导办理';
const WORK: readonly CaseAction[] = ['relevel', 'supervise', 'merge', 'split', 'reopen', 'evaluate', 'archive'];
const LEADERS: readonly string[] = ['supervise', 'reopen', 'archive'];

/** @param clocks those of this case that the viewer may see, soonest first */
export function toCaseView(row: CaseRow, clocks: readonly DeadlineRow[], city: CityBook, now: Date): CaseView {
  const running = clocks.filter(({ deadline }) => ['running', 'overdue'].includes(stateOf(deadline, now)));
  const next = running.find(({ deadline }) => !isReminder(deadline)) ?? running[0];
  return {
    id: row.id,
    caseNo: row.caseNo,
    title: row.title,
    state: row.state,
    severity: row.severity,
    keyCategory: row.keyCategory as KeyCategory | null,
    topic: topicOf(row),
    leadDepartment:
      row.leadDepartmentId === null ? null : { departmentId: row.leadDepartmentId, name: row.leadDepartmentName ?? row.leadDepartmentId },
    openedAt: row.openedAt.toISOString(),
    openedBy: row.openedBy,
    closedAt: row.closedAt?.toISOString() ?? null,
    nextDeadline: next ? toDeadlineView(next, city, now) : null,
    overdueCount: running.filter(({ deadline }) => stateOf(deadline, now) === 'overdue').length,
    opinionCount: row.opinionCount,
  };
}

/** What this person may do with a case now; where not, every reason. */
export function caseActions(
  row: CaseRow,
  tasks: readonly Pick<TaskRow, 'state'>[],
  clocks: readonly DeadlineRow[],
  actor: Pick<Actor, 'role'>,
): ActionView[] {
  const closed = caseRefusal(row.state, 'assign', lastOf(row))?.said ?? null;
  const { reasons } = canClose(
    row.state,
    tasks.map((task) => task.state),
    clocks.map((clock) => clock.deadline),
  );
  const of = (action: CaseAction) => caseRefusal(row.state, action, lastOf(row))?.said ?? null;
  const whyNot: Record<string, string | null> = {
    assign: closed,
    'register-evidence': isCaseOver(row.state) ? closed : null,
    close: reasons.length === 0 ? null : reasons.map((reason) => reason.said).join('；'),
    ...Object.fromEntries(WORK.map((action) => [action, of(action)])),
    archive: of('archive') ?? (row.evaluatedAt === null ? '请先评估回应效果，再归档' : null),
  };
  return Object.entries(whyNot).map(([action, why]) => {
    const mayNot = !isAtDesk(actor) ? NOT_AT_DESK : LEADERS.includes(action) && actor.role !== 'supervisor' ? NOT_A_LEADER : null;
    const said = mayNot ?? why;
    return { action, allowed: said === null, whyNot: said };
  });
}
