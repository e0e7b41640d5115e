import type { ActionView, StatementVersionView, StatementView } from '@huiying/contracts/http';
import { statementRefusal, statementRoleRefusal, type Conflict, type StatementAction } from '@huiying/domain';
import type { StatementRow, StatementVersionRow } from '@huiying/persistence';
import { isAtDesk, type Actor } from '../accounts/index.js';
import { topicOf } from '../alerting/index.js';
import type { CityBook } from '../city/index.js';

const ACTIONS: readonly StatementAction[] = ['edit', 'submit', 'clear', 'send-back', 'approve', 'publish', 'revise', 'withdraw'];
const DESK_ONLY: readonly StatementAction[] = ['send-back'];

export function toStatementView(row: StatementRow, city: CityBook, actor: Actor, isOfCase = true): StatementView {
  return {
    ...toVersionView(row),
    id: row.id,
    caseId: row.caseId,
    caseNo: row.caseNo,
    caseTitle: row.caseTitle,
    severity: row.severity,
    topic: topicOf(row),
    departmentName: row.departmentId === null ? null : city.departmentName(row.departmentId),
    state: row.state,
    url: row.url,
    updatedAt: row.updatedAt.toISOString(),
    actions: isOfCase ? statementActions(row, actor) : [],
  };
}

export function toVersionView(row: StatementVersionRow): StatementVersionView {
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    version: row.version,
    title: row.title,
    text: row.text,
    writtenBy: row.writtenBy,
    writtenAt: row.writtenAt.toISOString(),
    submittedAt: iso(row.submittedAt),
    clearedBy: row.clearedBy,
    clearedAt: iso(row.clearedAt),
    clearedNote: row.clearedNote,
    approvedBy: row.approvedBy,
    approvedAt: iso(row.approvedAt),
    approvedNote: row.approvedNote,
    sentBackBy: row.sentBackBy,
    sentBackAt: iso(row.sentBackAt),
    sentBackReason: row.sentBackReason,
    publishedAt: iso(row.publishedAt),
    evidenceId: row.evidenceId,
  };
}

/** What this person may do with a statement now; where not, why. */
export function statementActions(row: StatementRow, actor: Actor): ActionView[] {
  return ACTIONS.map((action) => {
    const refusal = mayNot(row, action, actor) ?? statementRefusal(row.state, action, lastStepOn(row));
    return { action, allowed: refusal === null, whyNot: refusal?.said ?? null };
  });
}

/** Why this person may not take the step, whatever the state; null where the person may. */
export function mayNot(
  row: Pick<StatementRow, 'writtenBy' | 'departmentId'>,
  action: StatementAction,
  actor: Actor,
): { code: string; said: string } | null {
  if (actor.role === 'administrator') return { code: 'forbidden', said: '系统管理员只能查看' };
  const desk = isAtDesk(actor);
  if (!desk && DESK_ONLY.includes(action)) return { code: 'forbidden', said: '由值班台办理' };
  if (!desk && row.departmentId !== actor.departmentId) return { code: 'forbidden', said: '由起草单位办理' };
  return statementRoleRefusal(action, { name: actor.name, isAtDesk: desk, isLeader: actor.role === 'supervisor' }, row.writtenBy);
}

/** Who brought the version to where it stands, for the one who comes second. */
export function lastStepOn(row: StatementRow): Conflict | undefined {
  const step = (by: string | null, at: Date | null, what: string) => (by && at ? { by, at: at.toISOString(), what } : undefined);
  switch (row.state) {
    case 'review':
      return step(row.submittedBy, row.submittedAt, '送审');
    case 'cleared':
      return step(row.clearedBy, row.clearedAt, '通过保密审查');
    case 'approved':
      return step(row.approvedBy, row.approvedAt, '批准');
    case 'published':
      return step(row.publishedBy, row.publishedAt, '登记发布');
    case 'withdrawn':
    case 'draft':
      return step(row.sentBackBy, row.sentBackAt, row.state === 'withdrawn' ? '作废' : '退改');
  }
}
