import type { CaseState, SeverityLevel } from '@huiying/domain';
import type { Queries } from '../database.js';
import { keepNumber, NUMBER_TO_COME, numbered } from '../number-to-come.js';
import { COUNTED_AT_MOST, Conditions, likePattern, readCursor, totalOf, writeCursor } from './conditions.js';
import { NAMED_OPEN } from './deadline-sql.js';
import type { RowPage } from './opinions.js';

export interface NewCase {
  id: string;
  caseNo: string;
  alertId: string;
  storyId: string;
  title: string;
  severity: SeverityLevel;
  keyCategory: string | null;
  topicCode: string | null;
  topicName: string | null;
  leadDepartmentId: string | null;
  leadDepartmentName: string | null;
  /** Earlier of the start fact and first sight: no proof is older. */
  notBefore: Date;
  openedAt: Date;
  openedBy: string;
  /** Of its clocks that run from the first: the soonest due instant, as soonestDue of the domain finds it. */
  nextDueAt: Date | null;
}

export interface CaseRow extends NewCase {
  state: CaseState;
  closedAt: Date | null;
  closedBy: string | null;
  closingSummary: string | null;
  nextDueAt: Date | null;
  opinionCount: number;
  /** The case it goes on in (并案). */
  mergedInto: string | null;
  mergedAt: Date | null;
  mergedBy: string | null;
  archivedAt: Date | null;
  archivedBy: string | null;
  evaluatedAt: Date | null;
  evaluatedBy: string | null;
  evaluation: string | null;
  supervisedAt: Date | null;
  supervisedBy: string | null;
  supervisedReason: string | null;
  reopenedCount: number;
}

export type CaseChange = Partial<
  Omit<
    CaseRow,
    | 'id'
    | 'caseNo'
    | 'alertId'
    | 'storyId'
    | 'title'
    | 'keyCategory'
    | 'topicCode'
    | 'topicName'
    | 'notBefore'
    | 'openedAt'
    | 'openedBy'
    | 'nextDueAt'
    | 'opinionCount'
  >
>;

/** null sees everything; a department sees the cases in which it has a task. */
export type RowScope = { departmentId: string } | null;

export interface CaseFilter {
  state?: string[];
  severity?: string[];
  department?: string[];
  q?: string;
  /** A span of time, and what fell into it: the opening, the closing, or any time while the case was open. */
  from?: Date;
  to?: Date;
  by?: 'opened' | 'closed' | 'open';
  sort: 'due' | 'newest';
}

/** Conditions on a case by a span, as the report counts. */
const IN_SPAN: Record<NonNullable<CaseFilter['by']>, { from: string; to: string }> = {
  opened: { from: 'c.opened_at >= $', to: 'c.opened_at < $' },
  closed: { from: 'c.closed_at >= $', to: 'c.closed_at < $' },
  open: { from: '(c.closed_at IS NULL OR c.closed_at >= $)', to: 'c.opened_at < $' },
};

const COLUMNS = `c.case_id AS id, c.case_no AS "caseNo", c.alert_id AS "alertId", c.story_id AS "storyId", c.title, c.state, c.severity,
  c.key_category AS "keyCategory", c.topic_code AS "topicCode", c.topic_name AS "topicName", c.lead_department_id AS "leadDepartmentId",
  c.lead_department_name AS "leadDepartmentName", c.not_before AS "notBefore", c.opened_at AS "openedAt", c.opened_by AS "openedBy",
  c.closed_at AS "closedAt", c.closed_by AS "closedBy", c.closing_summary AS "closingSummary", c.next_due_at AS "nextDueAt",
  c.merged_into AS "mergedInto", c.merged_at AS "mergedAt", c.merged_by AS "mergedBy", c.archived_at AS "archivedAt", c.archived_by AS "archivedBy",
  c.evaluated_at AS "evaluatedAt", c.evaluated_by AS "evaluatedBy", c.evaluation, c.supervised_at AS "supervisedAt",
  c.supervised_by AS "supervisedBy", c.supervised_reason AS "supervisedReason", c.reopened_count AS "reopenedCount",
  COALESCE((SELECT opinion_count FROM workflow.story s WHERE s.story_id = c.story_id), 0) AS "opinionCount"`;

