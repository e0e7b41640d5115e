import type { HistoryOf, Queries } from '@huiying/persistence';
import { AuditTrail, Changes, Timeline, type NewChange } from '@huiying/persistence';
import type { SignedBy } from '../accounts/index.js';

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

/** Writes what happened to the timeline and the change stream, in the transaction of what made it happen. */
export async function record(tx: Queries, at: Date, actor: string, happenings: readonly Happening[]): Promise<void> {
  await new Timeline(tx).add(happenings.map((h) => ({ ...h, at, actor })));
  await new Changes(tx).add(happenings.map((h) => ({ ...h, at, detail: null })));
}

/** One step of a person: history, change stream and audit trail together. */
export async function recordStep(tx: Queries, at: Date, actor: SignedBy, action: string, happening: Happening): Promise<void> {
  await record(tx, at, actor.name, [happening]);
  const { subject, detail } = happening;
  await new AuditTrail(tx).add({
    at,
    personId: actor.id,
    who: actor.name,
    action,
    subject: `${subject.kind}:${subject.id}`,
    origin: actor.origin,
    detail: detail ?? {},
  });
}
