import type { Queries } from '../database.js';

/** What was done to stories, and by whom; or two that may be one. */
export interface StoryActRow {
  id: string;
  kind: 'merge' | 'split' | 'fix' | 'unfix' | 'perhaps';
  storyId: string;
  otherStoryId: string | null;
  otherTitle: string | null;
  likeness: number | null;
  opinions: string[];
  reason: string;
  byWhom: string;
  at: Date;
  settledAt: Date | null;
  settledBy: string | null;
  outcome: 'undone' | 'merged' | 'dismissed' | null;
}

export type NewStoryAct = Pick<
  StoryActRow,
  'id' | 'kind' | 'storyId' | 'otherStoryId' | 'likeness' | 'opinions' | 'reason' | 'byWhom' | 'at'
>;

const ACT = `a.act_id AS id, a.kind, a.story_id AS "storyId", a.other_story_id AS "otherStoryId", o.title AS "otherTitle", a.likeness, a.opinions,
  a.reason, a.by_whom AS "byWhom", a.at, a.settled_at AS "settledAt", a.settled_by AS "settledBy", a.outcome`;

/** Counted anew from its opinions, as they lie after a move. */
const RECOUNT = `
  UPDATE workflow.story s SET opinion_count = c.n, hotline_count = c.hotline, flagged_count = c.flagged, sources = c.sources,
    first_seen_at = coalesce(c.first_at, s.first_seen_at), last_seen_at = coalesce(c.last_at, s.last_seen_at)
  FROM (SELECT w.id, count(o.opinion_id)::int AS n, (count(*) FILTER (WHERE o.order_no IS NOT NULL))::int AS hotline,
      (count(*) FILTER (WHERE o.flagged))::int AS flagged, coalesce(array_agg(DISTINCT o.source_id) FILTER (WHERE o.source_id IS NOT NULL), '{}') AS sources,
      min(o.captured_at) AS first_at, max(o.captured_at) AS last_at
    FROM unnest($1::uuid[]) AS w(id) LEFT JOIN workflow.opinion o ON o.story_id = w.id GROUP BY w.id) c
  WHERE s.story_id = c.id`;

/** Which stories stand for which, and what people decided of them. */
export class StoryGroups {
  constructor(private readonly on: Queries) {}

  /** Opinions may be taken in side by side, but not beside a merge: it waits for them, and they for it. */
  async waitForMerges(): Promise<void> {
    await this.on.query(`SELECT pg_advisory_xact_lock_shared(hashtextextended('huiying.workflow.merge', 0))`);
  }

  /** One merge, split or undoing at a time, with no opinion taken in meanwhile. Milliseconds. */
  async waitForTurn(): Promise<void> {
    await this.on.query(`SELECT pg_advisory_xact_lock(hashtextextended('huiying.workflow.merge', 0))`);
  }

  /** For each story the one that stands for it now, where that is another. */
  async roots(storyIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.on.query<{ id: string; root: string }>(
      `WITH RECURSIVE up AS (
         SELECT story_id AS id, merged_into AS root, 1 AS steps FROM workflow.story WHERE story_id = ANY($1::uuid[]) AND merged_into IS NOT NULL
         UNION ALL SELECT up.id, s.merged_into, steps + 1 FROM up JOIN workflow.story s ON s.story_id = up.root WHERE s.merged_into IS NOT NULL)
       SELECT DISTINCT ON (id) id, root FROM up ORDER BY id, steps DESC`,
      [storyIds],
    );
    return new Map(rows.map((row) => [row.id, row.root]));
  }

  /** `gone` goes into `kept`: its opinions, and its living alert's place is the caller's to settle. Both rows are locked. */
  async merge(gone: string, kept: string): Promise<void> {
    await this.on.query(`UPDATE workflow.story SET merged_into = $2 WHERE story_id = $1`, [gone, kept]);
    await this.on.query(`UPDATE workflow.opinion SET part_id = coalesce(part_id, story_id), story_id = $2 WHERE story_id = $1`, [
      gone,
      kept,
    ]);
    await this.on.query(`UPDATE workflow.case_file SET story_id = $2 WHERE story_id = $1`, [gone, kept]);
    await this.on.query(RECOUNT, [[gone, kept]]);
  }

