import type { Client } from 'pg';
import type { Database } from '../database.js';

export interface PendingEvent {
  position: string;
  topic: string;
  key: string;
  payload: string;
}

/** The sending side of one service's outbox. One relay at a time holds it; others stand by. */
export class OutboxTable {
  constructor(
    private readonly database: Database,
    readonly schema: string,
  ) {}

  /**
   * Waits to be the one relay of this outbox and returns the way to let go. The lock goes with the connection,
   * so the relay of a killed process is replaced at once.
   */
  async becomeRelay(lost: () => void): Promise<() => Promise<void>> {
    const client: Client = await this.database.dedicatedClient();
    client.on('end', lost);
    await client.query(`SELECT pg_advisory_lock(hashtext($1))`, [`huiying.relay.${this.schema}`]);
    return async () => {
      client.off('end', lost);
      await client.end().catch(() => undefined);
    };
  }

  /** The oldest unsent events. Rows that commit late have low positions and are found all the same: sent is a mark, not a position. */
  pending(most: number): Promise<PendingEvent[]> {
    return this.database.query<PendingEvent>(
      `SELECT position, topic, key, payload FROM ${this.schema}.outbox WHERE published_at IS NULL ORDER BY position LIMIT $1`,
      [most],
    );
  }

  async markPublished(positions: readonly string[], at: Date): Promise<void> {
    await this.database.query(`UPDATE ${this.schema}.outbox SET published_at = $2 WHERE position = ANY($1::bigint[])`, [positions, at]);
  }
}
