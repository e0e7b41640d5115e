import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A callback that was left out (略过) is listed with who did it and why, so that it can be sent after all. Additive. */
export class TellWhyCallbacksWereSkipped1795735650393 implements MigrationInterface {
  name = 'TellWhyCallbacksWereSkipped1795735650393';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE workflow.callback ADD COLUMN skipped_by text, ADD COLUMN skipped_reason text`);
    await q.query(`CREATE INDEX callback_skipped ON workflow.callback (skipped_at DESC) WHERE skipped_at IS NOT NULL`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX workflow.callback_skipped`);
    await q.query(`ALTER TABLE workflow.callback DROP COLUMN skipped_by, DROP COLUMN skipped_reason`);
  }
}
