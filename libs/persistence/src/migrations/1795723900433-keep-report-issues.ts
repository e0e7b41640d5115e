import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Issues of the weekly report: what was counted, frozen as text with its hash, with the editors' notes and every version. */
export class KeepReportIssues1795723900433 implements MigrationInterface {
  name = 'KeepReportIssues1795723900433';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE TABLE workflow.report_issue (
      issue_id uuid PRIMARY KEY,
      first_day text NOT NULL,
      last_day text NOT NULL,
      version int NOT NULL,
      volume int,
      state text NOT NULL,
      content text NOT NULL,
      notes jsonb NOT NULL,
      sha256 text NOT NULL,
      change text,
      changes jsonb NOT NULL,
      made_at timestamptz NOT NULL,
      made_by text NOT NULL,
      submitted_by text,
      submitted_by_id uuid,
      decided_at timestamptz,
      decided_by text,
      reason text,
      UNIQUE (first_day, last_day, version))`);
    await q.query(
      `COMMENT ON COLUMN workflow.report_issue.content IS 'the report as it was counted, as JSON; text, so that its bytes stay'`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE workflow.report_issue`);
  }
}
