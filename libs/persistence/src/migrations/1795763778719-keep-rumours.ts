import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Claims that were found to be false (不实信息), each with the clock of its clarification. Additive. */
export class KeepRumours1795763778719 implements MigrationInterface {
  name = 'KeepRumours1795763778719';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE TABLE workflow.rumour (
      rumour_id uuid PRIMARY KEY,
      case_id uuid NOT NULL REFERENCES workflow.case_file,
      state text NOT NULL DEFAULT 'open',
      claim text NOT NULL,
      url text,
      finding text NOT NULL,
      department_id text,
      found_at timestamptz NOT NULL,
      is_referred boolean NOT NULL,
      deadline_id uuid,
      stated_by text NOT NULL,
      stated_at timestamptz NOT NULL,
      evidence_id uuid REFERENCES workflow.evidence,
      settled_by text,
      settled_at timestamptz,
      note text)`);
    await q.query(`CREATE INDEX rumour_of_case ON workflow.rumour (case_id, stated_at)`);
    await q.query(`COMMENT ON COLUMN workflow.rumour.deadline_id IS 'the clock of clarifying it; null where the rules in force owe none'`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE workflow.rumour`);
  }
}
