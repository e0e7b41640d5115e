import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What changes the roster (调班、换班), the notes handed over between shifts (交接班), and who may read the duty as a calendar (iCal). */
export class KeepDuty1795722081084 implements MigrationInterface {
  name = 'KeepDuty1795722081084';

  async up(q: QueryRunner): Promise<void> {
    const statements = [
      `CREATE TABLE workflow.duty_swap (
        swap_id uuid PRIMARY KEY,
        duty text NOT NULL CHECK (duty IN ('officer', 'leader')),
        asked_by uuid NOT NULL REFERENCES workflow.person,
        asked_of uuid NOT NULL REFERENCES workflow.person,
        from_at timestamptz NOT NULL,
        to_at timestamptz NOT NULL,
        back_from_at timestamptz,
        back_to_at timestamptz,
        reason text NOT NULL,
        state text NOT NULL CHECK (state IN ('asked', 'agreed', 'declined', 'withdrawn')),
        asked_at timestamptz NOT NULL,
        answered_at timestamptz,
        answer text)`,
      `COMMENT ON COLUMN workflow.duty_swap.back_from_at IS 'the shift that is taken in return; null = none'`,
      `CREATE INDEX duty_swap_newest ON workflow.duty_swap (asked_at DESC)`,
      `CREATE TABLE workflow.duty_change (
        change_id uuid PRIMARY KEY,
        duty text NOT NULL CHECK (duty IN ('officer', 'leader')),
        from_at timestamptz NOT NULL,
        to_at timestamptz NOT NULL CHECK (to_at > from_at),
        person_id uuid NOT NULL REFERENCES workflow.person,
        reason text NOT NULL,
        made_by text NOT NULL,
        made_at timestamptz NOT NULL,
        swap_id uuid REFERENCES workflow.duty_swap,
        cancelled_by text,
        cancelled_at timestamptz)`,
      `COMMENT ON TABLE workflow.duty_change IS 'stands before what config/duty.yaml says; of two the later made'`,
      `CREATE INDEX duty_change_time ON workflow.duty_change (to_at) WHERE cancelled_at IS NULL`,
      `CREATE TABLE workflow.handover (
        handover_id uuid PRIMARY KEY,
        content jsonb NOT NULL,
        note text NOT NULL,
        given_by uuid NOT NULL REFERENCES workflow.person,
        given_at timestamptz NOT NULL,
        taken_by uuid REFERENCES workflow.person,
        taken_at timestamptz,
        remark text)`,
      `COMMENT ON COLUMN workflow.handover.content IS 'what was open when it was given: never written again'`,
      `CREATE INDEX handover_newest ON workflow.handover (given_at DESC)`,
      `CREATE TABLE workflow.duty_feed (
        person_id uuid PRIMARY KEY REFERENCES workflow.person,
        token_hash bytea NOT NULL UNIQUE,
        made_at timestamptz NOT NULL)`,
    ];
    for (const statement of statements) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE workflow.duty_feed, workflow.handover, workflow.duty_change, workflow.duty_swap`);
  }
}
