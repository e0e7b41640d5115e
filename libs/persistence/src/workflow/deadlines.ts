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
import type { Queries } from '../database.js';
import type { RowScope } from './case-files.js';
import { Conditions } from './conditions.js';
import { RANK, RUNS_OUT } from './deadline-sql.js';

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

interface Flat {
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

const COLUMNS = `d.deadline_id AS id, d.subject_kind AS "subjectKind", d.subject_id AS "subjectId", d.case_id AS "caseId",
  COALESCE(c.case_no, d.subject_no) AS no, COALESCE(c.title, d.subject_title) AS title,
  COALESCE(c.severity, d.subject_severity) AS severity, d.department_id AS "departmentId", d.rule,
  d.start_fact AS "startFact", d.start_at AS "startAt", d.stated_by AS "statedBy", d.due_at AS "dueAt",
  d.length_seconds AS "lengthSeconds", d.provisional, d.met_at AS "metAt", d.met_by_evidence_id AS "metByEvidenceId",
  d.cancelled_at AS "cancelledAt", d.cancelled_reason AS "cancelledReason",
  d.pauses, d.extensions,
  (SELECT until FROM workflow.extension_request r WHERE r.deadline_id = d.deadline_id AND r.state = 'asked') AS "askedUntil",
  (SELECT json_agg(json_build_object('kind', kind, 'percent', percent, 'at', scheduled_at, 'firedAt', fired_at) ORDER BY scheduled_at, percent)
   FROM workflow.deadline_step p WHERE p.deadline_id = d.deadline_id) AS steps`;
const FROM = `workflow.deadline d LEFT JOIN workflow.case_file c ON c.case_id = d.case_id`;
const OPEN = `d.met_at IS NULL AND d.cancelled_at IS NULL`;
/** What a clock stamped before rules spoke of pauses and extensions lacks. */
const UNWRITTEN_STAMP: Partial<StampedRule> = { pausableFor: UNWRITTEN.pausableFor, extension: UNWRITTEN.extension };

/** What lists show of a work order's clocks follows the clocks when they are moved. */
const ORDERS_FOLLOW = `UPDATE workflow.work_order w SET sign_due_at = t.sign_due, due_at = t.due,
    extensions = GREATEST(w.extensions, t.extensions),
    next_due_at = CASE WHEN w.next_due_at IS NULL THEN NULL ELSE LEAST(CASE WHEN w.signed_at IS NULL THEN t.sign_due END, t.due) END
  FROM (SELECT w.order_no,
      COALESCE((array_agg(d.due_at ORDER BY d.start_at DESC) FILTER (WHERE d.rule->>'milestone' = 'acknowledgement'))[1], w.sign_due_at) AS sign_due,
      COALESCE((array_agg(d.due_at ORDER BY d.start_at DESC) FILTER (WHERE d.rule->>'milestone' = 'handling'))[1], w.due_at) AS due,
      COALESCE(max(jsonb_array_length(d.extensions)) FILTER (WHERE d.rule->>'milestone' = 'handling'), 0) AS extensions
    FROM workflow.work_order w JOIN workflow.deadline d ON d.subject_id = w.opinion_id AND d.subject_kind = 'order' AND d.cancelled_at IS NULL
    WHERE w.opinion_id = ANY($1::uuid[]) GROUP BY w.order_no) t
  WHERE w.order_no = t.order_no`;

/** Clocks (时限) and their steps. */
export class Deadlines {
  constructor(private readonly on: Queries) {}

