import type { HistoryOf, NewChange, Queries } from '@huiying/persistence';
import type { SignedBy } from '../accounts/index.js';
import { noteSteps } from './step-book.js';

/** Who is named where nobody acted but the clock or the log. */
export const SYSTEM = '系统';
/** Who is named where the auditor found or repaired something. */
export const AUDITOR = '时钟巡检';

/** Something that happened: a line of the history, and a change that open consoles are told of. */
export interface Happening {
  /** e.g. task.acknowledged */
  kind: string;
  /** A sentence in Chinese. */
  text: string;
  /** Heading of the change on the console, usually the title of the alert or case. */
  title: string;
  subject: NewChange['subject'];
  storyId?: string | null;
  alertId?: string | null;
  caseId?: string | null;
  taskId?: string | null;
  /** Whose history it is where that is no case's. */
  of?: HistoryOf | null;
  /** Set where it concerns one department: other departments do not see it. */
  departmentId?: string | null;
  severity?: string | null;
  detail?: Record<string, unknown>;
}

/** Notes what happened for the timeline and the change stream, in the transaction of what made it happen. */
export async function record(tx: Queries, at: Date, actor: string, happenings: readonly Happening[]): Promise<void> {
  await noteSteps(tx, linesOf(at, actor, happenings));
}

/** One step of a person: history, change stream and audit trail together. */
export async function recordStep(tx: Queries, at: Date, actor: SignedBy, action: string, happening: Happening): Promise<void> {
  const { subject, detail } = happening;
  const audit = {
    at,
    personId: actor.id,
    who: actor.name,
    action,
    subject: `${subject.kind}:${subject.id}`,
    origin: actor.origin,
    detail: detail ?? {},
  };
  await noteSteps(tx, { ...linesOf(at, actor.name, [happening]), audits: [audit] });
}

function linesOf(at: Date, actor: string, happenings: readonly Happening[]) {
  return { lines: happenings.map((h) => ({ ...h, at, actor })), changes: happenings.map((h) => ({ ...h, at, detail: null })) };
}
