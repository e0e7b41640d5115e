import type { SourceSetting } from '@huiying/contracts';
import type { Queries } from '../database.js';

/** A source as staff laid it down. */
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
  setting: SourceSetting;
}

/** A source and where it stands. */
export interface SourceRow extends Omit<SourceEntry, 'setting'> {
  /** null for a source that was taken off the list before settings were kept. */
  setting: SourceSetting | null;
  isActive: boolean;
  pausedAt: Date | null;
  removedAt: Date | null;
  /** What is the matter with it, as a SourceCause; null while nothing is. */
  cause: string | null;
  failingSince: Date | null;
  /** From then on its silence is out of its rhythm. */
  silentAt: Date | null;
  /** Since when it has been out of order, once that was told. */
  alarmSince: Date | null;
  /** Not looked at with success since then. */
  unseenFrom: Date | null;
  unseenCause: string | null;
  /** Entries listed at the last poll that was answered with content. */
  lastItems: number | null;
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
  s.gaps_seen AS "gapsSeen", s.reported_state AS "reportedState", s.reported_at AS "reportedAt", s.setting, s.paused_at AS "pausedAt",
  s.removed_at AS "removedAt", s.cause, s.failing_since AS "failingSince", s.silent_at AS "silentAt", s.alarm_since AS "alarmSince",
  s.unseen_from AS "unseenFrom", s.unseen_cause AS "unseenCause", s.last_items AS "lastItems"`;

/** What `save` writes, column by column. */
const SAVED: readonly (readonly [column: string, field: keyof SourceRow])[] = [
  ['is_active', 'isActive'],
  ['paused_at', 'pausedAt'],
  ['removed_at', 'removedAt'],
  ['etag', 'etag'],
  ['last_modified', 'lastModified'],
  ['next_poll_at', 'nextPollAt'],
  ['lease', 'lease'],
  ['last_polled_at', 'lastPolledAt'],
  ['last_success_at', 'lastSuccessAt'],
  ['last_new_item_at', 'lastNewItemAt'],
  ['consecutive_failures', 'consecutiveFailures'],
  ['error', 'error'],
  ['cause', 'cause'],
  ['failing_since', 'failingSince'],
  ['items_total', 'itemsTotal'],
  ['usual_gap_seconds', 'usualGapSeconds'],
  ['gaps_seen', 'gapsSeen'],
  ['silent_at', 'silentAt'],
  ['alarm_since', 'alarmSince'],
  ['unseen_from', 'unseenFrom'],
  ['unseen_cause', 'unseenCause'],
  ['last_items', 'lastItems'],
  ['reported_state', 'reportedState'],
  ['reported_at', 'reportedAt'],
];
const SAVE = `UPDATE collector.source SET ${SAVED.map(([column], i) => `${column} = $${i + 2}`).join(', ')} WHERE id = $1`;

/** The sources of the collector. */
export class CollectorSources {
  constructor(private readonly on: Queries) {}

  /**
   * Makes the file's list the one that is polled, as far as the console has not decided otherwise: a source that was changed, paused or
   * removed there stays so, and one that was added there stays on the list. A source that is gone from the file is kept with its past
   * and polled no more; one whose address changed is polled at once, one polled more often than before comes earlier.
   */
  async replace(entries: readonly SourceEntry[], now: Date): Promise<void> {
    await this.put(entries, now, 'config');
    await this.on.query(
      `UPDATE collector.source SET is_active = false, lease = NULL
       WHERE is_active AND origin = 'config' AND edited_at IS NULL AND NOT id = ANY ($1::text[])`,
      [entries.map((e) => e.id)],
    );
    await this.knowHosts(now);
  }

  /** Puts a source on the list, or gives it another setting, as somebody asked on the console. */
  async edit(entry: SourceEntry, now: Date): Promise<void> {
    await this.put([entry], now, 'console');
    await this.knowHosts(now);
  }

  private async knowHosts(now: Date): Promise<void> {
    await this.on.query(
      `INSERT INTO collector.host (host, free_at)
       SELECT DISTINCT s.host, $1::timestamptz FROM collector.source s
       WHERE s.host IS NOT NULL AND NOT EXISTS (SELECT FROM collector.host h WHERE h.host = s.host) ORDER BY s.host
       ON CONFLICT DO NOTHING`,
      [now],
    );
  }

  private async put(entries: readonly SourceEntry[], now: Date, by: 'config' | 'console'): Promise<void> {
    await this.on.query(
      `INSERT INTO collector.source AS s
         (id, name, kind, channel, url, host, poll_seconds, zone_minutes, setting, is_active, next_poll_at, origin, edited_at)
       SELECT id, name, kind, channel, url, host, "pollSeconds", "zoneMinutes", setting, true,
         CASE WHEN url IS NULL THEN NULL ELSE $2::timestamptz END, $3::text, CASE WHEN $3::text = 'console' THEN $2::timestamptz END
       FROM jsonb_to_recordset($1::jsonb) AS e
         (id text, name text, kind text, channel text, url text, host text, "pollSeconds" int, "zoneMinutes" int, setting jsonb) ORDER BY id
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, channel = excluded.channel, url = excluded.url,
         host = excluded.host, poll_seconds = excluded.poll_seconds, zone_minutes = excluded.zone_minutes, setting = excluded.setting,
         is_active = s.paused_at IS NULL AND (s.removed_at IS NULL OR $3::text = 'console'),
         removed_at = CASE WHEN $3::text = 'console' THEN NULL ELSE s.removed_at END,
         edited_at = COALESCE(excluded.edited_at, s.edited_at),
         last_items = CASE WHEN s.setting IS NOT DISTINCT FROM excluded.setting THEN s.last_items END,
         etag = CASE WHEN s.setting IS NOT DISTINCT FROM excluded.setting THEN s.etag END,
         last_modified = CASE WHEN s.setting IS NOT DISTINCT FROM excluded.setting THEN s.last_modified END,
         next_poll_at = CASE WHEN s.url IS NOT DISTINCT FROM excluded.url AND (s.setting IS NOT DISTINCT FROM excluded.setting OR $3::text = 'config')
           THEN LEAST(s.next_poll_at, $2::timestamptz + make_interval(secs => excluded.poll_seconds)) ELSE excluded.next_poll_at END
         WHERE $3::text = 'console' OR (s.edited_at IS NULL AND s.origin = 'config')`,
      [JSON.stringify(entries), now, by],
    );
  }

  /** The hotline on the list, or `otherwise` put on it. */
  async ensureHotline(otherwise: SourceEntry, now: Date): Promise<SourceRow> {
    const listed = `SELECT ${COLUMNS} FROM collector.source s WHERE s.kind = 'hotline' AND s.is_active ORDER BY s.id LIMIT 1`;
    const [found] = await this.on.query<SourceRow>(listed);
    if (found) return found;
    await this.put([otherwise], now, 'config');
    return (await this.find(otherwise.id))!;
  }

  /**
   * Takes at most `most` due sources for this process, each of another host that is free, until `until`. Others' sources are skipped,
   * not waited for; those that a killed process held are due again when its lease ends.
   */
  claim(now: Date, until: Date, most: number): Promise<SourceRow[]> {
    return this.on.query<SourceRow>(
      // A claim that a crash forgets is made again: it does not wait for the disk.
      `WITH calm AS (SELECT set_config('synchronous_commit', 'off', true)),
       free AS (
         SELECT h.host FROM collector.host h
         WHERE h.free_at <= $1 AND EXISTS (
           SELECT FROM collector.source s WHERE s.host = h.host AND s.is_active AND s.url IS NOT NULL AND s.next_poll_at <= $1)
         ORDER BY h.free_at LIMIT $3 FOR UPDATE SKIP LOCKED),
       due AS (
         SELECT DISTINCT ON (s.host) s.id, s.host FROM collector.source s JOIN free USING (host)
         WHERE s.is_active AND s.url IS NOT NULL AND s.next_poll_at <= $1 ORDER BY s.host, s.next_poll_at),
       held AS (UPDATE collector.host h SET free_at = $2 FROM due WHERE h.host = due.host)
       UPDATE collector.source s SET lease = gen_random_uuid(), next_poll_at = $2 FROM due, calm WHERE s.id = due.id
       RETURNING ${COLUMNS}`,
      [now, until, most],
    );
  }

  /** As `claim`, for sources of a kind that has no address of its own to poll. */
  claimKind(kind: string, now: Date, until: Date): Promise<SourceRow[]> {
    return this.on.query<SourceRow>(
      `WITH due AS (
         SELECT id FROM collector.source WHERE kind = $1 AND is_active AND (next_poll_at IS NULL OR next_poll_at <= $2)
         ORDER BY id FOR UPDATE SKIP LOCKED)
       UPDATE collector.source s SET lease = gen_random_uuid(), next_poll_at = $3 FROM due WHERE s.id = due.id
       RETURNING ${COLUMNS}`,
      [kind, now, until],
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

  /** Locks those that were not told of since `before`, those that fell silent, and those taken off the list and not yet told of. */
  dueForReport(before: Date, now: Date, most: number): Promise<SourceRow[]> {
    return this.on.query<SourceRow>(
      `SELECT ${COLUMNS} FROM collector.source s
       WHERE CASE WHEN is_active THEN reported_at IS NULL OR reported_at <= $1 OR (silent_at <= $3 AND alarm_since IS NULL)
         ELSE reported_state IS DISTINCT FROM 'paused' END
       ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [before, most, now],
    );
  }

  /** Writes down where a locked source stands now. */
  async save(row: SourceRow): Promise<void> {
    const values = SAVED.map(([, field]) => row[field]);
    await this.on.query(SAVE, [row.id, ...values]);
  }

  /** The host may be asked again from `at` on. */
  async freeHost(host: string, at: Date): Promise<void> {
    await this.on.query(`UPDATE collector.host SET free_at = $2 WHERE host = $1`, [host, at]);
  }
}
