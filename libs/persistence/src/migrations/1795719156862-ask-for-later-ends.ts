import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which clocks a list shows first: legal ones, then the house's own after closing (评估), then what only reminds. As in deadlines.ts. */
const RANK = `(CASE rule->>'milestone' WHEN 'reminder' THEN 2 WHEN 'evaluation' THEN 1 ELSE 0 END)`;

/**
 * Requests for a later end (延期申请), one pending for a clock at most. Open clocks are listed by rank before time, by the index that
 * takes the place of the one by time alone.
 */
export class AskForLaterEnds1795719156862 implements MigrationInterface {
  name = 'AskForLaterEnds1795719156862';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE TABLE workflow.extension_request (
      request_id uuid PRIMARY KEY,
      deadline_id uuid NOT NULL REFERENCES workflow.deadline,
      department_id text,
      amount real NOT NULL,
      due_at timestamptz NOT NULL,
      until timestamptz NOT NULL,
      reason text NOT NULL,
      state text NOT NULL CHECK (state IN ('asked', 'approved', 'refused', 'withdrawn')),
      asked_at timestamptz NOT NULL,
      asked_by text NOT NULL,
      asked_by_id uuid NOT NULL,
      decided_at timestamptz,
      decided_by text,
      note text)`);
    await q.query(`COMMENT ON COLUMN workflow.extension_request.amount IS 'in the unit of the clock''s rule'`);
    await q.query(`COMMENT ON COLUMN workflow.extension_request.due_at IS 'when the clock ran out as it stood when this was asked'`);
    await q.query(`CREATE UNIQUE INDEX extension_pending ON workflow.extension_request (deadline_id) WHERE state = 'asked'`);
    await q.query(`CREATE INDEX extension_deadline ON workflow.extension_request (deadline_id, asked_at)`);
    await q.query(`CREATE INDEX extension_newest ON workflow.extension_request (asked_at DESC, request_id DESC)`);
    await q.query(
      `CREATE INDEX deadline_open_ranked ON workflow.deadline (${RANK}, due_at, deadline_id) WHERE met_at IS NULL AND cancelled_at IS NULL`,
    );
    await q.query(`DROP INDEX workflow.deadline_open`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`CREATE INDEX deadline_open ON workflow.deadline (due_at, deadline_id) WHERE met_at IS NULL AND cancelled_at IS NULL`);
    await q.query(`DROP INDEX workflow.deadline_open_ranked`);
    await q.query(`DROP TABLE workflow.extension_request`);
  }
}
