import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The door for machines: what several processes must know together so that a signed request is taken once. Of no service, because every
 * service has the door.
 */
export class CreateGate1795708938847 implements MigrationInterface {
  name = 'CreateGate1795708938847';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE SCHEMA gate`);
    await q.query(`CREATE TABLE gate.nonce (
      client text NOT NULL,
      nonce text NOT NULL,
      expires_at timestamptz NOT NULL,
      PRIMARY KEY (client, nonce))`);
    await q.query(`CREATE INDEX nonce_expiry ON gate.nonce (expires_at)`);
    await q.query(`COMMENT ON TABLE gate.nonce IS 'kept as long as the request''s time would be taken; later the time itself refuses it'`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP SCHEMA gate CASCADE`);
  }
}
