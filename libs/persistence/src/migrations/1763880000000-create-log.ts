import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The embedded event log. A partition's row hands out offsets under its lock, which is held until commit:
 * offsets are gap-free in commit order, so a reader never skips a row that committed late.
 * What a reader works on is a session lock (claims.ts), not a row: a dead process lets go at once, and no transaction stays open.
 */
export class CreateLog1763880000000 implements MigrationInterface {
  name = 'CreateLog1763880000000';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE SCHEMA log`);
    await q.query(`CREATE TABLE log.partition (
      topic text NOT NULL,
      partition int NOT NULL,
      head bigint NOT NULL DEFAULT 0,
      PRIMARY KEY (topic, partition)) WITH (fillfactor = 50)`);
    await q.query(`COMMENT ON COLUMN log.partition.head IS 'position the next record will get'`);
    await q.query(`CREATE TABLE log.record (
      topic text NOT NULL,
      partition int NOT NULL,
      position bigint NOT NULL,
      key text NOT NULL,
      value text NOT NULL,
      at timestamptz NOT NULL,
      PRIMARY KEY (topic, partition, position))`);
    await q.query(`CREATE INDEX record_at ON log.record USING brin (at)`);
    await q.query(`CREATE TABLE log.reader_position (
      reader text NOT NULL,
      topic text NOT NULL,
      partition int NOT NULL,
      next bigint NOT NULL DEFAULT 0,
      rewinds int NOT NULL DEFAULT 0,
      PRIMARY KEY (reader, topic, partition)) WITH (fillfactor = 50)`);
    await q.query(`COMMENT ON COLUMN log.reader_position.rewinds IS 'a rewind while a batch is handled wins over moving on'`);
    await q.query(`CREATE TABLE log.dead_letter (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      reader text NOT NULL,
      topic text NOT NULL,
      partition int NOT NULL,
      position bigint NOT NULL,
      key text NOT NULL,
      value text NOT NULL,
      reason text NOT NULL,
      attempts int NOT NULL,
      at timestamptz NOT NULL,
      resent_at timestamptz,
      UNIQUE (reader, topic, partition, position))`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP SCHEMA log CASCADE`);
  }
}
