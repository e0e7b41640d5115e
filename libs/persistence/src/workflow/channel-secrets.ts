import type { Queries } from '../database.js';

/** A secret of a channel that was set on the console. */
export interface ChannelSecretRow {
  channel: string;
  name: string;
  sealed: Buffer;
  /** YYYY-MM-DD, China. */
  expiresOn: string | null;
  setAt: Date;
  setBy: string;
}

export class ChannelSecrets {
  constructor(private readonly on: Queries) {}

  all(): Promise<ChannelSecretRow[]> {
    return this.on.query<ChannelSecretRow>(
      `SELECT channel, name, sealed, to_char(expires_on, 'YYYY-MM-DD') AS "expiresOn", set_at AS "setAt", set_by AS "setBy"
       FROM workflow.channel_secret ORDER BY channel, name`,
    );
  }

  async set({ channel, name, sealed, expiresOn, setAt, setBy }: ChannelSecretRow): Promise<void> {
    await this.on.query(
      `INSERT INTO workflow.channel_secret (channel, name, sealed, expires_on, set_at, set_by) VALUES ($1, $2, $3, $4::date, $5, $6)
       ON CONFLICT (channel, name) DO UPDATE SET sealed = $3, expires_on = $4::date, set_at = $5, set_by = $6`,
      [channel, name, sealed, expiresOn, setAt, setBy],
    );
  }

  /** Takes back all of a channel. Returns the names of those that were there. */
  async remove(channel: string): Promise<string[]> {
    const rows = await this.on.query<{ name: string }>(`DELETE FROM workflow.channel_secret WHERE channel = $1 RETURNING name`, [channel]);
    return rows.map(({ name }) => name);
  }
}
