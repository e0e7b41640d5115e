import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Secrets of channels (渠道密钥) that an administrator set on the console; they go before those of the environment. */
export class KeepChannelSecrets1795748724174 implements MigrationInterface {
  name = 'KeepChannelSecrets1795748724174';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE TABLE workflow.channel_secret (
      channel text NOT NULL,
      name text NOT NULL,
      sealed bytea NOT NULL,
      expires_on date,
      set_at timestamptz NOT NULL,
      set_by text NOT NULL,
      PRIMARY KEY (channel, name))`);
    await q.query(`COMMENT ON COLUMN workflow.channel_secret.sealed IS 'opens with HUIYING_SECRET_KEY, for its channel and name alone'`);
    await q.query(`COMMENT ON COLUMN workflow.channel_secret.expires_on IS 'last day in China, as the vendor said; null = not known'`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE workflow.channel_secret`);
  }
}
