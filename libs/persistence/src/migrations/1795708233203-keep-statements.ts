import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Statements (口径) and their versions. What a reviewer saw is never overwritten: a change after that is a new version. */
export class KeepStatements1795708233203 implements MigrationInterface {
  name = 'KeepStatements1795708233203';

  async up(q: QueryRunner): Promise<void> {
    const statements = [
      `CREATE TABLE workflow.statement (
        statement_id uuid PRIMARY KEY,
        case_id uuid NOT NULL REFERENCES workflow.case_file,
        department_id text,
        state text NOT NULL,
        version int NOT NULL,
        published_version int,
        created_at timestamptz NOT NULL,
        created_by text NOT NULL,
        updated_at timestamptz NOT NULL)`,
      `COMMENT ON COLUMN workflow.statement.department_id IS 'whose draft it is; null where the desk wrote it'`,
      `CREATE INDEX statement_case ON workflow.statement (case_id, created_at)`,
      `CREATE INDEX statement_newest ON workflow.statement (updated_at DESC, statement_id DESC)`,
      `CREATE TABLE workflow.statement_version (
        statement_id uuid NOT NULL REFERENCES workflow.statement,
        version int NOT NULL,
        title text NOT NULL,
        text text NOT NULL,
        written_by text NOT NULL,
        written_at timestamptz NOT NULL,
        submitted_by text,
        submitted_at timestamptz,
        cleared_by text,
        cleared_at timestamptz,
        cleared_note text,
        approved_by text,
        approved_at timestamptz,
        approved_note text,
        sent_back_by text,
        sent_back_at timestamptz,
        sent_back_reason text,
        published_by text,
        published_at timestamptz,
        evidence_id uuid REFERENCES workflow.evidence,
        PRIMARY KEY (statement_id, version))`,
    ];
    for (const statement of statements) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE workflow.statement_version, workflow.statement`);
  }
}
