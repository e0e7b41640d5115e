import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What other systems asked of work orders (each key once), and what they must be told of them, in order. */
export class CreateOrderDoors1795721510135 implements MigrationInterface {
  name = 'CreateOrderDoors1795721510135';

  async up(q: QueryRunner): Promise<void> {
    const statements = [
      `CREATE TABLE workflow.order_request (
        client text NOT NULL,
        key text NOT NULL,
        digest text NOT NULL,
        at timestamptz NOT NULL,
        answer jsonb,
        PRIMARY KEY (client, key))`,
      `COMMENT ON COLUMN workflow.order_request.digest IS 'SHA-256 (hex) of order, action and body: the same key with another content is refused'`,
      `CREATE INDEX order_request_at ON workflow.order_request (at)`,
      `CREATE TABLE workflow.callback (
        target text NOT NULL,
        order_no text NOT NULL,
        seq int NOT NULL,
        payload text NOT NULL,
        created_at timestamptz NOT NULL,
        delivered_at timestamptz,
        skipped_at timestamptz,
        attempts int NOT NULL DEFAULT 0,
        PRIMARY KEY (target, order_no, seq))`,
      `CREATE TABLE workflow.callback_lane (
        target text NOT NULL,
        order_no text NOT NULL,
        last_seq int NOT NULL,
        done_seq int NOT NULL,
        attempts int NOT NULL DEFAULT 0,
        failing_since timestamptz,
        last_error text,
        dead_at timestamptz,
        next_at timestamptz,
        PRIMARY KEY (target, order_no))`,
      `COMMENT ON TABLE workflow.callback_lane IS 'one order at one receiver: its callbacks go one after the other; next_at = when the head is tried, null = nothing waits, or it is dead'`,
      `CREATE INDEX callback_lane_next ON workflow.callback_lane (target, next_at) WHERE next_at IS NOT NULL`,
      `CREATE INDEX callback_lane_dead ON workflow.callback_lane (target, dead_at) WHERE dead_at IS NOT NULL`,
    ];
    for (const statement of statements) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE workflow.callback_lane, workflow.callback, workflow.order_request`);
  }
}
