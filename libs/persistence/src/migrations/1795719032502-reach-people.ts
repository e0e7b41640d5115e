import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Several channels with an order, quiet hours, bundles of messages, what became of each, and acknowledging from the message.
 * Additive: a running version knows nothing of the new columns, and writes only states that were there before.
 */
export class ReachPeople1795719032502 implements MigrationInterface {
  name = 'ReachPeople1795719032502';

  async up(q: QueryRunner): Promise<void> {
    const statements = [
      `ALTER TABLE workflow.notice ADD COLUMN severity text, ADD COLUMN acknowledged_at timestamptz, ADD COLUMN acknowledged_by text`,
      `COMMENT ON COLUMN workflow.notice.acknowledged_by IS 'the way: console, or link for the one-time link in a message'`,
      `CREATE INDEX notice_newest ON workflow.notice (requested_at DESC, notice_id DESC)`,
      `CREATE INDEX notice_case ON workflow.notice (case_id, requested_at DESC) WHERE case_id IS NOT NULL`,
      `ALTER TABLE workflow.delivery DROP CONSTRAINT delivery_state_check`,
      `ALTER TABLE workflow.delivery ADD CONSTRAINT delivery_state_check
        CHECK (state IN ('pending', 'held', 'accepted', 'retrying', 'refused', 'skipped'))`,
      `COMMENT ON COLUMN workflow.delivery.state IS 'held = until the end of quiet hours; skipped = another channel reached the person first'`,
      `ALTER TABLE workflow.delivery ADD COLUMN bundle_id uuid, ADD COLUMN sent_at timestamptz`,
      `COMMENT ON COLUMN workflow.delivery.bundle_id IS 'deliveries that go out as one message; fixed at the first attempt, so that a repeated send is the same message'`,
      `CREATE TABLE workflow.channel (
        channel text PRIMARY KEY,
        tokens real,
        tokens_at timestamptz,
        paused_until timestamptz,
        broken_since timestamptz,
        broken_reason text,
        probe_at timestamptz,
        accepted_at timestamptz,
        failed_at timestamptz,
        failure text)`,
      `COMMENT ON TABLE workflow.channel IS 'what every process must know of a channel: what it may still send, and whether it works'`,
      `CREATE TABLE workflow.telling_preference (
        person_id uuid PRIMARY KEY REFERENCES workflow.person,
        channels jsonb NOT NULL,
        quiet jsonb NOT NULL,
        updated_at timestamptz NOT NULL)`,
    ];
    for (const statement of statements) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    const statements = [
      `DROP TABLE workflow.telling_preference, workflow.channel`,
      `UPDATE workflow.delivery SET state = CASE state WHEN 'held' THEN 'pending' ELSE 'refused' END WHERE state IN ('held', 'skipped')`,
      `ALTER TABLE workflow.delivery DROP COLUMN bundle_id, DROP COLUMN sent_at`,
      `ALTER TABLE workflow.delivery DROP CONSTRAINT delivery_state_check`,
      `ALTER TABLE workflow.delivery ADD CONSTRAINT delivery_state_check CHECK (state IN ('pending', 'accepted', 'retrying', 'refused'))`,
      `DROP INDEX workflow.notice_newest, workflow.notice_case`,
      `ALTER TABLE workflow.notice DROP COLUMN severity, DROP COLUMN acknowledged_at, DROP COLUMN acknowledged_by`,
    ];
    for (const statement of statements) await q.query(statement);
  }
}
