import type { Deadline } from '@huiying/domain';
import type { Queries } from '../database.js';
import type { RowScope } from './case-files.js';
import { Conditions } from './conditions.js';
import {
  DEADLINE_COLUMNS,
  DEADLINE_FROM,
  OPEN,
  stepColumns,
  toDeadlineRow,
  type DeadlineRow,
  type FlatDeadline,
  type NewDeadline,
  type SubjectShown,
} from './deadline-rows.js';
import { NAMED_OPEN, NAMED_STEP_WAITS, RANK, RUNS_OUT } from './deadline-sql.js';
import { rowSource, type SourceColumn } from './row-source.js';

/** Whose clocks: of answering the public (cases, tasks, statements, documents), or of the hotline's orders. */
export type ClocksOf = 'response' | 'order';

/** Clocks (时限) and their steps. */
export class Deadlines {
  constructor(private readonly on: Queries) {}

  /** Keeps newly stamped clocks. `nextStepAt` of each is when its first owed step is due. */
  async add(clocks: readonly New[]): Promise<void> {
    if (clocks.length === 0) return;
    const parameters: unknown[] = [];
    const place = (value: unknown): string => `$${parameters.push(value)}`;
    const kept = rowSource(clocks, NEW, place);
    const steps = stepColumns(clocks.map((c) => c.deadline)).map(place);
    await this.on.write(
      `WITH kept AS (INSERT INTO workflow.deadline (deadline_id, subject_kind, subject_id, case_id, department_id, rule, start_fact,
         start_at, stated_by, due_at, length_seconds, provisional, met_at, met_by_evidence_id, next_step_at, subject_no, subject_title, subject_severity)
       SELECT * FROM ${kept} AS t)
       INSERT INTO workflow.deadline_step (deadline_id, percent, kind, scheduled_at)
       SELECT * FROM unnest(${steps[0]}::uuid[], ${steps[1]}::real[], ${steps[2]}::text[], ${steps[3]}::timestamptz[])`,
      parameters,
    );
  }

  /** The clocks of cases, soonest first. A department sees those it answers for. */
  async ofCases(caseIds: readonly string[], scope: RowScope = null): Promise<DeadlineRow[]> {
    const conditions = scoped(scope).among('d.case_id', caseIds);
    return (
      await this.on.prepared<FlatDeadline>(
        `SELECT ${DEADLINE_COLUMNS} FROM ${DEADLINE_FROM} ${conditions.where} ORDER BY d.due_at, d.deadline_id`,
        conditions.parameters,
      )
    ).map(toDeadlineRow);
  }

  /** The clocks of a case, locked against the ticker until the transaction ends. */
  async lockOfCase(caseId: string): Promise<DeadlineRow[]> {
    return (
      await this.on.prepared<FlatDeadline>(
        `SELECT ${DEADLINE_COLUMNS} FROM ${DEADLINE_FROM} WHERE d.case_id = $1 ORDER BY d.deadline_id FOR NO KEY UPDATE OF d`,
        [caseId],
      )
    ).map(toDeadlineRow);
  }

  /** The same of the case of a task, without asking first which that is. */
  async lockOfTask(taskId: string): Promise<DeadlineRow[]> {
    return (
      await this.on.prepared<FlatDeadline>(
        `SELECT ${DEADLINE_COLUMNS} FROM ${DEADLINE_FROM} WHERE d.case_id = (SELECT case_id FROM workflow.task WHERE task_id = $1)
         ORDER BY d.deadline_id FOR NO KEY UPDATE OF d`,
        [taskId],
      )
    ).map(toDeadlineRow);
  }

  /** The clocks of orders or documents, soonest first. */
  async ofSubjects(ids: readonly string[]): Promise<DeadlineRow[]> {
    return (
      await this.on.query<FlatDeadline>(
        `SELECT ${DEADLINE_COLUMNS} FROM ${DEADLINE_FROM} WHERE d.case_id IS NULL AND d.subject_id = ANY($1::uuid[]) ORDER BY d.due_at, d.deadline_id`,
        [ids],
      )
    ).map(toDeadlineRow);
  }

