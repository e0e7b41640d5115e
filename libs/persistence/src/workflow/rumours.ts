import type { RumourState } from '@huiying/domain';
import type { Queries } from '../database.js';

export interface RumourRow {
  id: string;
  caseId: string;
  state: RumourState;
  claim: string;
  url: string | null;
  finding: string;
  departmentId: string | null;
  foundAt: Date;
  isReferred: boolean;
  /** The clock of clarifying it; null where the rules in force owe none. */
  deadlineId: string | null;
  statedBy: string;
  statedAt: Date;
  evidenceId: string | null;
  /** Of that proof. */
  proofUrl: string | null;
  publishedAt: Date | null;
  settledBy: string | null;
  settledAt: Date | null;
  note: string | null;
}

const SELECT = `SELECT r.rumour_id AS id, r.case_id AS "caseId", r.state, r.claim, r.url, r.finding, r.department_id AS "departmentId",
  r.found_at AS "foundAt", r.is_referred AS "isReferred", r.deadline_id AS "deadlineId", r.stated_by AS "statedBy", r.stated_at AS "statedAt",
  r.evidence_id AS "evidenceId", e.url AS "proofUrl", e.published_at AS "publishedAt", r.settled_by AS "settledBy", r.settled_at AS "settledAt", r.note
  FROM workflow.rumour r LEFT JOIN workflow.evidence e ON e.evidence_id = r.evidence_id`;

/** Claims found to be false (不实信息). Whoever changes one has locked its case. */
export class Rumours {
  constructor(private readonly on: Queries) {}

  /** The newest first. */
  ofCase(caseId: string): Promise<RumourRow[]> {
    return this.on.query<RumourRow>(`${SELECT} WHERE r.case_id = $1 ORDER BY r.stated_at DESC, r.rumour_id LIMIT 500`, [caseId]);
  }

  async find(id: string): Promise<RumourRow | null> {
    return (await this.on.query<RumourRow>(`${SELECT} WHERE r.rumour_id = $1`, [id]))[0] ?? null;
  }

  async add(row: Omit<RumourRow, 'state' | 'evidenceId' | 'proofUrl' | 'publishedAt' | 'settledBy' | 'settledAt' | 'note'>): Promise<void> {
    await this.on.query(
      `INSERT INTO workflow.rumour (rumour_id, case_id, claim, url, finding, department_id, found_at, is_referred, deadline_id, stated_by, stated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        row.id,
        row.caseId,
        row.claim,
        row.url,
        row.finding,
        row.departmentId,
        row.foundAt,
        row.isReferred,
        row.deadlineId,
        row.statedBy,
        row.statedAt,
      ],
    );
  }

  async settle(id: string, change: { state: RumourState; evidenceId: string | null; by: string; at: Date; note: string }): Promise<void> {
    await this.on.query(
      `UPDATE workflow.rumour SET state = $2, evidence_id = $3, settled_by = $4, settled_at = $5, note = $6 WHERE rumour_id = $1`,
      [id, change.state, change.evidenceId, change.by, change.at, change.note],
    );
  }
}
