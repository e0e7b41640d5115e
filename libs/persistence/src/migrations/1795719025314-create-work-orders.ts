import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 12345 work orders as handling works on them, and everything that happened to each. */
export class CreateWorkOrders1795719025314 implements MigrationInterface {
  name = 'CreateWorkOrders1795719025314';

  async up(q: QueryRunner): Promise<void> {
    const statements = [
      `CREATE TABLE workflow.work_order (
        order_no text PRIMARY KEY,
        opinion_id uuid NOT NULL,
        version int NOT NULL,
        seq int NOT NULL,
        changed_at timestamptz NOT NULL,
        source text,
        channel_ref text,
        appeal_type text,
        urgency text,
        title text NOT NULL,
        content text NOT NULL,
        received_at timestamptz NOT NULL,
        occurred_at timestamptz,
        region_code text,
        region text,
        address text,
        category_code text,
        category text,
        is_repeat boolean NOT NULL,
        risk text,
        appeal jsonb NOT NULL,
        state text NOT NULL,
        parent_no text,
        lead_unit text,
        department_id text,
        co_units jsonb NOT NULL,
        co_department_ids jsonb NOT NULL,
        instruction text,
        dispatched_at timestamptz,
        signed_at timestamptz,
        signed_by text,
        contacted_at timestamptz,
        sign_due_at timestamptz,
        due_at timestamptz,
        return_until timestamptz,
        next_due_at timestamptz,
        extensions int NOT NULL,
        extension_reason text,
        asked_extension jsonb,
        returns int NOT NULL,
        return_reason text,
        asked_return jsonb,
        handler text,
        reply text,
        replied_at timestamptz,
        replied_by text,
        reply_mode text,
        legal_basis text,
        audit_opinion text,
        urges int NOT NULL,
        supervision text,
        reworks int NOT NULL,
        closed_at timestamptz,
        visit jsonb)`,
      `COMMENT ON COLUMN workflow.work_order.seq IS 'number of the last thing that happened to it, from 1'`,
      `COMMENT ON COLUMN workflow.work_order.next_due_at IS 'what falls due next of an open order: signing while unsigned, then finishing'`,
      `CREATE INDEX work_order_due ON workflow.work_order (COALESCE(next_due_at, 'infinity'), order_no)`,
      `CREATE INDEX work_order_newest ON workflow.work_order (received_at DESC, order_no DESC)`,
      `CREATE INDEX work_order_department ON workflow.work_order (department_id, COALESCE(next_due_at, 'infinity'), order_no)`,
      `CREATE INDEX work_order_opinion ON workflow.work_order (opinion_id)`,
      `CREATE INDEX work_order_parent ON workflow.work_order (parent_no) WHERE parent_no IS NOT NULL`,
      `CREATE INDEX work_order_changed ON workflow.work_order (changed_at, order_no)`,
      `CREATE TABLE workflow.work_order_event (
        order_no text NOT NULL REFERENCES workflow.work_order,
        seq int NOT NULL,
        at timestamptz NOT NULL,
        action text NOT NULL,
        actor text NOT NULL,
        client text,
        state_before text,
        state text NOT NULL,
        text text NOT NULL,
        detail jsonb NOT NULL,
        PRIMARY KEY (order_no, seq))`,
      `COMMENT ON COLUMN workflow.work_order_event.client IS 'the system that did it, by the name of its key; null = a person here, or the clock'`,
    ];
    for (const statement of statements) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE workflow.work_order_event, workflow.work_order`);
  }
}
