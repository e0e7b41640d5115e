import type { NumberGap, OrderDifference } from '@huiying/domain';
import type { Queries } from '../database.js';

/** One day's comparison with one system (对账). */
export interface ReconciliationRow {
  client: string;
  /** YYYY-MM-DD. */
  day: string;
  at: Date;
  theirCount: number;
  ourCount: number;
  differences: OrderDifference[];
  gaps: NumberGap[];
  repairedAt: Date | null;
  repairedBy: string | null;
}

const COLUMNS = `client, day::text AS day, at, their_count AS "theirCount", our_count AS "ourCount", differences, gaps,
  repaired_at AS "repairedAt", repaired_by AS "repairedBy"`;

export class Reconciliations {
  constructor(private readonly on: Queries) {}

  /** The newest comparison of a day stands. */
  async put(row: Omit<ReconciliationRow, 'repairedAt' | 'repairedBy'>): Promise<void> {
    await this.on.query(
      `INSERT INTO workflow.reconciliation (client, day, at, their_count, our_count, differences, gaps) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (client, day) DO UPDATE SET at = $3, their_count = $4, our_count = $5, differences = $6, gaps = $7, repaired_at = NULL, repaired_by = NULL`,
      [row.client, row.day, row.at, row.theirCount, row.ourCount, JSON.stringify(row.differences), JSON.stringify(row.gaps)],
    );
  }

  newest(most: number): Promise<ReconciliationRow[]> {
    return this.on.query<ReconciliationRow>(`SELECT ${COLUMNS} FROM workflow.reconciliation ORDER BY day DESC, client LIMIT $1`, [most]);
  }

  async find(client: string, day: string): Promise<ReconciliationRow | null> {
    const [row] = await this.on.query<ReconciliationRow>(`SELECT ${COLUMNS} FROM workflow.reconciliation WHERE client = $1 AND day = $2`, [
      client,
      day,
    ]);
    return row ?? null;
  }

  /** Days of a client that were compared, the newest first. */
  async daysOf(client: string, most: number): Promise<Set<string>> {
    const rows = await this.on.query<{ day: string }>(
      `SELECT day::text AS day FROM workflow.reconciliation WHERE client = $1 ORDER BY day DESC LIMIT $2`,
      [client, most],
    );
    return new Set(rows.map(({ day }) => day));
  }

  async repaired(client: string, day: string, at: Date, by: string): Promise<void> {
    await this.on.query(`UPDATE workflow.reconciliation SET repaired_at = $3, repaired_by = $4 WHERE client = $1 AND day = $2`, [
      client,
      day,
      at,
      by,
    ]);
  }
}
