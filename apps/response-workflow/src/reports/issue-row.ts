import { createHash } from 'node:crypto';
import type { ReportIssueLine, ReportView } from '@huiying/contracts/http';
import { Refusal, type Conflict } from '@huiying/domain';
import type { ReportIssueRow } from '@huiying/persistence';

/** The first state of an issue, before it is edited. */
export function newIssue({
  report,
  ...known
}: Pick<ReportIssueRow, 'id' | 'kind' | 'caseId' | 'version' | 'madeAt' | 'madeBy' | 'scheduledFor'> & {
  report: ReportView;
}): ReportIssueRow {
  const { firstDay, lastDay } = report;
  const nobody = { submittedBy: null, submittedById: null, decidedAt: null, decidedBy: null, reason: null };
  const content = JSON.stringify(report);
  return hashed({
    ...known,
    ...nobody,
    firstDay,
    lastDay,
    volume: null,
    state: 'draft',
    content,
    notes: [],
    sha256: '',
    change: null,
    changes: [],
  });
}

export function hashed(row: ReportIssueRow): ReportIssueRow {
  return { ...row, sha256: createHash('sha256').update(row.content).update(JSON.stringify(row.notes)).digest('hex') };
}

export function reportOf({ content }: Pick<ReportIssueRow, 'content'>): ReportView {
  return JSON.parse(content) as ReportView;
}

export function frozenOf(row: ReportIssueRow) {
  return { report: reportOf(row), notes: row.notes };
}

export function nameOf({ title, issue, firstDay, lastDay }: ReportView): string {
  return `${title}${issue ?? `（${firstDay} 至 ${lastDay}）`}`;
}

export function exists(last: ReportIssueRow): Refusal {
  return new Refusal('report-exists', `version ${last.version} of this span is ${last.state}`, '该期报告已有人起草', conflictOf(last));
}

export function conflictOf({ madeBy, madeAt, submittedBy, decidedBy, decidedAt, state }: ReportIssueRow): Conflict {
  if (decidedBy !== null && decidedAt !== null)
    return { by: decidedBy, at: decidedAt.toISOString(), what: state === 'draft' ? '退回修改' : '处理' };
  return { by: submittedBy ?? madeBy, at: madeAt.toISOString(), what: submittedBy === null ? '起草' : '送审' };
}

export function lineOf(row: ReportIssueRow): ReportIssueLine {
  const { title, issue } = reportOf(row);
  const { id, kind, caseId, firstDay, lastDay, version, volume, state, madeBy, submittedBy, decidedBy, reason, change, sha256 } = row;
  const times = {
    madeAt: row.madeAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    scheduledFor: row.scheduledFor?.toISOString() ?? null,
  };
  return {
    id,
    kind,
    caseId,
    firstDay,
    lastDay,
    title,
    issue,
    volume,
    version,
    state,
    madeBy,
    submittedBy,
    decidedBy,
    reason,
    change,
    sha256,
    ...times,
  };
}
