import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a source says in its texts time after time is remembered, so that two issues of a series are not taken for one matter. Additive. */
export class RememberSourceHabits1795732296323 implements MigrationInterface {
  name = 'RememberSourceHabits1795732296323';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE TABLE classifier.source_habit (source_id text PRIMARY KEY, recent bytea NOT NULL) WITH (fillfactor = 70)`);
    await q.query(`ALTER TABLE classifier.source_habit ALTER recent SET STORAGE EXTERNAL`);
    await q.query(
      `COMMENT ON COLUMN classifier.source_habit.recent IS 'hashes of its last 12 texts: libs/text/src/matter/source-habits.ts'`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE classifier.source_habit`);
  }
}
