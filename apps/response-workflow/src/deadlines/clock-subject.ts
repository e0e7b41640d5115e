import type { Deadline } from '@huiying/domain';
import type { DeadlineRow, HistoryOf } from '@huiying/persistence';

/** The case of a clock, and what it is of. */
type Of = Pick<DeadlineRow, 'caseId'> & { deadline: Pick<Deadline, 'subject'> };

/** Where the console shows what a clock is of. */
export function linkOf({ caseId, deadline: { subject } }: Of): string {
  if (caseId !== null) return `/cases/${caseId}`;
  return subject.kind === 'order' ? `/orders/${subject.id}` : `/documents/${subject.id}`;
}

/** Whose history a clock's line belongs to, where it is of no case. */
export function historyOf({ caseId, deadline: { subject } }: Of): HistoryOf | null {
  return caseId === null ? { kind: subject.kind === 'order' ? 'order' : 'document', id: subject.id } : null;
}

/** The department that alone reads of the clock: that of a task, an order or a document. A case's own clocks are read by all its departments. */
export function readerOf({ deadline: { subject }, departmentId }: Pick<DeadlineRow, 'deadline' | 'departmentId'>): string | null {
  return subject.kind === 'case' ? null : departmentId;
}

/** What of a history line and a change says whose clock it is. */
export function placeOf(row: DeadlineRow) {
  const { subject, id } = row.deadline;
  return {
    title: row.title,
    subject: { kind: 'deadline' as const, id },
    caseId: row.caseId,
    of: historyOf(row),
    taskId: subject.kind === 'task' ? subject.id : null,
    departmentId: readerOf(row),
    severity: row.severity,
  };
}
