import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Articles of pages are looked at again for some days, politely: what is edited becomes a new version. Additive: what is known already is taken up at its next sight. */
export class CheckArticlesAgain1795734536439 implements MigrationInterface {
  name = 'CheckArticlesAgain1795734536439';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE TABLE collector.article_check (
      source_id text NOT NULL,
      url text NOT NULL,
      listed text NOT NULL,
      etag text,
      last_modified text,
      checks int NOT NULL,
      checked_at timestamptz NOT NULL,
      next_at timestamptz,
      PRIMARY KEY (source_id, url)) WITH (fillfactor = 80)`);
    await q.query(`COMMENT ON COLUMN collector.article_check.listed IS 'the title in the list when the article was read last'`);
    await q.query(`COMMENT ON COLUMN collector.article_check.next_at IS 'null: no more, unless the list changes what it says of it'`);
    await q.query(`CREATE INDEX article_check_at ON collector.article_check (checked_at)`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE collector.article_check`);
  }
}
