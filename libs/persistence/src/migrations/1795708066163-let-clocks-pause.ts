import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A clock may stand for a while (不计入期限) or be given a later end (延期), each with reason and approver, where its rule allows.
 * Additive: the running version ignores the columns. What an administrator enters of the calendar or of the city's rules is
 * kept as revisions that are never edited; the newest of a year (or of the rules) holds, and lies over the files.
 */
export class LetClocksPause1795708066163 implements MigrationInterface {
  name = 'LetClocksPause1795708066163';

  async up(q: QueryRunner): Promise<void> {
    await q.query(
      `ALTER TABLE workflow.deadline ADD COLUMN pauses jsonb NOT NULL DEFAULT '[]', ADD COLUMN extensions jsonb NOT NULL DEFAULT '[]'`,
    );
    await q.query(`CREATE TABLE workflow.calendar_revision (
      revision_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      year int NOT NULL,
      days jsonb NOT NULL,
      entered_text text,
      entered_at timestamptz NOT NULL,
      entered_by text NOT NULL)`);
    await q.query(`COMMENT ON COLUMN workflow.calendar_revision.days IS 'the whole table of the year as it then stood (CalendarYear)'`);
    await q.query(
      `COMMENT ON COLUMN workflow.calendar_revision.entered_text IS 'the notice as it was pasted; null where the table was edited'`,
    );
    await q.query(`CREATE TABLE workflow.rule_revision (
      revision_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      yaml text NOT NULL,
      entered_at timestamptz NOT NULL,
      entered_by text NOT NULL)`);
    await q.query(`COMMENT ON TABLE workflow.rule_revision IS 'the city''s supplement to its rule file, whole; the newest holds'`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE workflow.rule_revision`);
    await q.query(`DROP TABLE workflow.calendar_revision`);
    await q.query(`ALTER TABLE workflow.deadline DROP COLUMN pauses, DROP COLUMN extensions`);
  }
}
