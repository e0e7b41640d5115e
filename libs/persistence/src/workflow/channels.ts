import type { Queries } from '../database.js';

/** What every process must know of a channel. */
export interface ChannelRow {
  channel: string;
  /** Messages it may send, as of `tokensAt`; null where it never sent. */
  tokens: number | null;
  tokensAt: Date | null;
  /** The other end asked us to wait. */
  pausedUntil: Date | null;
  /** Since when nothing goes through it, because our own credential or its settings are not in order. */
  brokenSince: Date | null;
  brokenReason: string | null;
  /** When a broken channel is tried again. */
  probeAt: Date | null;
  acceptedAt: Date | null;
  failedAt: Date | null;
  failure: string | null;
}

export type ChannelChange = Partial<Omit<ChannelRow, 'channel'>>;

const COLUMNS = `channel, tokens, tokens_at AS "tokensAt", paused_until AS "pausedUntil", broken_since AS "brokenSince",
  broken_reason AS "brokenReason", probe_at AS "probeAt", accepted_at AS "acceptedAt", failed_at AS "failedAt", failure`;
const CHANGEABLE: Record<keyof ChannelChange, string> = {
  tokens: 'tokens',
  tokensAt: 'tokens_at',
  pausedUntil: 'paused_until',
  brokenSince: 'broken_since',
  brokenReason: 'broken_reason',
  probeAt: 'probe_at',
  acceptedAt: 'accepted_at',
  failedAt: 'failed_at',
  failure: 'failure',
};

export class Channels {
  constructor(private readonly on: Queries) {}

  async know(channels: readonly string[]): Promise<void> {
    await this.on.query(`INSERT INTO workflow.channel (channel) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING`, [channels]);
  }

  all(): Promise<ChannelRow[]> {
    return this.on.query<ChannelRow>(`SELECT ${COLUMNS} FROM workflow.channel ORDER BY channel`);
  }

  /** The channel, locked until the transaction ends; null where another process has it in hand. */
  async take(channel: string): Promise<ChannelRow | null> {
    const [row] = await this.on.query<ChannelRow>(`SELECT ${COLUMNS} FROM workflow.channel WHERE channel = $1 FOR UPDATE SKIP LOCKED`, [
      channel,
    ]);
    return row ?? null;
  }

  /** As take, but waits. */
  async lock(channel: string): Promise<ChannelRow | null> {
    const [row] = await this.on.query<ChannelRow>(`SELECT ${COLUMNS} FROM workflow.channel WHERE channel = $1 FOR UPDATE`, [channel]);
    return row ?? null;
  }

  async change(channel: string, change: ChannelChange): Promise<void> {
    const keys = Object.keys(change) as (keyof ChannelChange)[];
    const set = keys.map((key, i) => `${CHANGEABLE[key]} = $${i + 2}`).join(', ');
    await this.on.query(`UPDATE workflow.channel SET ${set} WHERE channel = $1`, [channel, ...keys.map((key) => change[key])]);
  }
}
