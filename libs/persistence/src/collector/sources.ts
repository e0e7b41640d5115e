import type { Queries } from '../database.js';

/** A source as the configuration has it. */
export interface SourceEntry {
  id: string;
  name: string;
  kind: string;
  channel: string;
  url: string | null;
  /** host:port, null where there is nothing to poll. */
  host: string | null;
  pollSeconds: number;
  zoneMinutes: number;
}

/** A source and where it stands. */
export interface SourceRow extends SourceEntry {
  isActive: boolean;
  etag: string | null;
  lastModified: string | null;
  nextPollAt: Date | null;
  lease: string | null;
  lastPolledAt: Date | null;
  lastSuccessAt: Date | null;
  lastNewItemAt: Date | null;
  consecutiveFailures: number;
  error: string | null;
  itemsTotal: number;
  usualGapSeconds: number | null;
  gapsSeen: number;
  reportedState: string | null;
  reportedAt: Date | null;
}

const COLUMNS = `s.id, s.name, s.kind, s.channel, s.url, s.host, s.poll_seconds AS "pollSeconds", s.zone_minutes AS "zoneMinutes",
  s.is_active AS "isActive", s.etag, s.last_modified AS "lastModified", s.next_poll_at AS "nextPollAt", s.lease,
  s.last_polled_at AS "lastPolledAt", s.last_success_at AS "lastSuccessAt", s.last_new_item_at AS "lastNewItemAt",
  s.consecutive_failures AS "consecutiveFailures", s.error, s.items_total AS "itemsTotal", s.usual_gap_seconds AS "usualGapSeconds",
  s.gaps_seen AS "gapsSeen", s.reported_state AS "reportedState", s.reported_at AS "reportedAt"`;

/** The sources of the collector. */
export class CollectorSources {
  constructor(private readonly on: Queries) {}

  /**
   * Makes the list the one that is polled. A source that is gone is kept with its past and polled no more;
   * one whose address changed is polled at once, one polled more often than before comes earlier.
   */
  async replace(entries: readonly SourceEntry[], now: Date): Promise<void> {
    await this.add(entries, now);
    await this.on.query(`UPDATE collector.source SET is_active = false, lease = NULL WHERE is_active AND NOT id = ANY ($1::text[])`, [
      entries.map((e) => e.id),
    ]);
    await this.on.query(
      `INSERT INTO collector.host (host, free_at) SELECT DISTINCT host, $1::timestamptz FROM collector.source WHERE host IS NOT NULL ORDER BY host
       ON CONFLICT DO NOTHING`,
      [now],
    );
  }

  private async add(entries: readonly SourceEntry[], now: Date): Promise<void> {
    await this.on.query(
      `INSERT INTO collector.source AS s (id, name, kind, channel, url, host, poll_seconds, zone_minutes, is_active, next_poll_at)
       SELECT id, name, kind, channel, url, host, "pollSeconds", "zoneMinutes", true, CASE WHEN url IS NULL THEN NULL ELSE $2::timestamptz END
       FROM jsonb_to_recordset($1::jsonb)
         AS e (id text, name text, kind text, channel text, url text, host text, "pollSeconds" int, "zoneMinutes" int) ORDER BY id
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, channel = excluded.channel, url = excluded.url,
         host = excluded.host, poll_seconds = excluded.poll_seconds, zone_minutes = excluded.zone_minutes, is_active = true,
         etag = CASE WHEN s.url IS NOT DISTINCT FROM excluded.url THEN s.etag END,
         last_modified = CASE WHEN s.url IS NOT DISTINCT FROM excluded.url THEN s.last_modified END,
         next_poll_at = CASE WHEN s.url IS NOT DISTINCT FROM excluded.url
           THEN LEAST(s.next_poll_at, $2::timestamptz + make_interval(secs => excluded.poll_seconds)) ELSE excluded.next_poll_at END`,
      [JSON.stringify(entries), now],
    );
  }

