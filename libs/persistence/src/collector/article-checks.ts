import type { Queries } from '../database.js';

/** When an article of a page was read last, and when it is looked at again. */
export interface ArticleCheckRow {
  url: string;
  /** The title in the list at that time. */
  listed: string;
  etag: string | null;
  lastModified: string | null;
  /** How often it was looked at again. */
  checks: number;
  checkedAt: Date;
  nextAt: Date | null;
}

/** Forgotten once it has not been looked at for so long: it is taken up anew should it still be listed. */
const KEPT_DAYS = 90;
const FORGOTTEN_AT_ONCE = 200;

/** What is known of articles that pages list, by source. */
export class ArticleChecks {
  constructor(private readonly on: Queries) {}

  async of(sourceId: string, urls: readonly string[]): Promise<Map<string, ArticleCheckRow>> {
    const rows = await this.on.query<ArticleCheckRow>(
      `SELECT url, listed, etag, last_modified AS "lastModified", checks, checked_at AS "checkedAt", next_at AS "nextAt"
       FROM collector.article_check WHERE source_id = $1 AND url = ANY($2::text[])`,
      [sourceId, urls],
    );
    return new Map(rows.map((row) => [row.url, row]));
  }

  /** Keeps them; each url once. */
  async keep(sourceId: string, rows: readonly ArticleCheckRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.on.query(
      `INSERT INTO collector.article_check (source_id, url, listed, etag, last_modified, checks, checked_at, next_at)
       SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::timestamptz[], $8::timestamptz[])
       ON CONFLICT (source_id, url) DO UPDATE SET listed = excluded.listed, etag = excluded.etag, last_modified = excluded.last_modified,
         checks = excluded.checks, checked_at = excluded.checked_at, next_at = excluded.next_at`,
      [
        sourceId,
        rows.map((row) => row.url),
        rows.map((row) => row.listed),
        rows.map((row) => row.etag),
        rows.map((row) => row.lastModified),
        rows.map((row) => row.checks),
        rows.map((row) => row.checkedAt),
        rows.map((row) => row.nextAt),
      ],
    );
    await this.on.query(
      `DELETE FROM collector.article_check WHERE (source_id, url) IN (
         SELECT source_id, url FROM collector.article_check WHERE checked_at < $1::timestamptz - make_interval(days => $2) LIMIT ${FORGOTTEN_AT_ONCE})`,
      [rows[0]!.checkedAt, KEPT_DAYS],
    );
  }
}