  /** Keeps newly stamped clocks. `nextStepAt` of each is when its first owed step is due. */
  async add(clocks: readonly (NewDeadline & { nextStepAt: Date | null })[]): Promise<void> {
    if (clocks.length === 0) return;
    const of = <T>(read: (d: Deadline, c: NewDeadline) => T): T[] => clocks.map((c) => read(c.deadline, c));
    const shown = (read: (of: SubjectShown) => string) => of((_, c) => ('shown' in c ? read(c.shown) : null));
    const steps = stepColumns(clocks.map((c) => c.deadline));
    await this.on.prepared(
      `WITH kept AS (INSERT INTO workflow.deadline (deadline_id, subject_kind, subject_id, case_id, department_id, rule, start_fact,
         start_at, stated_by, due_at, length_seconds, provisional, met_at, met_by_evidence_id, next_step_at, subject_no, subject_title, subject_severity)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::jsonb[], $7::text[], $8::timestamptz[],
         $9::text[], $10::timestamptz[], $11::int[], $12::boolean[], $13::timestamptz[], $14::uuid[], $15::timestamptz[],
         $16::text[], $17::text[], $18::text[]))
       INSERT INTO workflow.deadline_step (deadline_id, percent, kind, scheduled_at)
       SELECT * FROM unnest($19::uuid[], $20::real[], $21::text[], $22::timestamptz[])`,
      [
        of((d) => d.id),
        of((d) => d.subject.kind),
        of((d) => d.subject.id),
        of((_, c) => c.caseId),
        of((_, c) => c.departmentId),
        of((d) => JSON.stringify(d.rule)),
        of((d) => d.start.fact),
        of((d) => d.start.at),
        of((d) => d.start.statedBy),
        of((d) => d.dueAt),
        of((d) => d.lengthSeconds),
        of((d) => d.provisional),
        of((d) => d.metAt),
        of((d) => d.metByEvidenceId),
        clocks.map((c) => c.nextStepAt),
        shown((of) => of.no),
        shown((of) => of.title),
        shown((of) => of.severity),
        ...steps,
      ],
    );
  }

  /** The clocks of cases, soonest first. A department sees those it answers for. */
  async ofCases(caseIds: readonly string[], scope: RowScope = null): Promise<DeadlineRow[]> {
    const conditions = scoped(scope).add(caseIds, (p) => `d.case_id = ANY(${p}::uuid[])`);
    return (
      await this.on.prepared<Flat>(
        `SELECT ${COLUMNS} FROM ${FROM} ${conditions.where} ORDER BY d.due_at, d.deadline_id`,
        conditions.parameters,
      )
    ).map(toRow);
  }

  /** The clocks of a case, locked against the ticker until the transaction ends. */
  async lockOfCase(caseId: string): Promise<DeadlineRow[]> {
    return (
      await this.on.prepared<Flat>(`SELECT ${COLUMNS} FROM ${FROM} WHERE d.case_id = $1 ORDER BY d.deadline_id FOR NO KEY UPDATE OF d`, [
        caseId,
      ])
    ).map(toRow);
  }

  /** The clocks of orders or documents, soonest first. */
  async ofSubjects(ids: readonly string[]): Promise<DeadlineRow[]> {
    return (
      await this.on.query<Flat>(
        `SELECT ${COLUMNS} FROM ${FROM} WHERE d.case_id IS NULL AND d.subject_id = ANY($1::uuid[]) ORDER BY d.due_at, d.deadline_id`,
        [ids],
      )
    ).map(toRow);
  }

  /** The clocks of an order or a document, locked against the ticker until the transaction ends. */
  async lockOfSubject(id: string): Promise<DeadlineRow[]> {
    return (
      await this.on.query<Flat>(
        `SELECT ${COLUMNS} FROM ${FROM} WHERE d.case_id IS NULL AND d.subject_id = $1 ORDER BY d.deadline_id FOR NO KEY UPDATE OF d`,
        [id],
      )
    ).map(toRow);
  }

  /** An order or a document is called otherwise now. */
  async showSubject(id: string, shown: SubjectShown): Promise<void> {
    await this.on.query(
      `UPDATE workflow.deadline SET subject_no = $2, subject_title = $3, subject_severity = $4 WHERE case_id IS NULL AND subject_id = $1`,
      [id, shown.no, shown.title, shown.severity],
    );
  }

