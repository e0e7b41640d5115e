import type { Client } from 'pg';
import type { Database } from '../database.js';
import { unseen } from '../steady-plan.js';

/** An unsent event without its value. */
export interface PendingHead {
  position: string;
  topic: string;
  key: string;
}

export interface PendingEvent extends PendingHead {
  payload: string;
}

/** The right to be the one relay of an outbox. It goes with its connection, so the relay of a killed process is replaced at once. */
export interface RelayRight {
  isLost(): boolean;
  letGo(): Promise<void>;
}

/** The sending side of one service's outbox. One relay at a time holds it; others stand by. */
export class OutboxTable {
  constructor(
    private readonly database: Database,
    readonly schema: string,
  ) {}

  /**
   * The right to relay. While another process has it, it is asked for again and again on one connection rather than waited for:
   * a statement that waits for a lock keeps its snapshot, and with it every dead row of the whole server.
   * @param lost called when the connection that holds the right ends by itself
   * @param standBy waits a while; answers false when nobody wants the right any more
   * @returns null when `standBy` gave up
   */
  async becomeRelay(lost: () => void, standBy: () => Promise<boolean>): Promise<RelayRight | null> {
    const client: Client = await this.database.dedicatedClient();
    let isLost = false;
    const onEnd = (): void => {
      isLost = true;
      lost();
    };
    client.on('end', onEnd);
    const letGo = async (): Promise<void> => {
      client.off('end', onEnd);
      await client.end().catch(() => undefined);
    };
    try {
      do {
        const { rows } = await client.query<{ mine: boolean }>(`SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS mine`, [
          `huiying.relay.${this.schema}`,
        ]);
        if (rows[0]?.mine) return { isLost: () => isLost, letGo };
      } while (await standBy());
    } catch (error) {
      await letGo();
      throw error;
    }
    await letGo();
    return null;
  }

  /**
   * The oldest unsent events. Rows that commit late have low positions and are found all the same: what is sent is taken away, not passed by.
   * @param besides positions that are being sent just now
   */
  pending(most: number, besides: readonly string[] = []): Promise<PendingEvent[]> {
    return this.unsent<PendingEvent>('position, topic, key, payload', most, besides);
  }

  /** As `pending`, for a log that takes the values from this table itself. */
  pendingHeads(most: number, besides: readonly string[] = []): Promise<PendingHead[]> {
    return this.unsent<PendingHead>('position, topic, key', most, besides);
  }

  private unsent<T extends object>(columns: string, most: number, besides: readonly string[]): Promise<T[]> {
    return this.database.prepared<T>(
      `SELECT ${columns} FROM ${this.schema}.outbox
       WHERE position = ANY(ARRAY(
         SELECT position FROM ${this.schema}.outbox_unsent WHERE position <> ALL(${unseen('$2::bigint[]')}::bigint[])
         ORDER BY position LIMIT ${unseen('$1::int')})) ORDER BY position`,
      [most, besides],
    );
  }

  /** Does not wait for the disk: a mark that a crash takes back sends again, which the inbox expects. */
  async markSent(positions: readonly string[]): Promise<void> {
    await this.database.prepared(
      `WITH sent AS (DELETE FROM ${this.schema}.outbox_unsent WHERE position = ANY(${unseen('$1::bigint[]')}::bigint[]))
       SELECT set_config('synchronous_commit', 'off', true)`,
      [positions],
    );
  }
}
