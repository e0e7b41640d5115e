import type { SeverityLevel, TaskState } from '@huiying/domain';
import type { Queries } from '../database.js';
import type { RowScope } from './case-files.js';
import { COUNTED_AT_MOST, Conditions, readCursor, totalOf, writeCursor } from './conditions.js';
import { NAMED_OPEN } from './deadline-sql.js';
import type { RowPage } from './opinions.js';

export interface NewTask {
  id: string;
  caseId: string;
  departmentId: string;
  departmentName: string;
  role: 'lead' | 'co';
  instruction: string;
  assignedAt: Date;
  assignedBy: string;
}

export interface TaskRow extends NewTask {
  caseNo: string;
  caseTitle: string;
  storyId: string;
  severity: SeverityLevel;
  state: TaskState;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  returnedAt: Date | null;
  returnedBy: string | null;
  returnedReason: string | null;
  suggestedDepartmentId: string | null;
  replyText: string | null;
  repliedAt: Date | null;
  repliedBy: string | null;
  closedAt: Date | null;
  returnedGround: string | null;
  reworkCount: number;
  reworkReason: string | null;
}

export type TaskChange = Partial<
  Pick<
    TaskRow,
    | 'state'
    | 'acknowledgedAt'
    | 'acknowledgedBy'
    | 'returnedAt'
    | 'returnedBy'
    | 'returnedReason'
    | 'suggestedDepartmentId'
    | 'replyText'
    | 'repliedAt'
    | 'repliedBy'
    | 'closedAt'
    | 'role'
    | 'returnedGround'
    | 'reworkCount'
    | 'reworkReason'
  >
>;

const COLUMNS = `t.task_id AS id, t.case_id AS "caseId", c.case_no AS "caseNo", c.title AS "caseTitle", c.story_id AS "storyId", c.severity,
  t.department_id AS "departmentId", t.department_name AS "departmentName", t.role, t.state, t.instruction, t.assigned_at AS "assignedAt",
  t.assigned_by AS "assignedBy", t.acknowledged_at AS "acknowledgedAt", t.acknowledged_by AS "acknowledgedBy",
  t.returned_at AS "returnedAt", t.returned_by AS "returnedBy", t.returned_reason AS "returnedReason",
  t.suggested_department_id AS "suggestedDepartmentId", t.reply_text AS "replyText", t.replied_at AS "repliedAt",
  t.replied_by AS "repliedBy", t.closed_at AS "closedAt",
  t.returned_ground AS "returnedGround", t.rework_count AS "reworkCount", t.rework_reason AS "reworkReason"`;
const FROM = `workflow.task t JOIN workflow.case_file c ON c.case_id = t.case_id`;
/**
 * When an open task's next clock runs out: its own, or one of its case that its department answers for as the lead.
 * Infinity where none runs, where only a reminder does, and where the task is done.
 */
const DUE = `COALESCE(CASE WHEN t.state IN ('assigned', 'acknowledged') THEN
    (SELECT min(d.due_at) FROM workflow.deadline d
     WHERE d.case_id = t.case_id AND ${NAMED_OPEN} AND d.rule->>'milestone' <> 'reminder'
       AND (d.subject_id = t.task_id OR (d.subject_kind = 'case' AND t.role = 'lead' AND d.department_id = t.department_id)))
  END, 'infinity'::timestamptz)`;

const CHANGEABLE: Record<keyof TaskChange, string> = {
  state: 'state',
  acknowledgedAt: 'acknowledged_at',
  acknowledgedBy: 'acknowledged_by',
  returnedAt: 'returned_at',
  returnedBy: 'returned_by',
  returnedReason: 'returned_reason',
  suggestedDepartmentId: 'suggested_department_id',
  replyText: 'reply_text',
  repliedAt: 'replied_at',
  repliedBy: 'replied_by',
  closedAt: 'closed_at',
  role: 'role',
  returnedGround: 'returned_ground',
  reworkCount: 'rework_count',
  reworkReason: 'rework_reason',
};

/** Response tasks (处置任务). Every reading takes a scope: a department sees its own. */
export class ResponseTasks {
  constructor(private readonly on: Queries) {}

