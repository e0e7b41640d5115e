import type { AnalysisParts, CommitmentState, ConferenceState, InvestigationState } from '@huiying/domain';
import type { Queries } from '../database.js';
import type { RowScope } from './case-files.js';
import { Conditions, likePattern } from './conditions.js';

export interface ConferenceRow {
  state: ConferenceState;
  plannedFor: Date | null;
  place: string | null;
  spokesperson: string | null;
  record: string | null;
  evidenceId: string | null;
  reason: string | null;
  changedBy: string;
  changedAt: Date;
}

export interface InvestigationRow {
  state: InvestigationState;
  team: string;
  departmentId: string | null;
  occurredAt: Date;
  begunAt: Date;
  reportedAt: Date | null;
  approvedAt: Date | null;
  changedBy: string;
  changedAt: Date;
}

export interface AnalysisRow extends AnalysisParts {
  writtenBy: string;
  writtenAt: Date;
  submittedBy: string | null;
  submittedAt: Date | null;
}

export interface CommitmentRow {
  id: string;
  caseId: string;
  caseNo: string;
  caseTitle: string;
  text: string;
  departmentId: string;
  /** YYYY-MM-DD. */
  dueOn: string | null;
  source: string;
  state: CommitmentState;
  madeAt: Date;
  madeBy: string;
  settledAt: Date | null;
  settledBy: string | null;
  note: string | null;
  evidenceId: string | null;
  proofUrl: string | null;
}

export interface CommitmentFilter {
  state?: string[];
  /** Open and due before this day. */
  dueBefore?: string;
  q?: string;
}

const COMMITMENT = `m.commitment_id AS id, m.case_id AS "caseId", c.case_no AS "caseNo", c.title AS "caseTitle", m.text, m.department_id AS "departmentId",
  m.due_on::text AS "dueOn", m.source, m.state, m.made_at AS "madeAt", m.made_by AS "madeBy", m.settled_at AS "settledAt",
  m.settled_by AS "settledBy", m.note, m.evidence_id AS "evidenceId", e.url AS "proofUrl"`;
const FROM = `workflow.commitment m JOIN workflow.case_file c ON c.case_id = m.case_id LEFT JOIN workflow.evidence e ON e.evidence_id = m.evidence_id`;

/** Press conferences, investigations, analysis reports and commitments (承诺). Whoever changes one has locked its case. */
export class Casework {
  constructor(private readonly on: Queries) {}

  async conference(caseId: string): Promise<ConferenceRow | null> {
    const [row] = await this.on.query<ConferenceRow>(
      `SELECT state, planned_for AS "plannedFor", place, spokesperson, record, evidence_id AS "evidenceId", reason, changed_by AS "changedBy",
         changed_at AS "changedAt" FROM workflow.press_conference WHERE case_id = $1`,
      [caseId],
    );
    return row ?? null;
  }

  async keepConference(caseId: string, row: ConferenceRow): Promise<void> {
    await this.on.query(
      `INSERT INTO workflow.press_conference (case_id, state, planned_for, place, spokesperson, record, evidence_id, reason, changed_by, changed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (case_id) DO UPDATE SET state = $2, planned_for = $3, place = $4, spokesperson = $5, record = $6, evidence_id = $7,
         reason = $8, changed_by = $9, changed_at = $10`,
      [
        caseId,
        row.state,
        row.plannedFor,
        row.place,
        row.spokesperson,
        row.record,
        row.evidenceId,
        row.reason,
        row.changedBy,
        row.changedAt,
      ],
    );
  }

  async investigation(caseId: string): Promise<InvestigationRow | null> {
    const [row] = await this.on.query<InvestigationRow>(
      `SELECT state, team, department_id AS "departmentId", occurred_at AS "occurredAt", begun_at AS "begunAt", reported_at AS "reportedAt",
         approved_at AS "approvedAt", changed_by AS "changedBy", changed_at AS "changedAt" FROM workflow.investigation WHERE case_id = $1`,
      [caseId],
    );
    return row ?? null;
  }

