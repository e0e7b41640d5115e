import type { Queries } from '../database.js';

/** A version of a 12345 work order, ready to be kept. */
export interface OrderVersion {
  orderNo: string;
  opinionId: string;
  version: number;
  /** Keyed digest of the record's content. */
  contentMac: Buffer;
  /** SHA-256 (hex) of what is sealed. */
  sha256: string;
  /** The record as it came, encrypted. */
  sealed: Buffer;
}

export interface StoredOrder {
  orderNo: string;
  /** Given with the first version and never changed, whatever the source is called later. */
  opinionId: string;
  version: number;
  contentMac: Buffer;
}

/** The 12345 work orders: the newest version of each, and every version as it came. */
export class HotlineOrders {
  constructor(private readonly on: Queries) {}

  /** Where these orders stand; a hint before the work, and the truth after `accept` in the same transaction. */
  stored(orderNos: readonly string[]): Promise<StoredOrder[]> {
    return this.on.query<StoredOrder>(
      `SELECT order_no AS "orderNo", opinion_id AS "opinionId", version, content_mac AS "contentMac" FROM collector.hotline_order WHERE order_no = ANY ($1::text[])`,
      [orderNos],
    );
  }

  /**
   * Takes the versions that are newer than what is known, and gives opinion and revision of each one taken. Order numbers must be distinct
   * within the call. Two processes that get the same order agree on one of them.
   */
  async accept(versions: readonly OrderVersion[], at: Date): Promise<Map<string, { opinionId: string; revision: number }>> {
    const rows = await this.on.query<{ orderNo: string; opinionId: string; revision: number }>(
      `WITH came AS (
         SELECT * FROM unnest($1::text[], $2::uuid[], $3::int[], $4::bytea[], $5::text[], $6::bytea[])
           AS c (order_no, opinion_id, version, mac, sha256, sealed) ORDER BY order_no),
       taken AS (
         INSERT INTO collector.hotline_order AS o (order_no, opinion_id, version, revision, content_mac, captured_at)
         SELECT order_no, opinion_id, version, 1, mac, $7 FROM came
         ON CONFLICT (order_no) DO UPDATE
           SET version = excluded.version, revision = o.revision + 1, content_mac = excluded.content_mac, captured_at = excluded.captured_at
           WHERE o.version < excluded.version
         RETURNING order_no, opinion_id, version, revision),
       kept AS (
         INSERT INTO collector.hotline_record (order_no, version, captured_at, sha256, sealed)
         SELECT c.order_no, c.version, $7, c.sha256, c.sealed FROM came c JOIN taken USING (order_no))
       SELECT order_no AS "orderNo", opinion_id AS "opinionId", revision FROM taken`,
      [
        versions.map((v) => v.orderNo),
        versions.map((v) => v.opinionId),
        versions.map((v) => v.version),
        versions.map((v) => v.contentMac),
        versions.map((v) => v.sha256),
        versions.map((v) => v.sealed),
        at,
      ],
    );
    return new Map(rows.map(({ orderNo, opinionId, revision }) => [orderNo, { opinionId, revision }]));
  }

  async sealedRecord(orderNo: string, version: number): Promise<{ sha256: string; sealed: Buffer } | null> {
    const [row] = await this.on.query<{ sha256: string; sealed: Buffer }>(
      `SELECT sha256, sealed FROM collector.hotline_record WHERE order_no = $1 AND version = $2`,
      [orderNo, version],
    );
    return row ?? null;
  }
}
