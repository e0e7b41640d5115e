import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 对账 with other systems, day by day. */
export class CreateReconciliations1795723482979 implements MigrationInterface {
  name = 'CreateReconciliations1795723482979';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE TABLE workflow.reconciliation (
      client text NOT NULL,
      day date NOT NULL,
      at timestamptz NOT NULL,
      their_count int NOT NULL,
      our_count int NOT NULL,
      differences jsonb NOT NULL,
      gaps jsonb NOT NULL,
      repaired_at timestamptz,
      repaired_by text,
      PRIMARY KEY (client, day))`);
    await q.query(`CREATE INDEX reconciliation_newest ON workflow.reconciliation (day DESC, client)`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE workflow.reconciliation`);
  }
}