  /** The clocks of an order or a document, locked against the ticker until the transaction ends. */
  async lockOfSubject(id: string): Promise<DeadlineRow[]> {
    return (
      await this.on.query<FlatDeadline>(
        `SELECT ${DEADLINE_COLUMNS} FROM ${DEADLINE_FROM} WHERE d.case_id IS NULL AND d.subject_id = $1 ORDER BY d.deadline_id FOR NO KEY UPDATE OF d`,
        [id],
      )
    ).map(toDeadlineRow);
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
    const [row] = await this.on.query<FlatDeadline>(
      `SELECT ${DEADLINE_COLUMNS} FROM ${DEADLINE_FROM} ${conditions.where}`,
      conditions.parameters,
    );
    return row ? toDeadlineRow(row) : null;
  }

  /**
   * Open clocks of answering the public, or of the hotline's orders, of which there are thousands: by rank, then the soonest first.
   * Each has its own index.
   */
  async open(most: number, of: ClocksOf): Promise<DeadlineRow[]> {
    return (
      await this.on.query<FlatDeadline>(
        `SELECT ${DEADLINE_COLUMNS} FROM ${DEADLINE_FROM} WHERE ${OPEN} AND d.subject_kind ${of === 'order' ? '=' : '<>'} 'order'
         ORDER BY ${RANK}, d.due_at, d.deadline_id LIMIT $1`,
        [most],
      )
    ).map(toDeadlineRow);
  }

  /** Open clocks in the order of their ids, page by page; `days` = only those of rules of days, which alone rest on the calendar. */
  async openAfter(after: string | null, most: number, only: { days?: boolean } = {}): Promise<DeadlineRow[]> {
    const conditions = new Conditions()
      .always(OPEN)
      .add(after, (p) => `d.deadline_id > ${p}`)
      .add(only.days ? 'hours' : null, (p) => `d.rule->>'unit' <> ${p}`);
    const limit = conditions.parameter(most);
    return (
      await this.on.query<FlatDeadline>(
        `SELECT ${DEADLINE_COLUMNS} FROM ${DEADLINE_FROM} ${conditions.where} ORDER BY d.deadline_id LIMIT ${limit}`,
        conditions.parameters,
      )
    ).map(toDeadlineRow);
  }

  /** Clocks by their ids. */
  async ofIds(ids: readonly string[]): Promise<DeadlineRow[]> {
    return (await this.on.query<FlatDeadline>(`SELECT ${DEADLINE_COLUMNS} FROM ${DEADLINE_FROM} WHERE d.deadline_id = ANY($1)`, [ids])).map(
      toDeadlineRow,
    );
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
      await this.on.query<FlatDeadline>(
        `SELECT ${DEADLINE_COLUMNS} FROM ${DEADLINE_FROM} WHERE d.deadline_id = ANY($1) ORDER BY d.deadline_id FOR NO KEY UPDATE OF d`,
        [ids],
      )
    ).map(toDeadlineRow);
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

  async countOverdue(now: Date): Promise<Record<ClocksOf, number>> {
    const [row] = await this.on.query<Record<ClocksOf, number>>(
      `SELECT (count(*) FILTER (WHERE d.subject_kind <> 'order'))::int AS response, (count(*) FILTER (WHERE d.subject_kind = 'order'))::int AS "order"
       FROM workflow.deadline d WHERE ${OPEN} AND ${RUNS_OUT} AND d.due_at <= $1`,
      [now],
    );
    return row!;
  }

  /** The clocks of an order or a document that a department owes are now owed by this one. */
  async giveSubjectToDepartment(id: string, departmentId: string | null): Promise<void> {
    await this.on.query(
      `UPDATE workflow.deadline d SET department_id = $2
       WHERE d.case_id IS NULL AND d.subject_id = $1 AND d.rule->>'owner' = 'department' AND ${NAMED_OPEN}`,
      [id, departmentId],
    );
  }

