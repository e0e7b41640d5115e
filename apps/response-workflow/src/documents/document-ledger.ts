import { Inject, Injectable } from '@nestjs/common';
import { type Deadline } from '@huiying/domain';
import { Deadlines, PolicyDocuments, type PolicyDocumentRow, type SubjectShown, type Tx } from '@huiying/persistence';
import type { SignedBy } from '../accounts/index.js';
import { DeadlineBook } from '../deadlines/index.js';
import { record, recordStep } from '../timeline/index.js';
import { KnowledgeKeeper } from '../knowledge/index.js';

/** What the clocks of a document are shown with. Documents know no level: their notices are those of the lowest. */
export function shownOf(row: Pick<PolicyDocumentRow, 'documentNo' | 'title'>): SubjectShown {
  return { no: row.documentNo ?? '政策文件', title: row.title, severity: 'IV' };
}

/** What of a history line and a change says which document it is of. */
export function lineOf(row: Pick<PolicyDocumentRow, 'id' | 'title' | 'departmentId'>) {
  const { id, title, departmentId } = row;
  return { title, subject: { kind: 'document' as const, id }, of: { kind: 'document' as const, id }, departmentId };
}

interface Moment {
  tx: Tx;
  now: Date;
}

interface Words {
  text: string;
  detail?: Record<string, unknown>;
}

/** The clock of interpretation (PI-01), and what is told of documents, for whoever brings one into the register. */
@Injectable()
export class DocumentLedger {
  constructor(
    @Inject(DeadlineBook) readonly book: DeadlineBook,
    @Inject(KnowledgeKeeper) readonly knowledge: KnowledgeKeeper,
  ) {}

  /** Starts the clock at the publication (文件公开之日). */
  startClock(tx: Tx, row: PolicyDocumentRow, publishedAt: Date, statedBy: string, now: Date): Promise<Deadline[]> {
    return this.book.stamp(
      tx,
      {
        trigger: 'document-published',
        subject: { kind: 'document', id: row.id },
        severity: 'IV',
        facts: [{ fact: 'document-published', at: publishedAt, statedBy }],
        caseId: null,
        shown: shownOf(row),
        departmentId: row.departmentId,
      },
      now,
    );
  }

  /** What clocks show of a document after it was renamed or given to a department. */
  async follow(tx: Tx, row: PolicyDocumentRow): Promise<void> {
    await new Deadlines(tx).showSubject(row.id, shownOf(row));
    await new Deadlines(tx).giveSubjectToDepartment(row.id, row.departmentId);
  }

  /** Nobody but the system acted. */
  tell({ tx, now }: Moment, row: PolicyDocumentRow, actor: string, { kind, text, detail = {} }: Words & { kind: string }): Promise<void> {
    return record(tx, now, actor, [{ ...lineOf(row), kind, text, detail }]);
  }

  sign(
    { tx, now }: Moment,
    row: PolicyDocumentRow,
    actor: SignedBy,
    { action, text, detail = {} }: Words & { action: string },
  ): Promise<void> {
    return recordStep(tx, now, actor, `document.${action}`, { ...lineOf(row), kind: `document.${action}`, text, detail });
  }

  find(tx: Tx, id: string): Promise<PolicyDocumentRow | null> {
    return new PolicyDocuments(tx).find(id, null);
  }
}