  /** Where one is kept already, only how far it is: what was stated at its beginning stays. */
  async keepInvestigation(caseId: string, row: InvestigationRow): Promise<void> {
    await this.on.query(
      `INSERT INTO workflow.investigation (case_id, state, team, department_id, occurred_at, begun_at, reported_at, approved_at, changed_by,
         changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (case_id) DO UPDATE SET state = $2, reported_at = $7, approved_at = $8, changed_by = $9, changed_at = $10`,
      [
        caseId,
        row.state,
        row.team,
        row.departmentId,
        row.occurredAt,
        row.begunAt,
        row.reportedAt,
        row.approvedAt,
        row.changedBy,
        row.changedAt,
      ],
    );
  }

  async analysis(caseId: string): Promise<AnalysisRow | null> {
    const [row] = await this.on.query<AnalysisRow>(
      `SELECT nature, trend, risks, proposal, written_by AS "writtenBy", written_at AS "writtenAt", submitted_by AS "submittedBy",
         submitted_at AS "submittedAt" FROM workflow.analysis_report WHERE case_id = $1`,
      [caseId],
    );
    return row ?? null;
  }

  async keepAnalysis(caseId: string, row: AnalysisRow): Promise<void> {
    await this.on.query(
      `INSERT INTO workflow.analysis_report (case_id, nature, trend, risks, proposal, written_by, written_at, submitted_by, submitted_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (case_id) DO UPDATE SET nature = $2, trend = $3, risks = $4, proposal = $5, written_by = $6, written_at = $7,
         submitted_by = $8, submitted_at = $9`,
      [caseId, row.nature, row.trend, row.risks, row.proposal, row.writtenBy, row.writtenAt, row.submittedBy, row.submittedAt],
    );
  }

  async addCommitment(
    one: Pick<CommitmentRow, 'id' | 'caseId' | 'text' | 'departmentId' | 'dueOn' | 'source' | 'madeAt' | 'madeBy'>,
  ): Promise<void> {
    await this.on.query(
      `INSERT INTO workflow.commitment (commitment_id, case_id, text, department_id, due_on, source, state, made_at, made_by)
       VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8)`,
      [one.id, one.caseId, one.text, one.departmentId, one.dueOn, one.source, one.madeAt, one.madeBy],
    );
  }

  async settleCommitment(
    id: string,
    change: { state: CommitmentState; settledAt: Date; settledBy: string; note: string; evidenceId: string | null },
  ): Promise<void> {
    await this.on.query(
      `UPDATE workflow.commitment SET state = $2, settled_at = $3, settled_by = $4, note = $5, evidence_id = $6 WHERE commitment_id = $1`,
      [id, change.state, change.settledAt, change.settledBy, change.note, change.evidenceId],
    );
  }

  async commitment(id: string, scope: RowScope): Promise<CommitmentRow | null> {
    return (
      (
        await this.select(
          scoped(scope).add(id, (p) => `m.commitment_id = ${p}`),
          1,
        )
      )[0] ?? null
    );
  }

  commitmentsOf(caseId: string, scope: RowScope): Promise<CommitmentRow[]> {
    return this.select(
      scoped(scope).add(caseId, (p) => `m.case_id = ${p}`),
      500,
    );
  }

  /** Soonest due first; those without a day last. A department sees its own. */
  commitments({ state, dueBefore, q }: CommitmentFilter, scope: RowScope, most: number): Promise<CommitmentRow[]> {
    const conditions = scoped(scope)
      .add(state, (p) => `m.state = ANY(${p}::text[])`)
      .add(dueBefore, (p) => `m.state = 'open' AND m.due_on < ${p}::date`)
      .add(q ? likePattern(q) : null, (p) => `(m.text ILIKE ${p} OR c.title ILIKE ${p} OR c.case_no ILIKE ${p})`);
    return this.select(conditions, most);
  }

  private select(conditions: Conditions, most: number): Promise<CommitmentRow[]> {
    return this.on.query<CommitmentRow>(
      `SELECT ${COMMITMENT} FROM ${FROM} ${conditions.where} ORDER BY m.state <> 'open', COALESCE(m.due_on, 'infinity'), m.commitment_id LIMIT ${most}`,
      conditions.parameters,
    );
  }
}

function scoped(scope: RowScope): Conditions {
  return new Conditions().add(scope?.departmentId, (p) => `m.department_id = ${p}`);
}
