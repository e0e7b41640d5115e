import type { Queries } from '../database.js';
import { rowSource, type SourceColumn } from './row-source.js';

export interface HistoryOf {
  kind: 'order' | 'document';
  id: string;
}

export interface NewTimelineEntry {
  at: Date;
  kind: string;
  storyId?: string | null;
  alertId?: string | null;
  caseId?: string | null;
  taskId?: string | null;
  /** Whose history it is where that is no case's: a hotline order's or a policy document's. */
  of?: HistoryOf | null;
  /** Set where only this department (and the desk) is meant to read it. */
  departmentId?: string | null;
  /** A sentence in Chinese. */
  text: string;
  /** A person's name, or 系统. */
  actor: string;
  detail?: Record<string, unknown>;
}

export interface TimelineRow {
  id: string;
  at: Date;
  kind: string;
  text: string;
  actor: string;
  detail: Record<string, unknown>;
  departmentId: string | null;
}

const COLUMNS = `entry_id::text AS id, at, kind, text, actor, detail, department_id AS "departmentId"`;

/** What happened to an alert or a case, oldest first. Only grows. */
export class Timeline {
  constructor(private readonly on: Queries) {}

  async add(entries: readonly NewTimelineEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const parameters: unknown[] = [];
    await this.on.write(
      timelineInsert(entries, (value) => `$${parameters.push(value)}`),
      parameters,
    );
  }

  /**
   * A case's history with that of the alert it came from. A department does not read what is meant for another, nor of the desk's analysis
   * report; of promises only its own (those noted before a line said whose they are it finds in the list of promises).
   */
  ofCase(caseId: string, alertId: string, departmentId: string | null = null): Promise<TimelineRow[]> {
    return this.on.query<TimelineRow>(
      `SELECT ${COLUMNS} FROM workflow.timeline WHERE (case_id = $1 OR (alert_id = $2 AND case_id IS NULL))
         AND ($3::text IS NULL OR department_id = $3
           OR (department_id IS NULL AND NOT starts_with(kind, 'analysis.') AND NOT starts_with(kind, 'commitment.')))
       ORDER BY at, entry_id`,
      [caseId, alertId, departmentId],
    );
  }

  /** The history of a hotline order or a policy document. */
  ofSubject(id: string): Promise<TimelineRow[]> {
    return this.on.query<TimelineRow>(`SELECT ${COLUMNS} FROM workflow.timeline WHERE subject_id = $1 ORDER BY at, entry_id`, [id]);
  }
}

const ENTRY: readonly SourceColumn<NewTimelineEntry>[] = [
  [(e) => e.at, 'timestamptz'],
  [(e) => e.kind, 'text'],
  [(e) => e.storyId ?? null, 'uuid'],
  [(e) => e.alertId ?? null, 'uuid'],
  [(e) => e.caseId ?? null, 'uuid'],
  [(e) => e.taskId ?? null, 'uuid'],
  [(e) => e.departmentId ?? null, 'text'],
  [(e) => e.text, 'text'],
  [(e) => e.actor, 'text'],
  [(e) => JSON.stringify(e.detail ?? {}), 'jsonb'],
  [(e) => e.of?.kind ?? null, 'text'],
  [(e) => e.of?.id ?? null, 'uuid'],
];

/** @param place notes a parameter and gives its placeholder */
export function timelineInsert(entries: readonly NewTimelineEntry[], place: (value: unknown) => string): string {
  return `INSERT INTO workflow.timeline (at, kind, story_id, alert_id, case_id, task_id, department_id, text, actor, detail, subject_kind, subject_id)
    SELECT * FROM ${rowSource(entries, ENTRY, place)} AS t`;
}