  /** A merge undone: the story and those that had gone into it have their opinions back. */
  async separate(gone: string, kept: string): Promise<void> {
    await this.on.query(`UPDATE workflow.story SET merged_into = NULL WHERE story_id = $1`, [gone]);
    await this.on.query(
      `WITH RECURSIVE part AS (SELECT $1::uuid AS id UNION SELECT s.story_id FROM workflow.story s JOIN part ON s.merged_into = part.id)
       UPDATE workflow.opinion SET story_id = $1 WHERE story_id = $2 AND part_id IN (SELECT id FROM part)`,
      [gone, kept],
    );
    await this.on.query(RECOUNT, [[gone, kept]]);
  }

  /** Opinions of a story become a story of their own. Returns how many moved. */
  async split(from: string, to: string, title: string, opinionIds: readonly string[]): Promise<number> {
    await this.on.query(
      `INSERT INTO workflow.story (story_id, title, first_seen_at, last_seen_at, opinion_count, hotline_count, flagged_count, sources)
       SELECT $2, $3, first_seen_at, last_seen_at, 0, 0, 0, '{}' FROM workflow.story WHERE story_id = $1 ON CONFLICT DO NOTHING`,
      [from, to, title],
    );
    const moved = await this.on.query(
      `UPDATE workflow.opinion SET story_id = $2, part_id = NULL WHERE story_id = $1 AND opinion_id = ANY($3::uuid[]) RETURNING opinion_id`,
      [from, to, opinionIds],
    );
    await this.on.query(RECOUNT, [[from, to]]);
    return moved.length;
  }

  async fix(storyId: string, by: string | null): Promise<void> {
    await this.on.query(`UPDATE workflow.story SET fixed_by = $2 WHERE story_id = $1`, [storyId, by]);
  }

  /** Keeps an act once; the same act a second time changes nothing. */
  async addAct(act: NewStoryAct): Promise<boolean> {
    const added = await this.on.query(
      `INSERT INTO workflow.story_act (act_id, kind, story_id, other_story_id, likeness, opinions, reason, by_whom, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING act_id`,
      [act.id, act.kind, act.storyId, act.otherStoryId, act.likeness, act.opinions, act.reason, act.byWhom, act.at],
    );
    return added.length > 0;
  }

  /** Locked until the transaction ends, so that of two people one acts first. */
  async lockAct(id: string): Promise<StoryActRow | null> {
    const [row] = await this.on.query<StoryActRow>(
      `SELECT ${ACT} FROM workflow.story_act a LEFT JOIN workflow.story o ON o.story_id = a.other_story_id WHERE act_id = $1 FOR UPDATE OF a`,
      [id],
    );
    return row ?? null;
  }

  async settle(id: string, outcome: NonNullable<StoryActRow['outcome']>, by: string, at: Date): Promise<void> {
    await this.on.query(`UPDATE workflow.story_act SET outcome = $2, settled_by = $3, settled_at = $4 WHERE act_id = $1`, [
      id,
      outcome,
      by,
      at,
    ]);
  }

  /** Two stories became one: that they may be one is no question any more. */
  async settlePairs(one: string, other: string, at: Date, by: string): Promise<void> {
    await this.on.query(
      `UPDATE workflow.story_act SET outcome = 'merged', settled_by = $4, settled_at = $3 WHERE kind = 'perhaps' AND settled_at IS NULL
         AND ((story_id = $1 AND other_story_id = $2) OR (story_id = $2 AND other_story_id = $1))`,
      [one, other, at, by],
    );
  }

  /** What was done to a story, newest first. */
  actsOf(storyId: string, most: number): Promise<StoryActRow[]> {
    return this.on.query<StoryActRow>(
      `SELECT ${ACT} FROM workflow.story_act a
       LEFT JOIN workflow.story o ON o.story_id = CASE WHEN a.story_id = $1 THEN a.other_story_id ELSE a.story_id END
       WHERE a.story_id = $1 OR a.other_story_id = $1 ORDER BY a.at DESC LIMIT $2`,
      [storyId, most],
    );
  }
}
