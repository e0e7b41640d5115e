import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who gets which reports (分发名单), and what became of each copy. One row for each issue, address and round: nobody is asked for twice,
 * and a copy that is sent again after a crash is the same mail. Addresses stand as they were when the copy was asked for.
 */
export class SendReports1795732773810 implements MigrationInterface {
  name = 'SendReports1795732773810';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE TABLE workflow.report_list (
      list_id uuid PRIMARY KEY,
      name text NOT NULL,
      kinds jsonb NOT NULL,
      readers jsonb NOT NULL,
      is_on boolean NOT NULL,
      changed_at timestamptz NOT NULL,
      changed_by text NOT NULL)`);
    await q.query(`COMMENT ON COLUMN workflow.report_list.readers IS 'personId of an account, or name and address of somebody outside'`);
    await q.query(`CREATE TABLE workflow.report_sending (
      sending_id uuid PRIMARY KEY,
      issue_id uuid NOT NULL REFERENCES workflow.report_issue,
      what text NOT NULL,
      reader text NOT NULL,
      round int NOT NULL,
      person_id uuid,
      name text NOT NULL,
      address text,
      state text NOT NULL,
      asked_at timestamptz NOT NULL,
      asked_by text NOT NULL,
      sent_at timestamptz,
      settled_at timestamptz,
      attempts int NOT NULL DEFAULT 0,
      next_attempt_at timestamptz,
      lease_until timestamptz,
      detail text,
      UNIQUE (issue_id, what, reader, round))`);
    await q.query(`COMMENT ON COLUMN workflow.report_sending.what IS 'issue, or recall: word that it was withdrawn'`);
    await q.query(
      `COMMENT ON COLUMN workflow.report_sending.reader IS 'the address in lower case, or person:ID of an account without one'`,
    );
    await q.query(`CREATE INDEX report_sending_due ON workflow.report_sending (next_attempt_at) WHERE next_attempt_at IS NOT NULL`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE workflow.report_sending`);
    await q.query(`DROP TABLE workflow.report_list`);
  }
}