  /** The hotline on the list, or `otherwise` put on it. */
  async ensureHotline(otherwise: SourceEntry, now: Date): Promise<SourceRow> {
    const listed = `SELECT ${COLUMNS} FROM collector.source s WHERE s.kind = 'hotline' AND s.is_active ORDER BY s.id LIMIT 1`;
    const [found] = await this.on.query<SourceRow>(listed);
    if (found) return found;
    await this.add([otherwise], now);
    return (await this.find(otherwise.id))!;
  }

  /**
   * Takes at most `most` due sources for this process, each of another host that is free, until `until`. Others' sources are skipped,
   * not waited for; those that a killed process held are due again when its lease ends.
   */
  claim(now: Date, until: Date, most: number): Promise<SourceRow[]> {
    return this.on.query<SourceRow>(
      `WITH free AS (
         SELECT h.host FROM collector.host h
         WHERE h.free_at <= $1 AND EXISTS (
           SELECT FROM collector.source s WHERE s.host = h.host AND s.is_active AND s.url IS NOT NULL AND s.next_poll_at <= $1)
         ORDER BY h.free_at LIMIT $3 FOR UPDATE SKIP LOCKED),
       due AS (
         SELECT DISTINCT ON (s.host) s.id, s.host FROM collector.source s JOIN free USING (host)
         WHERE s.is_active AND s.url IS NOT NULL AND s.next_poll_at <= $1 ORDER BY s.host, s.next_poll_at),
       held AS (UPDATE collector.host h SET free_at = $2 FROM due WHERE h.host = due.host)
       UPDATE collector.source s SET lease = gen_random_uuid(), next_poll_at = $2 FROM due WHERE s.id = due.id
       RETURNING ${COLUMNS}`,
      [now, until, most],
    );
  }

  /** Locks a source for a change of where it stands. */
  async lock(id: string): Promise<SourceRow | null> {
    const [row] = await this.on.query<SourceRow>(`SELECT ${COLUMNS} FROM collector.source s WHERE s.id = $1 FOR UPDATE`, [id]);
    return row ?? null;
  }

  async find(id: string): Promise<SourceRow | null> {
    const [row] = await this.on.query<SourceRow>(`SELECT ${COLUMNS} FROM collector.source s WHERE s.id = $1`, [id]);
    return row ?? null;
  }

  /** Locks those that were not told of since `before`, and those that were taken off the list and not yet told of. */
  dueForReport(before: Date, most: number): Promise<SourceRow[]> {
    return this.on.query<SourceRow>(
      `SELECT ${COLUMNS} FROM collector.source s
       WHERE CASE WHEN is_active THEN reported_at IS NULL OR reported_at <= $1 ELSE reported_state IS DISTINCT FROM 'paused' END
       ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [before, most],
    );
  }

  /** Writes down where a locked source stands now. */
  async save(row: SourceRow): Promise<void> {
    await this.on.query(
      `UPDATE collector.source SET etag = $2, last_modified = $3, next_poll_at = $4, lease = $5, last_polled_at = $6, last_success_at = $7,
         last_new_item_at = $8, consecutive_failures = $9, error = $10, items_total = $11, usual_gap_seconds = $12, gaps_seen = $13,
         reported_state = $14, reported_at = $15
       WHERE id = $1`,
      [
        row.id,
        row.etag,
        row.lastModified,
        row.nextPollAt,
        row.lease,
        row.lastPolledAt,
        row.lastSuccessAt,
        row.lastNewItemAt,
        row.consecutiveFailures,
        row.error,
        row.itemsTotal,
        row.usualGapSeconds,
        row.gapsSeen,
        row.reportedState,
        row.reportedAt,
      ],
    );
  }

  /** The host may be asked again from `at` on. */
  async freeHost(host: string, at: Date): Promise<void> {
    await this.on.query(`UPDATE collector.host SET free_at = $2 WHERE host = $1`, [host, at]);
  }
}
