import {
  UNWRITTEN,
  type Deadline,
  type DeadlineStep,
  type Extension,
  type Pause,
  type SeverityLevel,
  type StampedRule,
  type StartFact,
} from '@huiying/domain';

/** A clock with what lists and notices show of it. */
export interface DeadlineRow {
  deadline: Deadline;
  /** The case it belongs to; null for a clock of a hotline order or a policy document. */
  caseId: string | null;
  /** Of its case, order or document, e.g. 望舆〔2026〕17号. */
  no: string;
  title: string;
  severity: SeverityLevel;
  /** Who must act; null until a department has the task, or where a role must. */
  departmentId: string | null;
  /** The end that was asked for (延期申请) and nobody has decided on. */
  askedUntil: Date | null;
}

/** What lists show of a clock that has no case to read it from. */
export type SubjectShown = Pick<DeadlineRow, 'no' | 'title' | 'severity'>;

/** A clock belongs to a case, or says itself what it is of. */
export type ClockOwner = { caseId: string } | { caseId: null; shown: SubjectShown };

export type NewDeadline = Pick<DeadlineRow, 'deadline' | 'departmentId'> & ClockOwner;

/** A row as the columns give it. */
export interface FlatDeadline {
  id: string;
  subjectKind: Deadline['subject']['kind'];
  subjectId: string;
  caseId: string | null;
  no: string;
  title: string;
  severity: SeverityLevel;
  departmentId: string | null;
  askedUntil: Date | null;
  rule: StampedRule;
  startFact: StartFact;
  startAt: Date;
  statedBy: string;
  dueAt: Date;
  lengthSeconds: number;
  provisional: boolean;
  metAt: Date | null;
  metByEvidenceId: string | null;
  cancelledAt: Date | null;
  cancelledReason: string | null;
  pauses: (Omit<Pause, 'from' | 'to'> & { from: string; to: string | null })[];
  extensions: (Omit<Extension, 'approvedAt'> & { approvedAt: string })[];
  steps: { kind: 'warn' | 'breach'; percent: number; at: string; firedAt: string | null }[];
}

export const DEADLINE_COLUMNS = `d.deadline_id AS id, d.subject_kind AS "subjectKind", d.subject_id AS "subjectId", d.case_id AS "caseId",
  COALESCE(c.case_no, d.subject_no) AS no, COALESCE(c.title, d.subject_title) AS title,
  COALESCE(c.severity, d.subject_severity) AS severity, d.department_id AS "departmentId", d.rule,
  d.start_fact AS "startFact", d.start_at AS "startAt", d.stated_by AS "statedBy", d.due_at AS "dueAt",
  d.length_seconds AS "lengthSeconds", d.provisional, d.met_at AS "metAt", d.met_by_evidence_id AS "metByEvidenceId",
  d.cancelled_at AS "cancelledAt", d.cancelled_reason AS "cancelledReason",
  d.pauses, d.extensions,
  (SELECT until FROM workflow.extension_request r WHERE r.deadline_id = d.deadline_id AND r.state = 'asked') AS "askedUntil",
  (SELECT json_agg(json_build_object('kind', kind, 'percent', percent, 'at', scheduled_at, 'firedAt', fired_at) ORDER BY scheduled_at, percent)
   FROM workflow.deadline_step p WHERE p.deadline_id = d.deadline_id) AS steps`;
export const DEADLINE_FROM = `workflow.deadline d LEFT JOIN workflow.case_file c ON c.case_id = d.case_id`;
export const OPEN = `d.met_at IS NULL AND d.cancelled_at IS NULL`;
/** What a clock stamped before rules spoke of pauses and extensions lacks. */
const UNWRITTEN_STAMP: Partial<StampedRule> = { pausableFor: UNWRITTEN.pausableFor, extension: UNWRITTEN.extension };

export function toDeadlineRow(flat: FlatDeadline): DeadlineRow {
  const steps: DeadlineStep[] = flat.steps.map((step) => ({
    kind: step.kind,
    percent: step.percent,
    at: new Date(step.at),
    firedAt: step.firedAt === null ? null : new Date(step.firedAt),
  }));
  const deadline: Deadline = {
    id: flat.id,
    subject: { kind: flat.subjectKind, id: flat.subjectId },
    rule: { ...UNWRITTEN_STAMP, ...flat.rule },
    start: { fact: flat.startFact, at: flat.startAt, statedBy: flat.statedBy },
    dueAt: flat.dueAt,
    lengthSeconds: flat.lengthSeconds,
    steps,
    pauses: flat.pauses.map((pause) => ({ ...pause, from: new Date(pause.from), to: pause.to === null ? null : new Date(pause.to) })),
    extensions: flat.extensions.map((one) => ({ ...one, approvedAt: new Date(one.approvedAt) })),
    provisional: flat.provisional,
    metAt: flat.metAt,
    metByEvidenceId: flat.metByEvidenceId,
    cancelledAt: flat.cancelledAt,
    cancelledReason: flat.cancelledReason,
  };
  const { caseId, no, title, severity, departmentId, askedUntil } = flat;
  return { deadline, caseId, no, title, severity, departmentId, askedUntil };
}

/** The steps of clocks that have not fired, as columns: whose, which share, warning or breach, when. */
export function stepColumns(deadlines: readonly Deadline[]): unknown[] {
  const steps = deadlines.flatMap(({ id, steps: all }) => all.filter((step) => step.firedAt === null).map((step) => ({ id, step })));
  return [steps.map((s) => s.id), steps.map((s) => s.step.percent), steps.map((s) => s.step.kind), steps.map((s) => s.step.at)];
}
