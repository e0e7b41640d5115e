import type { Database } from '../database.js';
import type { RecordRow } from './claims.js';
import { unseen } from '../steady-plan.js';

export interface NewRecord {
  topic: string;
  partition: number;
  key: string;
  value: string;
}

/** An event of an outbox, with the partition it goes to. */
export type OutboxRecord = Omit<NewRecord, 'value'> & { position: string };

/** Where a reader is to go on: the first record at or after an instant, or a position of one partition. */
export type RewindTo = { at: Date } | { position: number; partition: number };

const PLACES = `${unseen('$2::text[]')}, ${unseen('$3::int[]')}, ${unseen('$4::text[]')}`;

/** @param given topic, partition, key, value and place in order of each record */
const appendSql = (given: string): string => `
  WITH given AS MATERIALIZED (
    SELECT * FROM (${given}) AS g(topic, partition, key, value, n)),
  counted AS MATERIALIZED (SELECT topic, partition, count(*) AS many FROM given GROUP BY 1, 2),
  locked AS MATERIALIZED (
    SELECT p.topic, p.partition, p.head, c.many FROM log.partition p JOIN counted c USING (topic, partition)
    ORDER BY p.topic, p.partition FOR UPDATE OF p),
  moved AS (
    UPDATE log.partition p SET head = l.head + l.many FROM locked l WHERE p.topic = l.topic AND p.partition = l.partition),
  placed AS (
    INSERT INTO log.record (topic, partition, position, key, value, at)
    SELECT topic, partition, l.head - 1 + row_number() OVER (PARTITION BY topic, partition ORDER BY g.n), g.key, g.value, $1
    FROM given g LEFT JOIN locked l USING (topic, partition))
  SELECT set_config('synchronous_commit', 'off', true)`;

/** The SQL of the embedded event log; claiming and reading is in claims.ts. */
export class LogTables {
  constructor(private readonly database: Database) {}

  /** Makes the topics that are missing. @throws Error where the log has another number of partitions: keys would change theirs */
  async ensureTopics(partitions: Record<string, number>): Promise<void> {
    const topics = Object.entries(partitions);
    await this.database.transaction(async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('huiying.topics', 0))`);
      const standing = await tx.query<{ topic: string; n: number }>(
        `SELECT topic, count(*)::int AS n FROM log.partition WHERE topic = ANY($1) GROUP BY 1`,
        [topics.map(([topic]) => topic)],
      );
      for (const { topic, n } of standing) {
        if (n !== partitions[topic])
          throw new Error(
            `topic ${topic} has ${n} partitions in the log, ${partitions[topic]} in the code; keys would change their partition`,
          );
      }
      const known = new Set(standing.map(({ topic }) => topic));
      const missing = topics.filter(([topic]) => !known.has(topic));
      await tx.query(
        `INSERT INTO log.partition (topic, partition)
         SELECT t.topic, p FROM unnest($1::text[], $2::int[]) AS t(topic, n), generate_series(0, t.n - 1) AS p`,
        [missing.map(([topic]) => topic), missing.map(([, n]) => n)],
      );
    });
  }

  /**
   * Appends in one statement and one commit. The rows of the partitions are locked in one order, so that producers never wait in a circle,
   * and until commit, so that positions have no gap and a reader never passes a record that commits late.
   * The commit does not wait for the disk. What says that a record is in the log (the outbox's mark, a dead letter's) is written later into
   * the same write-ahead log, and a crash keeps a beginning of that: if the mark survives, so does the record; if the record is lost,
   * the mark is too, and it is sent again. So is whatever a reader made of the record: it committed later still.
   * @throws Error (null position) where a partition does not exist
   */
  async append(records: readonly NewRecord[], at: Date): Promise<void> {
    const value = records.map((r) => r.value);
    await this.place(records, at, `SELECT * FROM unnest(${PLACES}, ${unseen('$5::text[]')}) WITH ORDINALITY`, [value]);
  }

  /** The same for events of an outbox in this database: their values never leave it, which halves what a relay costs. */
  async appendFrom(outbox: string, events: readonly OutboxRecord[], at: Date): Promise<void> {
    const given = `SELECT g.topic, g.partition, g.key, o.payload, g.n
      FROM unnest(${PLACES}, ${unseen('$5::bigint[]')}) WITH ORDINALITY AS g(topic, partition, key, event, n)
      JOIN ${outbox}.outbox o ON o.position = g.event`;
    await this.place(events, at, given, [events.map((e) => e.position)]);
  }

  private async place(records: readonly Omit<NewRecord, 'value'>[], at: Date, given: string, more: unknown[]): Promise<void> {
    if (records.length === 0) return;
    await this.database.prepared(appendSql(given), [
      at,
      records.map((r) => r.topic),
      records.map((r) => r.partition),
      records.map((r) => r.key),
      ...more,
    ]);
    for (const topic of new Set(records.map((r) => r.topic))) this.database.tell('huiying_log', topic);
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

  /** Moves a reader back (or forward), also while it reads: a batch in work ends, but moves the position no more. Returns the partitions moved. */
  async rewind(reader: string, topic: string, to: RewindTo): Promise<number> {
    const moved =
      'at' in to
        ? await this.database.query(
            `UPDATE log.reader_position p SET rewinds = rewinds + 1, next = COALESCE(
               (SELECT min(r.position) FROM log.record r WHERE r.topic = p.topic AND r.partition = p.partition AND r.at >= $3),
               (SELECT h.head FROM log.partition h WHERE h.topic = p.topic AND h.partition = p.partition))
             WHERE p.reader = $1 AND p.topic = $2 RETURNING 1`,
            [reader, topic, to.at],
          )
        : await this.database.query(
            `UPDATE log.reader_position p SET rewinds = rewinds + 1, next = LEAST($3, h.head) FROM log.partition h
             WHERE p.reader = $1 AND p.topic = $2 AND p.partition = $4 AND h.topic = p.topic AND h.partition = p.partition RETURNING 1`,
            [reader, topic, to.position, to.partition],
          );
    this.database.tell('huiying_log', topic);
    return moved.length;
  }

  async positions(reader: string, topics: readonly string[]): Promise<{ topic: string; partition: number; next: number; head: number }[]> {
    const rows = await this.database.query<{ topic: string; partition: number; next: string; head: string }>(
      `SELECT h.topic, h.partition, COALESCE(p.next, 0) AS next, h.head FROM log.partition h
       LEFT JOIN log.reader_position p ON p.reader = $1 AND p.topic = h.topic AND p.partition = h.partition
       WHERE h.topic = ANY($2) ORDER BY 1, 2`,
      [reader, topics],
    );
    return rows.map((row) => ({ ...row, next: Number(row.next), head: Number(row.head) }));
  }

  /** Records of a topic from a point on, a page at a time: those behind `after` in the order of partition and position. */
  async page(topic: string, from: RewindTo, after: { partition: number; position: number }, most: number): Promise<RecordRow[]> {
    const [at, partition, position] = 'at' in from ? [from.at, null, 0] : [null, from.partition, from.position];
    const rows = await this.database.query<Omit<RecordRow, 'position'> & { position: string }>(
      `SELECT topic, partition, position, key, value, at FROM log.record
       WHERE topic = $1 AND (partition, position) > ($2, $3::bigint) AND ($4::timestamptz IS NULL OR at >= $4)
         AND ($5::int IS NULL OR partition = $5) AND position >= $6
       ORDER BY partition, position LIMIT $7`,
      [topic, after.partition, after.position, at, partition, position, most],
    );
    return rows.map((row) => ({ ...row, position: Number(row.position) }));
  }
}