const CHANGEABLE: Record<keyof CaseChange, string> = {
  state: 'state',
  closedAt: 'closed_at',
  closedBy: 'closed_by',
  closingSummary: 'closing_summary',
  leadDepartmentId: 'lead_department_id',
  leadDepartmentName: 'lead_department_name',
  severity: 'severity',
  mergedInto: 'merged_into',
  mergedAt: 'merged_at',
  mergedBy: 'merged_by',
  archivedAt: 'archived_at',
  archivedBy: 'archived_by',
  evaluatedAt: 'evaluated_at',
  evaluatedBy: 'evaluated_by',
  evaluation: 'evaluation',
  supervisedAt: 'supervised_at',
  supervisedBy: 'supervised_by',
  supervisedReason: 'supervised_reason',
  reopenedCount: 'reopened_count',
};

/** As soonestDue of the domain. */
const SOONEST = `SELECT min(d.due_at) AS due FROM workflow.deadline d WHERE d.case_id = $1 AND ${NAMED_OPEN}
  AND d.rule->>'milestone' <> 'reminder'`;

export class CaseFiles {
  constructor(private readonly on: Queries) {}

  /**
   * Opens a case under the next number of the year, which stands in its `caseNo`, and in what this transaction writes after it, as
   * NUMBER_TO_COME. The number's row is locked from here to the commit, so numbers have no gaps: what else the transaction asks, it asks before.
   */
  async open(one: NewCase, year: number): Promise<void> {
    await this.on.write(
      keepNumber(
        `INSERT INTO workflow.case_number VALUES ($1, 1) ON CONFLICT (year) DO UPDATE SET last = case_number.last + 1 RETURNING last`,
      ),
      [year],
    );
    await this.on.write(
      `INSERT INTO workflow.case_file (case_id, case_no, alert_id, story_id, title, state, severity, key_category, topic_code, topic_name,
         lead_department_id, lead_department_name, not_before, opened_at, opened_by, next_due_at)
       VALUES ($1, ${numbered('$2', '$16')}, $3, $4, $5, 'opened', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        one.id,
        one.caseNo,
        one.alertId,
        one.storyId,
        one.title,
        one.severity,
        one.keyCategory,
        one.topicCode,
        one.topicName,
        one.leadDepartmentId,
        one.leadDepartmentName,
        one.notBefore,
        one.openedAt,
        one.openedBy,
        one.nextDueAt,
        NUMBER_TO_COME,
      ],
    );
  }

  async find(id: string, scope: RowScope = null): Promise<CaseRow | null> {
    const conditions = scoped(scope).add(id, (p) => `c.case_id = ${p}`);
    const [row] = await this.on.query<CaseRow>(`SELECT ${COLUMNS} FROM workflow.case_file c ${conditions.where}`, conditions.parameters);
    return row ?? null;
  }

  /** As find, locked until the transaction ends. Whoever changes anything of a case locks it first, so nobody waits in a circle. */
  async lock(id: string, scope: RowScope = null): Promise<CaseRow | null> {
    const conditions = scoped(scope).add(id, (p) => `c.case_id = ${p}`);
    const [row] = await this.on.prepared<CaseRow>(
      `SELECT ${COLUMNS} FROM workflow.case_file c ${conditions.where} FOR NO KEY UPDATE OF c`,
      conditions.parameters,
    );
    return row ?? null;
  }

  /** The case of a task, locked; the task may have gone on in another case meanwhile, so look at it after this. */
  async lockOfTask(taskId: string): Promise<CaseRow | null> {
    const [row] = await this.on.prepared<CaseRow>(
      `SELECT ${COLUMNS} FROM workflow.case_file c WHERE c.case_id = (SELECT case_id FROM workflow.task WHERE task_id = $1) FOR NO KEY UPDATE OF c`,
      [taskId],
    );
    return row ?? null;
  }

  async change(id: string, change: CaseChange): Promise<void> {
    const { set, values } = setOf(change);
    if (set.length > 0) await this.on.write(`UPDATE workflow.case_file c SET ${set.join(', ')} WHERE c.case_id = $1`, [id, ...values]);
  }

  /** As change, and the soonest due instant is looked for with it: a step writes a case once. */
  async changeWithDue(id: string, change: CaseChange): Promise<void> {
    const { set, values } = setOf(change);
    if (set.length === 0) return this.refreshNextDue([id]);
    await this.on.write(`UPDATE workflow.case_file c SET ${set.join(', ')}, next_due_at = (${SOONEST}) WHERE c.case_id = $1`, [
      id,
      ...values,
    ]);
  }

  /** Keeps the soonest due instant beside the case, so that lists sort by it. */
  async refreshNextDue(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      await this.on.write(
        `UPDATE workflow.case_file c SET next_due_at = t.due
         FROM (${SOONEST}) t
         WHERE c.case_id = $1 AND c.next_due_at IS DISTINCT FROM t.due`,
        [id],
      );
    }
  }

  /** Those that go on in this case (并案). */
  mergedInto(id: string): Promise<{ id: string; caseNo: string; title: string }[]> {
    return this.on.query(
      `SELECT case_id AS id, case_no AS "caseNo", title FROM workflow.case_file WHERE merged_into = $1 ORDER BY merged_at`,
      [id],
    );
  }

  async page(filter: CaseFilter, scope: RowScope, cursor: string | null, most: number): Promise<RowPage<CaseRow>> {
    const span = IN_SPAN[filter.by ?? 'opened'];
    const conditions = scoped(scope)
      .add(filter.from, (p) => span.from.replace('$', () => `${p}::timestamptz`))
      .add(filter.to, (p) => span.to.replace('$', () => `${p}::timestamptz`))
      .add(filter.state, (p) => `c.state = ANY(${p}::text[])`)
      .add(filter.severity, (p) => `c.severity = ANY(${p}::text[])`)
      .add(
        filter.department,
        (p) => `EXISTS (SELECT 1 FROM workflow.task t WHERE t.case_id = c.case_id AND t.department_id = ANY(${p}::text[]))`,
      )
      .add(filter.q ? likePattern(filter.q) : null, (p) => `(c.title ILIKE ${p} OR c.case_no ILIKE ${p})`);
    const total = await this.count(conditions);
    const byDue = filter.sort === 'due';
    const key = byDue ? `COALESCE(c.next_due_at, 'infinity')` : 'c.opened_at';
    const after = readCursor(cursor, 'instant', 'uuid');
    if (after) {
      const [at, id] = after.map((value) => conditions.parameter(value));
      conditions.always(`(${key}, c.case_id) ${byDue ? '>' : '<'} (${at}::timestamptz, ${id}::uuid)`);
    }
    const order = byDue ? `${key}, c.case_id` : `c.opened_at DESC, c.case_id DESC`;
    const rows = await this.on.query<CaseRow>(
      `SELECT ${COLUMNS} FROM workflow.case_file c ${conditions.where} ORDER BY ${order} LIMIT ${most + 1}`,
      conditions.parameters,
    );
    const items = rows.slice(0, most);
    const last = items[items.length - 1];
    const mark = last && (byDue ? (last.nextDueAt?.toISOString() ?? 'infinity') : last.openedAt.toISOString());
    return { items, next: rows.length > most && last ? writeCursor([mark!, last.id]) : null, total };
  }

  async countOpen(): Promise<number> {
    const [row] = await this.on.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM workflow.case_file WHERE state NOT IN ('closed', 'archived', 'merged')`,
    );
    return row!.n;
  }

  private async count(conditions: Conditions): Promise<number | null> {
    const [row] = await this.on.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM (SELECT 1 FROM workflow.case_file c ${conditions.where} LIMIT ${COUNTED_AT_MOST + 1}) t`,
      conditions.parameters,
    );
    return totalOf(row!.n);
  }
}

function setOf(change: CaseChange): { set: string[]; values: unknown[] } {
  const keys = Object.keys(change) as (keyof CaseChange)[];
  return { set: keys.map((key, i) => `${CHANGEABLE[key]} = $${i + 2}`), values: keys.map((key) => change[key]) };
}

function scoped(scope: RowScope): Conditions {
  return new Conditions().add(
    scope?.departmentId,
    (p) => `EXISTS (SELECT 1 FROM workflow.task mine WHERE mine.case_id = c.case_id AND mine.department_id = ${p})`,
  );
}
