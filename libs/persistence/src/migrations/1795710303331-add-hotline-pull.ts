import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far each interface of a hotline was read. Its health stands in collector.source, like that of every source. */
export class AddHotlinePull1795710303331 implements MigrationInterface {
  name = 'AddHotlinePull1795710303331';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE TABLE collector.hotline_pull (
      source_id text PRIMARY KEY,
      cursor text,
      through timestamptz,
      window_to timestamptz,
      page int NOT NULL)`);
    await q.query(
      `COMMENT ON COLUMN collector.hotline_pull.window_to IS 'end of the window being read; kept so that its pages are the same after a restart'`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE collector.hotline_pull`);
  }
}
