import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The auditor looks for steps whose time has come and that nobody fired, whatever next_step_at says; the index keeps that cheap at
 * a million clocks. What it found is kept, and where it stands, so that several auditors share one round.
 */
export class KeepAuditor1795710321579 implements MigrationInterface {
  name = 'KeepAuditor1795710321579';

  async up(q: QueryRunner): Promise<void> {
    await q.query(
      `CREATE INDEX deadline_step_waiting ON workflow.deadline_step (scheduled_at) WHERE fired_at IS NULL AND cancelled_at IS NULL`,
    );
    await q.query(`CREATE TABLE workflow.auditor_round (
      one boolean PRIMARY KEY DEFAULT true CHECK (one),
      passed_at timestamptz,
      is_clean boolean,
      summary jsonb NOT NULL DEFAULT '{}',
      deadline_cursor uuid,
      case_cursor uuid)`);
    await q.query(`INSERT INTO workflow.auditor_round DEFAULT VALUES`);
    await q.query(`CREATE TABLE workflow.auditor_finding (
      finding_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      at timestamptz NOT NULL,
      kind text NOT NULL,
      subject text NOT NULL,
      text text NOT NULL,
      repaired boolean NOT NULL)`);
    await q.query(`CREATE INDEX auditor_finding_at ON workflow.auditor_finding (at)`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE workflow.auditor_finding`);
    await q.query(`DROP TABLE workflow.auditor_round`);
    await q.query(`DROP INDEX workflow.deadline_step_waiting`);
  }
}
