import { FORGOTTEN, forgetTexts } from '../classifier/forget-texts.js';
import type { Database } from '../database.js';
import { serviceSchemas } from '../log/service-schemas.js';
import { mendIndexes } from './mend-indexes.js';

/** 网络安全法 第二十三条 (as of 2026): logs are kept for six months or longer, which is up to 184 days. */
export const RETENTION_DAYS = 184;
const DAY_MS = 86_400_000;
/** Rows per statement, so that nobody waits long for a lock. */
const CHUNK = 5_000;

export interface Pruned {
  outbox: number;
  inbox: number;
  records: number;
  letters: number;
  /** By what texts of stories are found. */
  texts: number;
}

/**
 * Takes away what nobody needs any more: events that were sent, claims, records of the log and dead letters that were sent again,
 * all older than so many days; and by what texts are found that are too old to be joined. What is unsent, what a reader has yet to read, and letters that wait are kept however old they are.
 * A reader that was given up still holds its records: delete its rows of log.reader_position.
 */
export class Retention {
  constructor(
    private readonly database: Database,
    readonly days: number = RETENTION_DAYS,
  ) {
    if (!Number.isInteger(days) || days < 1) throw new Error(`retention must be a whole number of days from 1; got ${days}`);
  }

  async prune(now: Date): Promise<Pruned> {
    const before = new Date(now.getTime() - this.days * DAY_MS);
    const pruned: Pruned = { outbox: 0, inbox: 0, records: await this.pruneRecords(before), letters: 0, texts: 0 };
    for (const schema of await serviceSchemas(this.database)) {
      pruned.outbox += await this.inChunks(
        `DELETE FROM ${schema}.outbox WHERE position IN (
           SELECT o.position FROM ${schema}.outbox o WHERE o.occurred_at < $1
           AND NOT EXISTS (SELECT FROM ${schema}.outbox_unsent u WHERE u.position = o.position) ORDER BY o.position LIMIT ${CHUNK}) RETURNING 1`,
        [before],
      );
      // Stamped by the server's clock, so measured by it: a drill's clock may run ahead of it.
      pruned.inbox += await this.inChunks(
        `DELETE FROM ${schema}.inbox WHERE ctid = ANY(ARRAY(
           SELECT ctid FROM ${schema}.inbox WHERE claimed_at < LEAST($1, now() - make_interval(days => $2)) LIMIT ${CHUNK})) RETURNING 1`,
        [before, this.days],
      );
    }
    pruned.letters = await this.inChunks(
      `DELETE FROM log.dead_letter WHERE id IN (SELECT id FROM log.dead_letter WHERE at < $1 AND resent_at < $1 ORDER BY id LIMIT ${CHUNK}) RETURNING 1`,
      [before],
    );
    pruned.texts = await forgetTexts(this.database, now);
    return pruned;
  }

  /** Builds the indexes of texts anew that pruning left mostly empty. Returns a word about each. */
  async mend(): Promise<string[]> {
    const there = await this.database.query(`SELECT 1 WHERE to_regclass('classifier.text_key') IS NOT NULL`);
    if (there.length === 0) return [];
    const mended = await mendIndexes(
      this.database,
      FORGOTTEN.map(({ table }) => `classifier.${table}`),
    );
    const mb = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MB`;
    return mended.map(({ name, before, after }) => `index ${name} built anew: ${mb(before)} became ${mb(after)}`);
  }

  private async pruneRecords(before: Date): Promise<number> {
    const partitions = await this.database.query<{ topic: string; partition: number; limit: string }>(
      `SELECT h.topic, h.partition, LEAST(
         (SELECT min(p.next) FROM log.reader_position p WHERE p.topic = h.topic AND p.partition = h.partition),
         COALESCE((SELECT r.position FROM log.record r WHERE r.topic = h.topic AND r.partition = h.partition AND r.at >= $1 ORDER BY r.position LIMIT 1), h.head)
       ) AS limit FROM log.partition h WHERE EXISTS (SELECT FROM log.record r WHERE r.topic = h.topic AND r.partition = h.partition)`,
      [before],
    );
    let records = 0;
    for (const { topic, partition, limit } of partitions) {
      records += await this.inChunks(
        `DELETE FROM log.record WHERE topic = $1 AND partition = $2 AND position IN (
           SELECT position FROM log.record WHERE topic = $1 AND partition = $2 AND position < $3 ORDER BY position LIMIT ${CHUNK}) RETURNING 1`,
        [topic, partition, limit],
      );
    }
    return records;
  }

  private async inChunks(sql: string, parameters: unknown[]): Promise<number> {
    for (let gone = 0; ;) {
      const { length } = await this.database.query(sql, parameters);
      gone += length;
      if (length < CHUNK) return gone;
    }
  }
}
