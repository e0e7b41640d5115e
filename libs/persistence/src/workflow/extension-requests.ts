import type { ExtensionState, RuleUnit, SeverityLevel } from '@huiying/domain';
import type { Queries } from '../database.js';
import type { RowScope } from './case-files.js';
import { Conditions, COUNTED_AT_MOST, readCursor, totalOf, writeCursor } from './conditions.js';
import type { RowPage } from './opinions.js';

/** A request for a later end of a clock (延期申请), with what lists show of the clock. */
export interface ExtensionRow {
  id: string;
  deadlineId: string;
  departmentId: string | null;
  /** In the rule's unit. */
  amount: number;
  unit: RuleUnit;
  ruleName: string;
  /** When the clock ran out as it stood when this was asked. */
  dueAt: Date;
  /** When it would run out as it was asked. */
  until: Date;
  reason: string;
  state: ExtensionState;
  /** The clock was met or cancelled while nobody had decided. */
  isLapsed: boolean;
  askedAt: Date;
  askedBy: string;
  askedById: string;
  decidedAt: Date | null;
  decidedBy: string | null;
  note: string | null;
  subjectKind: 'case' | 'task' | 'order' | 'document';
  subjectId: string;
  caseId: string | null;
  no: string;
  title: string;
  severity: SeverityLevel;
}

export type NewExtension = Pick<
  ExtensionRow,
  'id' | 'deadlineId' | 'departmentId' | 'amount' | 'dueAt' | 'until' | 'reason' | 'askedAt' | 'askedBy' | 'askedById'
>;

const COLUMNS = `r.request_id AS id, r.deadline_id AS "deadlineId", r.department_id AS "departmentId", r.amount, d.rule->>'unit' AS unit,
  d.rule->>'name' AS "ruleName", r.due_at AS "dueAt", r.until, r.reason, r.state,
  (r.state = 'asked' AND (d.met_at IS NOT NULL OR d.cancelled_at IS NOT NULL)) AS "isLapsed", r.asked_at AS "askedAt", r.asked_by AS "askedBy",
  r.asked_by_id AS "askedById", r.decided_at AS "decidedAt", r.decided_by AS "decidedBy", r.note, d.subject_kind AS "subjectKind",
  d.subject_id AS "subjectId", d.case_id AS "caseId", COALESCE(c.case_no, d.subject_no) AS no, COALESCE(c.title, d.subject_title) AS title,
  COALESCE(c.severity, d.subject_severity) AS severity`;
const FROM = `workflow.extension_request r JOIN workflow.deadline d ON d.deadline_id = r.deadline_id
  LEFT JOIN workflow.case_file c ON c.case_id = d.case_id`;
const WAITING = `r.state = 'asked' AND d.met_at IS NULL AND d.cancelled_at IS NULL`;

/** Whoever asks or decides has locked the clock, and its case before it. */
export class ExtensionRequests {
  constructor(private readonly on: Queries) {}

  async add(one: NewExtension): Promise<void> {
    await this.on.query(
      `INSERT INTO workflow.extension_request (request_id, deadline_id, department_id, amount, due_at, until, reason, state, asked_at, asked_by, asked_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'asked', $8, $9, $10)`,
      [one.id, one.deadlineId, one.departmentId, one.amount, one.dueAt, one.until, one.reason, one.askedAt, one.askedBy, one.askedById],
    );
  }

  async decide(
    id: string,
    { state, decidedAt, decidedBy, note }: { state: ExtensionState; decidedAt: Date; decidedBy: string; note: string | null },
  ): Promise<void> {
    await this.on.query(
      `UPDATE workflow.extension_request SET state = $2, decided_at = $3, decided_by = $4, note = $5 WHERE request_id = $1`,
      [id, state, decidedAt, decidedBy, note],
    );
  }

  async find(id: string, scope: RowScope): Promise<ExtensionRow | null> {
    const conditions = scoped(scope).add(id, (p) => `r.request_id = ${p}`);
    const [row] = await this.on.query<ExtensionRow>(`SELECT ${COLUMNS} FROM ${FROM} ${conditions.where}`, conditions.parameters);
    return row ?? null;
  }

  /** What was asked of a clock, oldest first. */
  ofDeadline(id: string): Promise<ExtensionRow[]> {
    return this.on.query<ExtensionRow>(`SELECT ${COLUMNS} FROM ${FROM} WHERE r.deadline_id = $1 ORDER BY r.asked_at, r.request_id`, [id]);
  }

  /** Newest first; `waiting` = only those somebody must decide. */
  async page(filter: { waiting: boolean }, scope: RowScope, cursor: string | null, most: number): Promise<RowPage<ExtensionRow>> {
    const conditions = scoped(scope);
    if (filter.waiting) conditions.always(WAITING);
    const [counted] = await this.on.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM (SELECT 1 FROM ${FROM} ${conditions.where} LIMIT ${COUNTED_AT_MOST + 1}) t`,
      conditions.parameters,
    );
    const after = readCursor(cursor, 'instant', 'uuid');
    if (after) {
      const [at, id] = after.map((value) => conditions.parameter(value));
      conditions.always(`(r.asked_at, r.request_id) < (${at}::timestamptz, ${id}::uuid)`);
    }
    const rows = await this.on.query<ExtensionRow>(
      `SELECT ${COLUMNS} FROM ${FROM} ${conditions.where} ORDER BY r.asked_at DESC, r.request_id DESC LIMIT ${most + 1}`,
      conditions.parameters,
    );
    const items = rows.slice(0, most);
    const last = items.at(-1);
    return {
      items,
      next: rows.length > most && last ? writeCursor([last.askedAt.toISOString(), last.id]) : null,
      total: totalOf(counted!.n),
    };
  }
}

function scoped(scope: RowScope): Conditions {
  return new Conditions().add(scope?.departmentId, (p) => `r.department_id = ${p}`);
}