  async assign(tasks: readonly NewTask[]): Promise<void> {
    await this.on.write(
      `INSERT INTO workflow.task (task_id, case_id, department_id, department_name, role, state, instruction, assigned_at, assigned_by)
       SELECT id, case_id, department, name, role, 'assigned', instruction, at, by_whom
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[])
         AS t(id, case_id, department, name, role, instruction, at, by_whom)`,
      [
        tasks.map((t) => t.id),
        tasks.map((t) => t.caseId),
        tasks.map((t) => t.departmentId),
        tasks.map((t) => t.departmentName),
        tasks.map((t) => t.role),
        tasks.map((t) => t.instruction),
        tasks.map((t) => t.assignedAt),
        tasks.map((t) => t.assignedBy),
      ],
    );
  }

  async find(id: string, scope: RowScope): Promise<TaskRow | null> {
    const conditions = scoped(scope).add(id, (p) => `t.task_id = ${p}`);
    const [row] = await this.on.prepared<TaskRow>(`SELECT ${COLUMNS} FROM ${FROM} ${conditions.where}`, conditions.parameters);
    return row ?? null;
  }

  ofCases(caseIds: readonly string[], scope: RowScope): Promise<TaskRow[]> {
    const conditions = scoped(scope).among('t.case_id', caseIds);
    return this.on.prepared<TaskRow>(
      `SELECT ${COLUMNS} FROM ${FROM} ${conditions.where} ORDER BY t.assigned_at, t.role DESC, t.task_id`,
      conditions.parameters,
    );
  }

  async change(id: string, change: TaskChange): Promise<void> {
    const keys = Object.keys(change) as (keyof TaskChange)[];
    const set = keys.map((key, i) => `${CHANGEABLE[key]} = $${i + 2}`).join(', ');
    await this.on.write(`UPDATE workflow.task SET ${set} WHERE task_id = $1`, [id, ...keys.map((key) => change[key])]);
  }

  async page(
    filter: { state?: string[]; departmentId?: string },
    scope: RowScope,
    cursor: string | null,
    most: number,
  ): Promise<RowPage<TaskRow>> {
    const conditions = scoped(scope)
      .add(filter.state, (p) => `t.state = ANY(${p}::text[])`)
      .add(filter.departmentId, (p) => `t.department_id = ${p}`);
    const [counted] = await this.on.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM (SELECT 1 FROM workflow.task t ${conditions.where} LIMIT ${COUNTED_AT_MOST + 1}) x`,
      conditions.parameters,
    );
    const after = readCursor(cursor, 'instant', 'instant', 'uuid');
    if (after) {
      const [due, at, id] = after.map((value) => conditions.parameter(value));
      const behind = `(t.assigned_at, t.task_id) < (${at}::timestamptz, ${id}::uuid)`;
      conditions.always(`(${DUE} > ${due}::timestamptz OR (${DUE} = ${due}::timestamptz AND ${behind}))`);
    }
    const rows = await this.on.query<TaskRow & { dueText: string }>(
      `SELECT ${COLUMNS}, ${DUE}::text AS "dueText" FROM ${FROM} ${conditions.where}
       ORDER BY ${DUE}, t.assigned_at DESC, t.task_id DESC LIMIT ${most + 1}`,
      conditions.parameters,
    );
    const items = rows.slice(0, most).map(({ dueText: _, ...row }) => row);
    const last = rows[items.length - 1];
    return {
      items,
      next: rows.length > most && last ? writeCursor([last.dueText, last.assignedAt.toISOString(), last.id]) : null,
      total: totalOf(counted!.n),
    };
  }

  /** Tasks go on in another case, with their clocks. */
  async moveTo(ids: readonly string[], caseId: string): Promise<void> {
    await this.on.query(`UPDATE workflow.task SET case_id = $2 WHERE task_id = ANY($1)`, [ids, caseId]);
    await this.on.query(`UPDATE workflow.deadline SET case_id = $2 WHERE subject_kind = 'task' AND subject_id = ANY($1)`, [ids, caseId]);
  }

  async countUnacknowledged(): Promise<number> {
    const [row] = await this.on.query<{ n: number }>(`SELECT count(*)::int AS n FROM workflow.task WHERE state = 'assigned'`);
    return row!.n;
  }
}

function scoped(scope: RowScope): Conditions {
  return new Conditions().add(scope?.departmentId, (p) => `t.department_id = ${p}`);
}
