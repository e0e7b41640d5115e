import type { Database, Queries } from '../database.js';

export interface RecordRow {
  topic: string;
  partition: number;
  position: number;
  key: string;
  value: string;
  at: Date;
}

export interface NewRecord {
  topic: string;
  partition: number;
  key: string;
  value: string;
}

/** A claimed stretch of one partition. While `work` runs nobody else of this reader has the partition. */
export interface Claim {
  topic: string;
  partition: number;
  records: RecordRow[];
}

/** The SQL of the embedded event log. */
export class LogTables {
  constructor(private readonly database: Database) {}

  async ensureTopics(partitions: Record<string, number>): Promise<void> {
    const topics = Object.entries(partitions);
    await this.database.query(
      `INSERT INTO log.partition (topic, partition)
       SELECT t.topic, p FROM unnest($1::text[], $2::int[]) AS t(topic, n), generate_series(0, t.n - 1) AS p
       ON CONFLICT DO NOTHING`,
      [topics.map(([topic]) => topic), topics.map(([, n]) => n)],
    );
  }

  /** Appends in one commit. Partitions are locked in one order, so that producers never wait in a circle. */
  async append(records: readonly NewRecord[], at: Date): Promise<void> {
    if (records.length === 0) return;
    await this.database.transaction((tx) => appendRecords(tx, records, at));
  }

  /** Makes sure that a reader has a position row in every partition of its topics; new ones start at the beginning. */
  async ensureReader(reader: string, topics: readonly string[]): Promise<void> {
    await this.database.query(
      `INSERT INTO log.reader_position (reader, topic, partition)
       SELECT $1, topic, partition FROM log.partition WHERE topic = ANY($2)
       ON CONFLICT DO NOTHING`,
      [reader, topics],
    );
  }

  /**
   * Claims one partition that has something new, hands its records to `work`, and moves the position when `work` returns.
   * A throw leaves the position. Returns false when nothing is to be had.
   */
  claim(reader: string, topics: readonly string[], most: number, work: (claim: Claim) => Promise<void>): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [free] = await tx.query<{ topic: string; partition: number; next: string }>(
        `SELECT p.topic, p.partition, p.next FROM log.reader_position p
         JOIN log.partition h ON h.topic = p.topic AND h.partition = p.partition
         WHERE p.reader = $1 AND p.topic = ANY($2) AND p.next < h.head
         ORDER BY h.head - p.next DESC
         LIMIT 1 FOR UPDATE OF p SKIP LOCKED`,
        [reader, topics],
      );
      if (!free) return false;
      const rows = await tx.query<Omit<RecordRow, 'position'> & { position: string }>(
        `SELECT topic, partition, position, key, value, at FROM log.record
         WHERE topic = $1 AND partition = $2 AND position >= $3 ORDER BY position LIMIT $4`,
        [free.topic, free.partition, free.next, most],
      );
      const records = rows.map((row) => ({ ...row, position: Number(row.position) }));
      if (records.length > 0) await work({ topic: free.topic, partition: free.partition, records });
      const next = records.length > 0 ? records[records.length - 1]!.position + 1 : await this.headOf(tx, free.topic, free.partition);
      await tx.query(`UPDATE log.reader_position SET next = $4 WHERE reader = $1 AND topic = $2 AND partition = $3`, [
        reader,
        free.topic,
        free.partition,
        next,
      ]);
      return true;
    });
  }

  /** Moves a reader back (or forward). Waits for a batch in work to end. Returns the partitions moved. */
  async rewind(reader: string, topic: string, to: { at: Date } | { position: number; partition: number }): Promise<number> {
    const moved =
      'at' in to
        ? await this.database.query(
            `UPDATE log.reader_position p SET next = COALESCE(
               (SELECT min(r.position) FROM log.record r WHERE r.topic = p.topic AND r.partition = p.partition AND r.at >= $3),
               (SELECT h.head FROM log.partition h WHERE h.topic = p.topic AND h.partition = p.partition))
             WHERE p.reader = $1 AND p.topic = $2 RETURNING 1`,
            [reader, topic, to.at],
          )
        : await this.database.query(
            `UPDATE log.reader_position SET next = $3 WHERE reader = $1 AND topic = $2 AND partition = $4 RETURNING 1`,
            [reader, topic, to.position, to.partition],
          );
    return moved.length;
  }

  async partitionCount(topic: string): Promise<number> {
    const [row] = await this.database.query<{ n: number }>(`SELECT count(*)::int AS n FROM log.partition WHERE topic = $1`, [topic]);
    return row!.n;
  }

  async positions(reader: string, topics: readonly string[]): Promise<{ topic: string; partition: number; next: number; head: number }[]> {
    const rows = await this.database.query<{ topic: string; partition: number; next: string; head: string }>(
      `SELECT p.topic, p.partition, p.next, h.head FROM log.reader_position p
       JOIN log.partition h ON h.topic = p.topic AND h.partition = p.partition
       WHERE p.reader = $1 AND p.topic = ANY($2) ORDER BY 1, 2`,
      [reader, topics],
    );
    return rows.map((row) => ({ ...row, next: Number(row.next), head: Number(row.head) }));
  }

  private async headOf(tx: Queries, topic: string, partition: number): Promise<number> {
    const [row] = await tx.query<{ head: string }>(`SELECT head FROM log.partition WHERE topic = $1 AND partition = $2`, [topic, partition]);
    return Number(row?.head ?? 0);
  }
}

/** The log's records within a transaction of the caller's. */
export async function appendRecords(tx: Queries, records: readonly NewRecord[], at: Date): Promise<void> {
  const groups = new Map<string, NewRecord[]>();
  for (const record of records) {
    const name = `${record.topic}\u0000${String(record.partition).padStart(6, '0')}`;
    const group = groups.get(name);
    if (group) group.push(record);
    else groups.set(name, [record]);
  }
  const ordered = [...groups.keys()].sort().map((name) => groups.get(name)!);
  const positioned: { record: NewRecord; position: number }[] = [];
  for (const group of ordered) {
    const { topic, partition } = group[0]!;
    const [row] = await tx.query<{ head: string }>(
      `UPDATE log.partition SET head = head + $3 WHERE topic = $1 AND partition = $2 RETURNING head`,
      [topic, partition, group.length],
    );
    if (!row) throw new Error(`topic ${topic} has no partition ${partition}; ensureTopics was not called for it`);
    const first = Number(row.head) - group.length;
    group.forEach((record, index) => positioned.push({ record, position: first + index }));
  }
  await tx.query(
    `INSERT INTO log.record (topic, partition, position, key, value, at)
     SELECT *, $6::timestamptz FROM unnest($1::text[], $2::int[], $3::bigint[], $4::text[], $5::text[])`,
    [
      positioned.map((p) => p.record.topic),
      positioned.map((p) => p.record.partition),
      positioned.map((p) => p.position),
      positioned.map((p) => p.record.key),
      positioned.map((p) => p.record.value),
      at,
    ],
  );
  await tx.query(`SELECT pg_notify('huiying_log', topic) FROM unnest($1::text[]) AS topic`, [[...new Set(records.map((r) => r.topic))]]);
}
