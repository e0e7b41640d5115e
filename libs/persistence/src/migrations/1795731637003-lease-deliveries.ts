import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is being sent is kept from others by the database's own clock: the Clock of a drill runs a thousand times as fast as mail goes. */
export class LeaseDeliveries1795731637003 implements MigrationInterface {
  name = 'LeaseDeliveries1795731637003';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE workflow.delivery ADD COLUMN lease_until timestamptz`);
    await q.query(
      `COMMENT ON COLUMN workflow.delivery.lease_until IS 'a process has it in hand until then, by the database''s clock; null = nobody has'`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE workflow.delivery DROP COLUMN lease_until`);
  }
}
