import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What staff do with the hotline's data at the console: mappings they chose for files, and callers they opened. */
export class AddHotlineDesk1795711050180 implements MigrationInterface {
  name = 'AddHotlineDesk1795711050180';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE TABLE collector.hotline_mapping (
      columns_hash text PRIMARY KEY,
      mapping jsonb NOT NULL,
      used_at timestamptz NOT NULL,
      used_by text NOT NULL)`);
    await q.query(
      `COMMENT ON COLUMN collector.hotline_mapping.columns_hash IS 'of the column names, sorted: exports of one system have the same'`,
    );
    await q.query(`CREATE TABLE collector.caller_opened (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      at timestamptz NOT NULL,
      order_no text NOT NULL,
      version int NOT NULL,
      person_id text NOT NULL,
      who text NOT NULL,
      origin text NOT NULL,
      reason text NOT NULL)`);
    await q.query(`COMMENT ON TABLE collector.caller_opened IS 'written before the caller is shown; only grows'`);
    await q.query(`CREATE FUNCTION collector.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'who opened a caller only grows'; END $$`);
    await q.query(`CREATE TRIGGER caller_opened_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON collector.caller_opened
      FOR EACH STATEMENT EXECUTE FUNCTION collector.refuse_change()`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE collector.caller_opened`);
    await q.query(`DROP FUNCTION collector.refuse_change()`);
    await q.query(`DROP TABLE collector.hotline_mapping`);
  }
}
