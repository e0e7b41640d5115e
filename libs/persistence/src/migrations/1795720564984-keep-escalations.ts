import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What climbs while nobody acknowledges it (逐级上报), and each move it made. The policy stands in the row: later edits do not reach it. */
export class KeepEscalations1795720564984 implements MigrationInterface {
  name = 'KeepEscalations1795720564984';

  async up(q: QueryRunner): Promise<void> {
    const statements = [
      `CREATE TABLE workflow.escalation (
        escalation_id uuid PRIMARY KEY,
        matter text NOT NULL,
        alert_id uuid,
        deadline_id uuid,
        case_id uuid,
        severity text NOT NULL,
        title text NOT NULL,
        link text NOT NULL,
        caused_by uuid,
        policy jsonb NOT NULL,
        born_at timestamptz NOT NULL,
        fired int NOT NULL DEFAULT 0,
        idle_fired int NOT NULL DEFAULT 0,
        last_idle_at timestamptz,
        acknowledged_at timestamptz,
        acknowledged_by text,
        acknowledged_by_id uuid,
        ended_at timestamptz,
        ended_reason text,
        next_move_at timestamptz,
        CHECK ((alert_id IS NULL) <> (deadline_id IS NULL)))`,
      `COMMENT ON COLUMN workflow.escalation.fired IS 'steps and repeats that are behind it'`,
      `COMMENT ON COLUMN workflow.escalation.next_move_at IS 'when it must be looked at; null when nothing is owed'`,
      `CREATE INDEX escalation_next_move ON workflow.escalation (next_move_at) WHERE next_move_at IS NOT NULL`,
      `CREATE INDEX escalation_open ON workflow.escalation (escalation_id) WHERE ended_at IS NULL`,
      `CREATE INDEX escalation_case ON workflow.escalation (case_id) WHERE case_id IS NOT NULL`,
      `CREATE INDEX escalation_alert ON workflow.escalation (alert_id) WHERE alert_id IS NOT NULL`,
      `CREATE INDEX escalation_deadline ON workflow.escalation (deadline_id) WHERE deadline_id IS NOT NULL`,
      `CREATE TABLE workflow.escalation_move (
        escalation_id uuid NOT NULL REFERENCES workflow.escalation,
        kind text NOT NULL CHECK (kind IN ('step', 'repeat', 'idle', 'manual')),
        index int NOT NULL,
        scheduled_at timestamptz NOT NULL,
        made_at timestamptz NOT NULL,
        late boolean NOT NULL,
        reason text NOT NULL,
        told uuid[] NOT NULL,
        comment text,
        made_by text,
        PRIMARY KEY (escalation_id, kind, index))`,
      `COMMENT ON TABLE workflow.escalation_move IS 'each move once, whatever processes race'`,
    ];
    for (const statement of statements) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE workflow.escalation_move, workflow.escalation`);
  }
}