  /** The case's own clocks that a department owes are now owed by this one. */
  async giveToDepartment(caseId: string, departmentId: string | null): Promise<void> {
    await this.on.write(
      `UPDATE workflow.deadline d SET department_id = $2
       WHERE d.case_id = $1 AND d.subject_kind = 'case' AND d.department_id IS DISTINCT FROM $2 AND d.rule->>'owner' = 'department' AND ${NAMED_OPEN}`,
      [caseId, departmentId],
    );
  }

  /** Takes back that these were met, with the steps that were not owed while they were; when the next fires is kept by whoever reckons it. */
  async reopen(ids: readonly string[]): Promise<void> {
    await this.on.query(
      `WITH reopened AS (UPDATE workflow.deadline SET met_at = NULL, met_by_evidence_id = NULL WHERE deadline_id = ANY($1::uuid[]) RETURNING deadline_id)
       UPDATE workflow.deadline_step s SET cancelled_at = NULL FROM reopened r WHERE s.deadline_id = r.deadline_id AND s.fired_at IS NULL`,
      [ids],
    );
  }

  /** Keeps clocks as they now stand, met or cancelled, and cancels their steps that are not owed any more. */
  async settle(clocks: readonly Settled[], at: Date): Promise<void> {
    if (clocks.length === 0) return;
    // A step still owed is the next one or a later breach; everything else that has not fired never will.
    const parameters: unknown[] = [at];
    const settled = rowSource(clocks, SETTLED, (value) => `$${parameters.push(value)}`);
    await this.on.write(
      `WITH settled AS (
         UPDATE workflow.deadline d SET met_at = t.met_at, met_by_evidence_id = t.evidence, cancelled_at = t.cancelled_at,
           cancelled_reason = t.reason, next_step_at = t.next_at
         FROM ${settled} AS t(id, met_at, evidence, cancelled_at, reason, next_at)
         WHERE d.deadline_id = t.id RETURNING d.deadline_id, d.next_step_at)
       UPDATE workflow.deadline_step s SET cancelled_at = $1 FROM settled d
       WHERE s.deadline_id = d.deadline_id AND ${NAMED_STEP_WAITS}
         AND NOT (d.next_step_at IS NOT NULL AND s.scheduled_at >= d.next_step_at)`,
      parameters,
    );
  }
}

type New = NewDeadline & { nextStepAt: Date | null };
const shown = (read: (of: SubjectShown) => string) => (c: New) => ('shown' in c ? read(c.shown) : null);
const NEW: readonly SourceColumn<New>[] = [
  [(c) => c.deadline.id, 'uuid'],
  [(c) => c.deadline.subject.kind, 'text'],
  [(c) => c.deadline.subject.id, 'uuid'],
  [(c) => c.caseId, 'uuid'],
  [(c) => c.departmentId, 'text'],
  [(c) => JSON.stringify(c.deadline.rule), 'jsonb'],
  [(c) => c.deadline.start.fact, 'text'],
  [(c) => c.deadline.start.at, 'timestamptz'],
  [(c) => c.deadline.start.statedBy, 'text'],
  [(c) => c.deadline.dueAt, 'timestamptz'],
  [(c) => c.deadline.lengthSeconds, 'int'],
  [(c) => c.deadline.provisional, 'boolean'],
  [(c) => c.deadline.metAt, 'timestamptz'],
  [(c) => c.deadline.metByEvidenceId, 'uuid'],
  [(c) => c.nextStepAt, 'timestamptz'],
  [shown((of) => of.no), 'text'],
  [shown((of) => of.title), 'text'],
  [shown((of) => of.severity), 'text'],
];

type Settled = { deadline: Deadline; nextStepAt: Date | null };
const SETTLED: readonly SourceColumn<Settled>[] = [
  [(c) => c.deadline.id, 'uuid'],
  [(c) => c.deadline.metAt, 'timestamptz'],
  [(c) => c.deadline.metByEvidenceId, 'uuid'],
  [(c) => c.deadline.cancelledAt, 'timestamptz'],
  [(c) => c.deadline.cancelledReason, 'text'],
  [(c) => c.nextStepAt, 'timestamptz'],
];

function scoped(scope: RowScope): Conditions {
  return new Conditions().add(scope?.departmentId, (p) => `d.department_id = ${p}`);
}