  async find(id: string, scope: RowScope = null): Promise<DeadlineRow | null> {
    const conditions = scoped(scope).add(id, (p) => `d.deadline_id = ${p}`);
    const [row] = await this.on.query<Flat>(`SELECT ${COLUMNS} FROM ${FROM} ${conditions.where}`, conditions.parameters);
    return row ? toRow(row) : null;
  }

  /** Running and overdue clocks, soonest first: legal ones, then those after closing, then reminders. */
  async open(most: number): Promise<DeadlineRow[]> {
    return (
      await this.on.query<Flat>(`SELECT ${COLUMNS} FROM ${FROM} WHERE ${OPEN} ORDER BY ${RANK}, d.due_at, d.deadline_id LIMIT $1`, [most])
    ).map(toRow);
  }

  /** Open clocks in the order of their ids, page by page; `days` = only those of rules of days, which alone rest on the calendar. */
  async openAfter(after: string | null, most: number, only: { days?: boolean } = {}): Promise<DeadlineRow[]> {
    const conditions = new Conditions()
      .always(OPEN)
      .add(after, (p) => `d.deadline_id > ${p}`)
      .add(only.days ? 'hours' : null, (p) => `d.rule->>'unit' <> ${p}`);
    const limit = conditions.parameter(most);
    return (
      await this.on.query<Flat>(
        `SELECT ${COLUMNS} FROM ${FROM} ${conditions.where} ORDER BY d.deadline_id LIMIT ${limit}`,
        conditions.parameters,
      )
    ).map(toRow);
  }

  /** Clocks by their ids. */
  async ofIds(ids: readonly string[]): Promise<DeadlineRow[]> {
    return (await this.on.query<Flat>(`SELECT ${COLUMNS} FROM ${FROM} WHERE d.deadline_id = ANY($1)`, [ids])).map(toRow);
  }

  /** Clocks with their cases locked before them, as every step locks them, so that nobody waits in a circle. */
  async lockWithCases(ids: readonly string[]): Promise<DeadlineRow[]> {
    await this.on.query(
      `SELECT 1 FROM workflow.case_file WHERE case_id IN (SELECT case_id FROM workflow.deadline WHERE deadline_id = ANY($1))
       ORDER BY case_id FOR NO KEY UPDATE`,
      [ids],
    );
    await this.on.query(
      `SELECT 1 FROM workflow.work_order WHERE opinion_id IN (SELECT subject_id FROM workflow.deadline WHERE deadline_id = ANY($1) AND subject_kind = 'order')
       ORDER BY order_no FOR NO KEY UPDATE`,
      [ids],
    );
    return (
      await this.on.query<Flat>(
        `SELECT ${COLUMNS} FROM ${FROM} WHERE d.deadline_id = ANY($1) ORDER BY d.deadline_id FOR NO KEY UPDATE OF d`,
        [ids],
      )
    ).map(toRow);
  }

  /** Open clocks by the rule's id, version and jurisdiction they were stamped with, and how many of them are provisional. */
  openByRule(): Promise<{ ruleId: string; version: string; jurisdiction: string; open: number; provisional: number }[]> {
    return this.on.query(
      `SELECT d.rule->>'id' AS "ruleId", d.rule->>'version' AS version, d.rule->>'jurisdiction' AS jurisdiction, count(*)::int AS open,
         count(*) FILTER (WHERE d.provisional)::int AS provisional
       FROM workflow.deadline d WHERE ${OPEN} GROUP BY 1, 2, 3`,
    );
  }

  /** Cases whose dispute over who is responsible (管辖争议) ran out undecided. */
  async overdueDisputes(now: Date, most: number): Promise<string[]> {
    const rows = await this.on.query<{ id: string }>(
      `SELECT DISTINCT d.case_id AS id FROM workflow.deadline d
       WHERE ${RANK} = 0 AND d.rule->>'milestone' = 'jurisdiction' AND ${OPEN} AND d.due_at <= $1 LIMIT $2`,
      [now, most],
    );
    return rows.map((row) => row.id);
  }

