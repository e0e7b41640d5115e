import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Keys of other systems that an administrator makes on the console, beside those of the environment. In the schema of the door, because every
 * service has it: of a key there is a digest, of its signing secret what HUIYING_SECRET_KEY opens.
 */
export class KeepApiKeys1795746922577 implements MigrationInterface {
  name = 'KeepApiKeys1795746922577';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE TABLE gate.api_system (
      name text PRIMARY KEY,
      title text NOT NULL,
      scopes text[] NOT NULL,
      requests_per_minute int NOT NULL,
      must_sign boolean NOT NULL)`);
    await q.query(`CREATE TABLE gate.api_key (
      key_id uuid PRIMARY KEY,
      system text NOT NULL,
      prefix text NOT NULL,
      digest bytea NOT NULL UNIQUE,
      sealed_secret bytea NOT NULL,
      last_day date,
      made_at timestamptz NOT NULL,
      made_by text NOT NULL,
      ended_at timestamptz,
      ended_by text,
      end_reason text)`);
    await q.query(`CREATE INDEX api_key_system ON gate.api_key (system)`);
    await q.query(`COMMENT ON COLUMN gate.api_key.digest IS 'SHA-256 of the key, which is random and long'`);
    await q.query(`COMMENT ON COLUMN gate.api_key.last_day IS 'taken through that day in China; null = does not end by itself'`);
    await q.query(`CREATE TABLE gate.api_key_use (
      fingerprint text PRIMARY KEY,
      used_at timestamptz NOT NULL)`);
    await q.query(
      `COMMENT ON TABLE gate.api_key_use IS 'when a key was last used, to the minute, of whatever origin; by the first half of its digest'`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE gate.api_key_use, gate.api_key, gate.api_system`);
  }
}
