import type { Database } from '../database.js';

/** How many days back, and forward, a text's like is looked for. */
export const STORY_REACH = {
  /** A copy; after that its matter finds it. */
  copy: 30,
  /** The story of one matter: last winter's 停气 is not this winter's. */
  matter: 240,
} as const;

/** Kept so much longer: a service that was down for a fortnight still finds what came before what waits for it. */
const SLACK_DAYS = 14;
/** Pages per statement, so that nobody waits long for a lock and each page is looked at once. */
const PAGES = 1_000;

/** What is older may be forgotten. */
const LAST_TIME = `LEAST($3::timestamptz, now()) - make_interval(days => $4)`;

export const FORGOTTEN = [
  { table: 'text_key', time: 'seen_at', last: LAST_TIME, days: STORY_REACH.copy },
  { table: 'text', time: 'last_seen_at', last: LAST_TIME, days: STORY_REACH.copy },
  { table: 'story_term', time: 'posted_minute', last: `floor(extract(epoch FROM ${LAST_TIME}) / 60)`, days: STORY_REACH.matter },
] as const;

/**
 * Takes away by what texts and stories are found, once they are too old to be looked for: so the indexes hold what is looked up and
 * stay in memory, however old the archive. Stories and opinions stay. Returns how many rows went.
 * @param now by the service's clock; one that runs ahead of the server's takes nothing away early
 */
export async function forgetTexts(database: Database, now: Date): Promise<number> {
  const [found] = await database.query<{ there: boolean }>(`SELECT to_regclass('classifier.text_key') IS NOT NULL AS there`);
  if (!found!.there) return 0;
  let gone = 0;
  for (const { table, time, last, days } of FORGOTTEN) {
    const [size] = await database.query<{ pages: number }>(
      `SELECT (pg_relation_size('classifier.${table}') / current_setting('block_size')::int)::int AS pages`,
    );
    for (let page = 0; page < size!.pages; page += PAGES) {
      const [removed] = await database.query<{ rows: number }>(
        `WITH old AS (DELETE FROM classifier.${table} WHERE ctid >= $1::tid AND ctid < $2::tid
           AND ${time} < ${last} RETURNING 1)
         SELECT count(*)::int AS rows FROM old`,
        [`(${page},0)`, `(${page + PAGES},0)`, now, days + SLACK_DAYS],
      );
      gone += removed!.rows;
    }
  }
  return gone;
}
