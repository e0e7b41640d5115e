import type { Queries } from '../database.js';
import { rowSource, type SourceColumn } from './row-source.js';

/** `notice` is for one person; the others are what lists show. */
export type ChangeSubject =
  | 'alert'
  | 'case'
  | 'task'
  | 'deadline'
  | 'source'
  | 'opinion'
  | 'story'
  | 'notice'
  | 'statement'
  | 'commitment'
  | 'document'
  | 'scheme'
  | 'model'
  | 'order'
  | 'report';

export interface NewChange {
  at: Date;
  kind: string;
  subject: { kind: ChangeSubject; id: string };
  caseId?: string | null;
  /** The department it concerns. A change of a case without one is shown to every department with a task in it. */
  departmentId?: string | null;
  severity?: string | null;
  title: string;
  text: string;
  /** For one person only. */
  recipientId?: string | null;
  /** The notice of a change for one person; how many, of a change that stands for many. */
  detail?: Record<string, unknown> | null;
}

export interface ChangeRow {
  position: string;
  at: Date;
  kind: string;
  subjectKind: ChangeSubject;
  subjectId: string;
  caseId: string | null;
  departmentId: string | null;
  /** Departments that may see it. */
  seenByDepartments: string[];
  recipientId: string | null;
  severity: string | null;
  title: string;
  text: string;
  detail: Record<string, unknown> | null;
}

const COLUMNS = `position::text, at, kind, subject_kind AS "subjectKind", subject_id AS "subjectId", case_id AS "caseId",
  department_id AS "departmentId", seen_by_departments AS "seenByDepartments", recipient_id AS "recipientId", severity, title, text, detail`;
/** NOTIFY channel that says: there are changes to place. */
export const CHANGE_CHANNEL = 'huiying_change';
const PLACED_AT_ONCE = 2_000;

/** The change stream. Changes are written without a position; `place` gives positions out after they are committed. */
export class Changes {
  constructor(private readonly on: Queries) {}

  async add(changes: readonly NewChange[]): Promise<void> {
    if (changes.length === 0) return;
    const parameters: unknown[] = [];
    await this.on.write(
      changeInsert(changes, (value) => `$${parameters.push(value)}`),
      parameters,
    );
    this.on.tell(CHANGE_CHANNEL, '');
  }

  /**
   * Gives positions to committed changes that have none; call it inside a transaction. The stream's one row is locked
   * meanwhile and the positions become visible before it is let go: whoever reads position n has seen all below it.
   * @returns how many were placed
   */
  async place(): Promise<number> {
    const [waiting] = await this.on.query(`SELECT 1 FROM workflow.change WHERE position IS NULL LIMIT 1`);
    if (!waiting) return 0;
    const [row] = await this.on.query<{ head: string }>(`SELECT head FROM workflow.stream FOR UPDATE`);
    const placed = await this.on.query(
      `UPDATE workflow.change c SET position = $1::bigint + t.n
       FROM (SELECT change_id, row_number() OVER (ORDER BY change_id) AS n
             FROM (SELECT change_id FROM workflow.change WHERE position IS NULL ORDER BY change_id LIMIT $2) w) t
       WHERE c.change_id = t.change_id RETURNING 1`,
      [row!.head, PLACED_AT_ONCE],
    );
    await this.on.query(`UPDATE workflow.stream SET head = head + $1`, [placed.length]);
    return placed.length;
  }

  async head(): Promise<string> {
    const [row] = await this.on.query<{ head: string }>(`SELECT head::text FROM workflow.stream`);
    return row!.head;
  }

  /** Changes after one position, up to another, in order. */
  between(after: string, upTo: string, most: number): Promise<ChangeRow[]> {
    return this.on.query<ChangeRow>(
      `SELECT ${COLUMNS} FROM workflow.change WHERE position > $1::bigint AND position <= $2::bigint ORDER BY change.position LIMIT $3`,
      [after, upTo, most],
    );
  }

  /** Forgets what is older; the timeline keeps what matters. */
  async forgetBefore(at: Date): Promise<void> {
    await this.on.query(`DELETE FROM workflow.change WHERE at < $1 AND position IS NOT NULL`, [at]);
  }
}

const CHANGE_ROW: readonly SourceColumn<NewChange>[] = [
  [(c) => c.at, 'timestamptz'],
  [(c) => c.kind, 'text'],
  [(c) => c.subject.kind, 'text'],
  [(c) => c.subject.id, 'text'],
  [(c) => c.caseId ?? null, 'uuid'],
  [(c) => c.departmentId ?? null, 'text'],
  [(c) => c.recipientId ?? null, 'uuid'],
  [(c) => c.severity ?? null, 'text'],
  [(c) => c.title, 'text'],
  [(c) => c.text, 'text'],
  [(c) => (c.detail ? JSON.stringify(c.detail) : null), 'jsonb'],
];

/** @param place notes a parameter and gives its placeholder */
export function changeInsert(changes: readonly NewChange[], place: (value: unknown) => string): string {
  return `INSERT INTO workflow.change (at, kind, subject_kind, subject_id, case_id, department_id, recipient_id, severity, title, text, detail,
      seen_by_departments)
    SELECT t.*, CASE WHEN t.department IS NOT NULL THEN ARRAY[t.department] WHEN t.case_id IS NULL THEN '{}'
      ELSE ARRAY(SELECT DISTINCT k.department_id FROM workflow.task k WHERE k.case_id = t.case_id) END
    FROM ${rowSource(changes, CHANGE_ROW, place)} AS t(at, kind, subject_kind, subject_id, case_id, department, recipient, severity, title, text, detail)`;
}
