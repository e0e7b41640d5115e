import type { ReportState } from '@huiying/domain';
import type { Queries } from '../database.js';

/** What an issue is of: a kind and a span; a 专报 is of a case. */
export interface ReportSubject {
  kind: IssueKind;
  /** Of a special report (专报) alone. */
  caseId: string | null;
  firstDay: string;
  lastDay: string;
}

export type IssueKind = 'daily' | 'weekly' | 'monthly' | 'span' | 'special';

/** A version of an issue of a report. `content` is the report as JSON, kept as text so that its bytes stay. */
export interface ReportIssueRow extends ReportSubject {
  id: string;
  version: number;
  volume: number | null;
  state: ReportState;
  content: string;
  notes: { heading: string; text: string }[];
  sha256: string;
  change: string | null;
  changes: { heading: string; before: string | null; after: string | null }[];
  madeAt: Date;
  madeBy: string;
  submittedBy: string | null;
  submittedById: string | null;
  decidedAt: Date | null;
  decidedBy: string | null;
  reason: string | null;
  /** When the schedule that made it wanted it; null where a person made it. */
  scheduledFor: Date | null;
}

const COLUMNS = `issue_id AS id, kind, case_id AS "caseId", first_day AS "firstDay", last_day AS "lastDay", version, volume, state, content, notes, sha256, change, changes,
  made_at AS "madeAt", made_by AS "madeBy", submitted_by AS "submittedBy", submitted_by_id AS "submittedById",
  decided_at AS "decidedAt", decided_by AS "decidedBy", reason, scheduled_for AS "scheduledFor"`;

export class ReportIssues {
  constructor(private readonly on: Queries) {}

  /** Newest span first, of each the newest version first. @param subject null = all */
  list(subject: ReportSubject | null, most: number): Promise<ReportIssueRow[]> {
    return this.on.query(
      `SELECT ${COLUMNS} FROM workflow.report_issue
       WHERE $1::text IS NULL OR (kind = $1 AND first_day = $2 AND last_day = $3 AND case_id IS NOT DISTINCT FROM $4)
       ORDER BY first_day DESC, last_day DESC, kind, case_id, version DESC LIMIT $5`,
      [subject?.kind ?? null, subject?.firstDay ?? null, subject?.lastDay ?? null, subject?.caseId ?? null, most],
    );
  }

  async find(id: string): Promise<ReportIssueRow | null> {
    const [row] = await this.on.query<ReportIssueRow>(`SELECT ${COLUMNS} FROM workflow.report_issue WHERE issue_id = $1`, [id]);
    return row ?? null;
  }

  /** Everybody who changes issues comes one after the other: there are few, and their numbers have no gaps. */
  async lockAll(): Promise<void> {
    await this.on.query(`SELECT pg_advisory_xact_lock(hashtextextended('huiying.workflow.report-issues', 0))`);
  }

  /** Each kind counts for itself. */
  async lastVolume(kind: IssueKind): Promise<number> {
    const sql = `SELECT COALESCE(max(volume), 0) AS volume FROM workflow.report_issue WHERE kind = $1`;
    const [row] = await this.on.query<{ volume: number }>(sql, [kind]);
    return row!.volume;
  }

  /** Keeps an issue as it now is. */
  async put(row: ReportIssueRow): Promise<void> {
    await this.on.query(
      `INSERT INTO workflow.report_issue AS i (issue_id, first_day, last_day, version, volume, state, content, notes, sha256, change, changes,
         made_at, made_by, submitted_by, submitted_by_id, decided_at, decided_by, reason, kind, case_id, scheduled_for)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
       ON CONFLICT (issue_id) DO UPDATE SET volume = excluded.volume, state = excluded.state, content = excluded.content,
         notes = excluded.notes, sha256 = excluded.sha256, changes = excluded.changes, submitted_by = excluded.submitted_by,
         submitted_by_id = excluded.submitted_by_id, decided_at = excluded.decided_at, decided_by = excluded.decided_by, reason = excluded.reason`,
      [
        ...[row.id, row.firstDay, row.lastDay, row.version, row.volume, row.state, row.content, JSON.stringify(row.notes), row.sha256],
        ...[row.change, JSON.stringify(row.changes), row.madeAt, row.madeBy, row.submittedBy, row.submittedById, row.decidedAt],
        ...[row.decidedBy, row.reason, row.kind, row.caseId, row.scheduledFor],
      ],
    );
  }
}
