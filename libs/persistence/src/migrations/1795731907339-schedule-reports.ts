import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Drafts of reports are made by schedule: what is due is a row, so that of several processes one makes it, and once. A city begins with
 * the 周报 of Monday 08:00; its first run is set when a process first looks. An issue says its kind, and a 专报 its case.
 */
export class ScheduleReports1795731907339 implements MigrationInterface {
  name = 'ScheduleReports1795731907339';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE TABLE workflow.report_schedule (
      schedule_id uuid PRIMARY KEY,
      name text NOT NULL,
      kind text NOT NULL,
      weekday int,
      month_day int,
      at_time text NOT NULL,
      on_day_off text NOT NULL,
      is_on boolean NOT NULL,
      next_day text,
      next_at timestamptz,
      changed_at timestamptz NOT NULL,
      changed_by text NOT NULL)`);
    await q.query(`COMMENT ON COLUMN workflow.report_schedule.next_at IS 'null = not worked out yet'`);
    await q.query(`CREATE TABLE workflow.report_run (
      schedule_id uuid NOT NULL,
      nominal_day text NOT NULL,
      first_day text NOT NULL,
      last_day text NOT NULL,
      due_at timestamptz NOT NULL,
      made_at timestamptz NOT NULL,
      outcome text NOT NULL,
      issue_id uuid,
      moved_because text,
      PRIMARY KEY (schedule_id, nominal_day))`);
    await q.query(`COMMENT ON COLUMN workflow.report_run.outcome IS 'made, or existed: somebody had drafted it'`);
    await q.query(`CREATE INDEX report_run_by_time ON workflow.report_run (made_at DESC)`);
    await q.query(`ALTER TABLE workflow.report_issue
      ADD COLUMN kind text NOT NULL DEFAULT 'weekly', ADD COLUMN case_id uuid, ADD COLUMN scheduled_for timestamptz,
      DROP CONSTRAINT report_issue_first_day_last_day_version_key`);
    await q.query(`COMMENT ON COLUMN workflow.report_issue.case_id IS 'of a 专报 alone'`);
    await q.query(`CREATE UNIQUE INDEX report_issue_versions
      ON workflow.report_issue (kind, first_day, last_day, COALESCE(case_id, '00000000-0000-0000-0000-000000000000'), version)`);
    await q.query(`INSERT INTO workflow.report_schedule VALUES
      ('5b0c1f8e-6f63-4c0e-9a57-2f6f0a1d7c01', '周报', 'weekly', 1, NULL, '08:00', 'move', true, NULL, NULL, now(), '系统')`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DELETE FROM workflow.report_issue WHERE kind <> 'weekly'`);
    await q.query(`ALTER TABLE workflow.report_issue DROP COLUMN scheduled_for, DROP COLUMN case_id, DROP COLUMN kind,
      ADD UNIQUE (first_day, last_day, version)`);
    await q.query(`DROP TABLE workflow.report_run`);
    await q.query(`DROP TABLE workflow.report_schedule`);
  }
}
