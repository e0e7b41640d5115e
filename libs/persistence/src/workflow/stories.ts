import type { Queries } from '../database.js';

/** A story (事件) as this service sees it: its opinions counted, over all sources. */
export interface StoryRow {
  storyId: string;
  title: string;
  firstSeenAt: Date;
  lastSeenAt: Date;
  opinionCount: number;
  hotlineCount: number;
  flaggedCount: number;
  sources: string[];
  /** When people were last told that it surges. */
  surgeToldAt: Date | null;
}

const COLUMNS = `story_id AS "storyId", title, first_seen_at AS "firstSeenAt", last_seen_at AS "lastSeenAt",
  opinion_count AS "opinionCount", hotline_count AS "hotlineCount", flagged_count AS "flaggedCount", sources,
  surge_told_at AS "surgeToldAt"`;

export class Stories {
  constructor(private readonly on: Queries) {}

  /**
   * The stories as they stand, new ones empty, each locked until the transaction ends. In one order, so that two
   * processes with the same stories never wait in a circle.
   */
  async lock(firsts: readonly Pick<StoryRow, 'storyId' | 'title' | 'firstSeenAt'>[]): Promise<Map<string, StoryRow>> {
    const ids = firsts.map((one) => one.storyId);
    await this.on.query(
      `INSERT INTO workflow.story (story_id, title, first_seen_at, last_seen_at, opinion_count, hotline_count, flagged_count, sources)
       SELECT id, title, at, at, 0, 0, 0, '{}' FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) AS t(id, title, at) ORDER BY id
       ON CONFLICT DO NOTHING`,
      [ids, firsts.map((one) => one.title), firsts.map((one) => one.firstSeenAt)],
    );
    const rows = await this.on.query<StoryRow>(
      `SELECT ${COLUMNS} FROM workflow.story WHERE story_id = ANY($1) ORDER BY story_id FOR UPDATE`,
      [ids],
    );
    return new Map(rows.map((row) => [row.storyId, row]));
  }

  /** People are told that these surge. */
  async markSurges(storyIds: readonly string[], at: Date): Promise<void> {
    await this.on.query(`UPDATE workflow.story SET surge_told_at = $2 WHERE story_id = ANY($1::uuid[])`, [storyIds, at]);
  }

  async save(stories: readonly StoryRow[]): Promise<void> {
    await this.on.query(
      `UPDATE workflow.story s SET title = t.title, first_seen_at = t.first_at, last_seen_at = t.last_at, opinion_count = t.opinions,
         hotline_count = t.hotline, flagged_count = t.flagged, sources = string_to_array(t.sources, chr(31))
       FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::int[], $5::int[], $6::int[], $7::text[], $8::text[])
         AS t(id, first_at, last_at, opinions, hotline, flagged, sources, title)
       WHERE s.story_id = t.id`,
      [
        stories.map((s) => s.storyId),
        stories.map((s) => s.firstSeenAt),
        stories.map((s) => s.lastSeenAt),
        stories.map((s) => s.opinionCount),
        stories.map((s) => s.hotlineCount),
        stories.map((s) => s.flaggedCount),
        stories.map((s) => s.sources.join('\u001f')),
        stories.map((s) => s.title),
      ],
    );
  }
}
