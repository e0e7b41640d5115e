import { caseRefusal, isCaseOver, NotFound } from '@huiying/domain';
import { CaseFiles, type CaseRow, type Tx } from '@huiying/persistence';
import { scopeOf, type Actor } from '../accounts/index.js';
import { closingOf } from '../tasks/index.js';
import { recordStep, type WorkflowStore } from '../timeline/index.js';

/** Takes a step on a case, locked, that is not over. @throws NotFound, Refusal case-closed, case-archived, case-merged */
export function onOpenCase(
  store: WorkflowStore,
  caseId: string,
  actor: Actor,
  take: (tx: Tx, file: CaseRow, now: Date) => Promise<void>,
): Promise<void> {
  return store.change(async (tx, now) => {
    const file = await new CaseFiles(tx).lock(caseId, scopeOf(actor));
    if (!file) throw new NotFound('case', caseId);
    const refusal = isCaseOver(file.state) ? caseRefusal(file.state, 'assign', closingOf(file)) : null;
    if (refusal) throw refusal;
    await take(tx, file, now);
  });
}

/** A step on a case, on its timeline and in the audit trail; with a department it is for that one and the desk alone. */
export function tellOnCase(
  tx: Tx,
  { file, actor, now, departmentId = null }: { file: CaseRow; actor: Actor; now: Date; departmentId?: string | null },
  action: string,
  text: string,
  detail: Record<string, unknown>,
): Promise<void> {
  const subject = { kind: 'case' as const, id: file.id };
  return recordStep(tx, now, actor, action, {
    kind: action,
    text,
    title: file.title,
    subject,
    caseId: file.id,
    departmentId,
    severity: file.severity,
    detail,
  });
}
