import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An accident's investigation as an officer states it: what its clocks (国务院令第493号 第29、32条) started from. Additive. */
export class KeepInvestigations1795760899469 implements MigrationInterface {
  name = 'KeepInvestigations1795760899469';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE TABLE workflow.investigation (
      case_id uuid PRIMARY KEY REFERENCES workflow.case_file,
      state text NOT NULL,
      team text NOT NULL,
      department_id text,
      occurred_at timestamptz NOT NULL,
      begun_at timestamptz NOT NULL,
      reported_at timestamptz,
      approved_at timestamptz,
      changed_by text NOT NULL,
      changed_at timestamptz NOT NULL)`);
    await q.query(`COMMENT ON COLUMN workflow.investigation.reported_at IS 'when the responsible government received the report'`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE workflow.investigation`);
  }
}
