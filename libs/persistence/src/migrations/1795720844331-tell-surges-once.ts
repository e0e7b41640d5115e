import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A story that surges (突增) is told of, and then not again for a week; what is grave does not vanish in another story. Additive. */
export class TellSurgesOnce1795720844331 implements MigrationInterface {
  name = 'TellSurgesOnce1795720844331';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE workflow.story ADD COLUMN surge_told_at timestamptz`);
    await q.query(`ALTER TABLE classifier.story_matter ADD COLUMN graves int NOT NULL DEFAULT 0`);
    await q.query(`COMMENT ON COLUMN classifier.story_matter.graves IS 'how many of its opinions were judged I to III'`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE classifier.story_matter DROP COLUMN graves`);
    await q.query(`ALTER TABLE workflow.story DROP COLUMN surge_told_at`);
  }
}