  async countOverdue(now: Date): Promise<number> {
    const [row] = await this.on.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM workflow.deadline d WHERE ${OPEN} AND ${RUNS_OUT} AND d.due_at <= $1`,
      [now],
    );
    return row!.n;
  }

  /**
   * Takes clocks whose next step is due, the longest waiting first, locked until the transaction ends. What another process
   * has is skipped; what it has just committed is seen as it now stands, so no step is taken twice.
   */
  async claimDue(now: Date, most: number): Promise<DeadlineRow[]> {
    const claimed = await this.on.query<{ id: string }>(
      `SELECT deadline_id AS id FROM workflow.deadline WHERE next_step_at <= $1
       ORDER BY next_step_at, deadline_id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED`,
      [now, most],
    );
    if (claimed.length === 0) return [];
    const ids = claimed.map((row) => row.id);
    const rows = await this.ofIds(ids);
    const order = new Map(ids.map((id, i) => [id, i]));
    return rows.sort((a, b) => order.get(a.deadline.id)! - order.get(b.deadline.id)!);
  }

  /** The clocks of an order or a document that a department owes are now owed by this one. */
  async giveSubjectToDepartment(id: string, departmentId: string | null): Promise<void> {
    await this.on.query(
      `UPDATE workflow.deadline SET department_id = $2
       WHERE case_id IS NULL AND subject_id = $1 AND rule->>'owner' = 'department' AND met_at IS NULL AND cancelled_at IS NULL`,
      [id, departmentId],
    );
  }

  /** The case's own clocks that a department owes are now owed by this one. */
  async giveToDepartment(caseId: string, departmentId: string | null): Promise<void> {
    await this.on.query(
      `UPDATE workflow.deadline SET department_id = $2
       WHERE case_id = $1 AND subject_kind = 'case' AND rule->>'owner' = 'department' AND met_at IS NULL AND cancelled_at IS NULL`,
      [caseId, departmentId],
    );
  }

  /** When the next step of any clock is due. */
  async nextStepAt(): Promise<Date | null> {
    const [row] = await this.on.query<{ at: Date | null }>(
      `SELECT min(next_step_at) AS at FROM workflow.deadline WHERE next_step_at IS NOT NULL`,
    );
    return row!.at;
  }

  async markFired(steps: readonly { id: string; percent: number; at: Date; nextStepAt: Date | null }[]): Promise<void> {
    await this.on.query(
      `UPDATE workflow.deadline_step s SET fired_at = t.at FROM unnest($1::uuid[], $2::real[], $3::timestamptz[]) AS t(id, percent, at)
       WHERE s.deadline_id = t.id AND s.percent = t.percent AND s.fired_at IS NULL`,
      [steps.map((s) => s.id), steps.map((s) => s.percent), steps.map((s) => s.at)],
    );
    await this.on.query(
      `UPDATE workflow.deadline d SET next_step_at = t.at FROM unnest($1::uuid[], $2::timestamptz[]) AS t(id, at) WHERE d.deadline_id = t.id`,
      [steps.map((s) => s.id), steps.map((s) => s.nextStepAt)],
    );
  }

  /** Keeps clocks that another calendar, a changed rule, a pause or an extension moved; steps that have not fired are the new ones. */
  async move(clocks: readonly MovedDeadline[]): Promise<void> {
    if (clocks.length === 0) return;
    const ids = clocks.map((c) => c.deadline.id);
    await this.on.query(
      `UPDATE workflow.deadline d SET rule = t.rule, due_at = t.due_at, length_seconds = t.seconds, provisional = t.provisional,
         pauses = t.pauses, extensions = t.extensions, next_step_at = t.next_at
       FROM unnest($1::uuid[], $2::jsonb[], $3::timestamptz[], $4::int[], $5::boolean[], $6::jsonb[], $7::jsonb[], $8::timestamptz[])
         AS t(id, rule, due_at, seconds, provisional, pauses, extensions, next_at)
       WHERE d.deadline_id = t.id`,
      [
        ids,
        clocks.map((c) => JSON.stringify(c.deadline.rule)),
        clocks.map((c) => c.deadline.dueAt),
        clocks.map((c) => c.deadline.lengthSeconds),
        clocks.map((c) => c.deadline.provisional),
        clocks.map((c) => JSON.stringify(c.deadline.pauses)),
        clocks.map((c) => JSON.stringify(c.deadline.extensions)),
        clocks.map((c) => c.nextStepAt),
      ],
    );
    await this.on.query(`DELETE FROM workflow.deadline_step WHERE deadline_id = ANY($1) AND fired_at IS NULL AND cancelled_at IS NULL`, [
      ids,
    ]);
    await this.addSteps(clocks.map((c) => c.deadline));
    const orders = clocks.filter((c) => c.deadline.subject.kind === 'order').map((c) => c.deadline.subject.id);
    if (orders.length > 0) await this.on.query(ORDERS_FOLLOW, [orders]);
  }

  private async addSteps(deadlines: readonly Deadline[]): Promise<void> {
    await this.on.query(
      `INSERT INTO workflow.deadline_step (deadline_id, percent, kind, scheduled_at)
       SELECT * FROM unnest($1::uuid[], $2::real[], $3::text[], $4::timestamptz[]) ON CONFLICT DO NOTHING`,
      stepColumns(deadlines),
    );
  }

  /** Keeps clocks as they now stand, met or cancelled, and cancels their steps that are not owed any more. */
  async settle(clocks: readonly { deadline: Deadline; nextStepAt: Date | null }[], at: Date): Promise<void> {
    if (clocks.length === 0) return;
    // A step still owed is the next one or a later breach; everything else that has not fired never will.
    await this.on.prepared(
      `WITH settled AS (
         UPDATE workflow.deadline d SET met_at = t.met_at, met_by_evidence_id = t.evidence, cancelled_at = t.cancelled_at,
           cancelled_reason = t.reason, next_step_at = t.next_at
         FROM unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::timestamptz[], $5::text[], $6::timestamptz[])
           AS t(id, met_at, evidence, cancelled_at, reason, next_at)
         WHERE d.deadline_id = t.id RETURNING d.deadline_id, d.next_step_at)
       UPDATE workflow.deadline_step s SET cancelled_at = $7 FROM settled d
       WHERE s.deadline_id = d.deadline_id AND s.fired_at IS NULL AND s.cancelled_at IS NULL
         AND NOT (d.next_step_at IS NOT NULL AND s.scheduled_at >= d.next_step_at)`,
      [
        clocks.map((c) => c.deadline.id),
        clocks.map((c) => c.deadline.metAt),
        clocks.map((c) => c.deadline.metByEvidenceId),
        clocks.map((c) => c.deadline.cancelledAt),
        clocks.map((c) => c.deadline.cancelledReason),
        clocks.map((c) => c.nextStepAt),
        at,
      ],
    );
  }
}

/** What of a moved clock is written: where it now stands, and the rule it stands under. */
export interface MovedDeadline {
  deadline: Deadline;
  nextStepAt: Date | null;
}

/** The steps of clocks that have not fired, as columns: whose, which share, warning or breach, when. */
function stepColumns(deadlines: readonly Deadline[]): unknown[] {
  const steps = deadlines.flatMap(({ id, steps: all }) => all.filter((step) => step.firedAt === null).map((step) => ({ id, step })));
  return [steps.map((s) => s.id), steps.map((s) => s.step.percent), steps.map((s) => s.step.kind), steps.map((s) => s.step.at)];
}

function scoped(scope: RowScope): Conditions {
  return new Conditions().add(scope?.departmentId, (p) => `d.department_id = ${p}`);
}

function toRow(flat: Flat): DeadlineRow {
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
