import {
  CaseFiles,
  writeStepLines,
  type AuditEntry,
  type CaseChange,
  type NewChange,
  type NewTimelineEntry,
  type Queries,
} from '@huiying/persistence';

/** What a transaction has to write before it commits. */
interface Book {
  lines: NewTimelineEntry[];
  changes: NewChange[];
  audits: AuditEntry[];
  /** Cases whose soonest due instant may have changed. */
  casesDue: Set<string>;
  /** What becomes of cases. */
  cases: Map<string, CaseChange>;
}

/**
 * The transactions of this service that are under way, each with what it will write at its end, together: the history of a step is many
 * small rows, and a case's soonest clock is needed once however many clocks moved.
 */
const open = new WeakMap<Queries, Book>();

/** Runs `work`, then writes what it noted, all before the commit. */
export async function withStepBook<T>(tx: Queries, work: () => Promise<T>): Promise<T> {
  const book: Book = { lines: [], changes: [], audits: [], casesDue: new Set(), cases: new Map() };
  open.set(tx, book);
  const result = await work();
  open.delete(tx);
  const files = new CaseFiles(tx);
  for (const [id, change] of book.cases) await (book.casesDue.delete(id) ? files.changeWithDue(id, change) : files.change(id, change));
  await files.refreshNextDue([...book.casesDue]);
  await writeStepLines(tx, book);
  return result;
}

/** At the end of the transaction that is under way; at once where there is none. */
export async function noteSteps(
  tx: Queries,
  steps: { lines?: NewTimelineEntry[]; changes?: NewChange[]; audits?: AuditEntry[] },
): Promise<void> {
  const { lines = [], changes = [], audits = [] } = steps;
  const book = open.get(tx);
  if (!book) return writeStepLines(tx, { lines, changes, audits });
  book.lines.push(...lines);
  book.changes.push(...changes);
  book.audits.push(...audits);
}

/** A case's clocks changed: its soonest due instant is looked for once, at the end. */
export async function noteClocksChanged(tx: Queries, caseId: string | null): Promise<void> {
  if (caseId === null) return;
  const book = open.get(tx);
  if (book) book.casesDue.add(caseId);
  else await new CaseFiles(tx).refreshNextDue([caseId]);
}

/** What a step makes of its case, written at the end with its soonest due instant. For what nothing reads again in this transaction. */
export async function noteCaseChange(tx: Queries, caseId: string, change: CaseChange): Promise<void> {
  const book = open.get(tx);
  if (!book) return new CaseFiles(tx).change(caseId, change);
  book.cases.set(caseId, { ...book.cases.get(caseId), ...change });
}
