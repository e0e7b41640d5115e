import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is done on a case beside its tasks, and the register of policy documents. */
export class KeepCaseWork1795710550391 implements MigrationInterface {
  name = 'KeepCaseWork1795710550391';

  async up(q: QueryRunner): Promise<void> {
    const statements = [
      `ALTER TABLE workflow.case_file
        ADD COLUMN merged_into uuid REFERENCES workflow.case_file, ADD COLUMN merged_at timestamptz, ADD COLUMN merged_by text,
        ADD COLUMN archived_at timestamptz, ADD COLUMN archived_by text,
        ADD COLUMN evaluated_at timestamptz, ADD COLUMN evaluated_by text, ADD COLUMN evaluation text,
        ADD COLUMN supervised_at timestamptz, ADD COLUMN supervised_by text, ADD COLUMN supervised_reason text,
        ADD COLUMN reopened_count int NOT NULL DEFAULT 0`,
      `CREATE INDEX case_merged_into ON workflow.case_file (merged_into) WHERE merged_into IS NOT NULL`,
      `ALTER TABLE workflow.task ADD COLUMN returned_ground text, ADD COLUMN rework_count int NOT NULL DEFAULT 0, ADD COLUMN rework_reason text`,
      `CREATE INDEX deadline_dispute ON workflow.deadline (due_at)
        WHERE rule->>'milestone' = 'jurisdiction' AND met_at IS NULL AND cancelled_at IS NULL`,
      `CREATE TABLE workflow.press_conference (
        case_id uuid PRIMARY KEY REFERENCES workflow.case_file,
        state text NOT NULL,
        planned_for timestamptz,
        place text,
        spokesperson text,
        record text,
        evidence_id uuid REFERENCES workflow.evidence,
        reason text,
        changed_by text NOT NULL,
        changed_at timestamptz NOT NULL)`,
      `COMMENT ON COLUMN workflow.press_conference.reason IS 'grounds on which it was waived'`,
      `CREATE TABLE workflow.analysis_report (
        case_id uuid PRIMARY KEY REFERENCES workflow.case_file,
        nature text NOT NULL,
        trend text NOT NULL,
        risks text NOT NULL,
        proposal text NOT NULL,
        written_by text NOT NULL,
        written_at timestamptz NOT NULL,
        submitted_by text,
        submitted_at timestamptz)`,
      `CREATE TABLE workflow.commitment (
        commitment_id uuid PRIMARY KEY,
        case_id uuid NOT NULL REFERENCES workflow.case_file,
        text text NOT NULL,
        department_id text NOT NULL,
        due_on date,
        due_text text,
        source text NOT NULL,
        state text NOT NULL,
        made_at timestamptz NOT NULL,
        made_by text NOT NULL,
        settled_at timestamptz,
        settled_by text,
        note text,
        evidence_id uuid REFERENCES workflow.evidence)`,
      `COMMENT ON COLUMN workflow.commitment.note IS 'how it was kept, or why it was dropped'`,
      `CREATE INDEX commitment_case ON workflow.commitment (case_id)`,
      `CREATE INDEX commitment_due ON workflow.commitment (COALESCE(due_on, 'infinity'), commitment_id)`,
      `CREATE TABLE workflow.policy_document (
        document_id uuid PRIMARY KEY,
        title text NOT NULL,
        document_no text UNIQUE,
        department_id text NOT NULL,
        kind text NOT NULL,
        sync_mode text NOT NULL,
        state text NOT NULL,
        text text,
        url text,
        published_at timestamptz,
        plan jsonb,
        interpretation jsonb,
        link_check jsonb,
        clock jsonb,
        next_step_at timestamptz,
        reason text,
        source text NOT NULL,
        created_at timestamptz NOT NULL,
        created_by text NOT NULL,
        changed_at timestamptz NOT NULL,
        changed_by text NOT NULL)`,
      `COMMENT ON COLUMN workflow.policy_document.clock IS 'the stamped PI-01 clock, as the domain has it'`,
      `CREATE INDEX policy_document_newest ON workflow.policy_document (created_at DESC, document_id DESC)`,
      `CREATE INDEX policy_document_step ON workflow.policy_document (next_step_at) WHERE next_step_at IS NOT NULL`,
      `CREATE UNIQUE INDEX policy_document_url ON workflow.policy_document (url) WHERE url IS NOT NULL`,
    ];
    for (const statement of statements) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    const statements = [
      `DROP TABLE workflow.policy_document, workflow.commitment, workflow.analysis_report, workflow.press_conference`,
      `DROP INDEX workflow.deadline_dispute`,
      `ALTER TABLE workflow.task DROP COLUMN returned_ground, DROP COLUMN rework_count, DROP COLUMN rework_reason`,
      `ALTER TABLE workflow.case_file DROP COLUMN merged_into, DROP COLUMN merged_at, DROP COLUMN merged_by, DROP COLUMN archived_at,
        DROP COLUMN archived_by, DROP COLUMN evaluated_at, DROP COLUMN evaluated_by, DROP COLUMN evaluation, DROP COLUMN supervised_at,
        DROP COLUMN supervised_by, DROP COLUMN supervised_reason, DROP COLUMN reopened_count`,
    ];
    for (const statement of statements) await q.query(statement);
  }
}
