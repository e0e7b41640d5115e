import type { CaseDetail, DisputeView } from '@huiying/contracts/http';
import { isOpen, suggestOwners } from '@huiying/domain';
import type { AlertRow, CaseRow, DeadlineRow, TaskRow } from '@huiying/persistence';
import type { CityBook } from '../city/index.js';

/** What was done with the case as a whole. */
export function caseWork(row: CaseRow): Pick<CaseDetail, 'closingSummary' | 'evaluation' | 'supervised' | 'archivedAt'> {
  const { closingSummary, evaluation, evaluatedBy, evaluatedAt, supervisedReason, supervisedBy, supervisedAt, archivedAt } = row;
  return {
    closingSummary,
    evaluation: evaluation && evaluatedBy && evaluatedAt ? { text: evaluation, by: evaluatedBy, at: evaluatedAt.toISOString() } : null,
    supervised:
      supervisedReason && supervisedBy && supervisedAt
        ? { reason: supervisedReason, by: supervisedBy, at: supervisedAt.toISOString() }
        : null,
    archivedAt: archivedAt?.toISOString() ?? null,
  };
}

/** The dispute over who is responsible that is not ruled on yet; null where there is none. */
export function disputeOf(
  { alert, tasks, clocks }: { alert: Pick<AlertRow, 'departments'>; tasks: readonly TaskRow[]; clocks: readonly DeadlineRow[] },
  city: CityBook,
): DisputeView | null {
  const clock = clocks.find(({ deadline }) => deadline.rule.milestone === 'jurisdiction' && isOpen(deadline));
  const returns = tasks.filter((task) => task.state === 'returned');
  const last = clock && returns.find((task) => task.id === clock.deadline.subject.id);
  if (!clock || !last) return null;
  const inHand = new Set(tasks.filter((task) => task.state !== 'returned').map((task) => task.departmentId));
  const suggestions = suggestOwners({
    judged: alert.departments.map(({ departmentId, role }) => ({ departmentId, role, reasons: [] })),
    returns: returns.map((task) => ({ ...task, reason: task.returnedReason ?? '' })),
    fallbackDepartmentId: city.parts.fallbackDepartmentId,
  });
  return {
    returnedBy: last.departmentName,
    reason: last.returnedReason ?? '',
    dueAt: clock.deadline.dueAt.toISOString(),
    holder: last.departmentName,
    // A department that has the case in hand already cannot be given it again.
    suggestions: suggestions
      .filter((one) => !inHand.has(one.departmentId))
      .map((one) => ({ ...one, name: city.departmentName(one.departmentId) })),
  };
}
