import type { Queries } from '../database.js';

/** Somebody who may see a caller, and why. */
export interface CallerOpened {
  at: Date;
  orderNo: string;
  version: number;
  personId: string;
  who: string;
  origin: string;
  reason: string;
}

/** What staff do with the hotline's data at the console. */
export class HotlineDesk {
  constructor(private readonly on: Queries) {}

  /** The mapping last used for a file with these columns. */
  async mapping(columnsHash: string): Promise<Record<string, string | null> | null> {
    const [row] = await this.on.query<{ mapping: Record<string, string | null> }>(
      `SELECT mapping FROM collector.hotline_mapping WHERE columns_hash = $1`,
      [columnsHash],
    );
    return row?.mapping ?? null;
  }

  async remember(columnsHash: string, mapping: Record<string, string | null>, at: Date, by: string): Promise<void> {
    await this.on.query(
      `INSERT INTO collector.hotline_mapping (columns_hash, mapping, used_at, used_by) VALUES ($1, $2, $3, $4)
       ON CONFLICT (columns_hash) DO UPDATE SET mapping = excluded.mapping, used_at = excluded.used_at, used_by = excluded.used_by`,
      [columnsHash, JSON.stringify(mapping), at, by],
    );
  }

  /** The newest version of an order as it was sealed. */
  async newest(orderNo: string): Promise<{ version: number; sealed: Buffer } | null> {
    const [row] = await this.on.query<{ version: number; sealed: Buffer }>(
      `SELECT version, sealed FROM collector.hotline_record WHERE order_no = $1 ORDER BY version DESC LIMIT 1`,
      [orderNo],
    );
    return row ?? null;
  }

  async opened(entry: CallerOpened): Promise<void> {
    await this.on.query(
      `INSERT INTO collector.caller_opened (at, order_no, version, person_id, who, origin, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [entry.at, entry.orderNo, entry.version, entry.personId, entry.who, entry.origin, entry.reason],
    );
  }
}
