import { matterBytes, matterFrom, type Matter } from '@huiying/text';
import type { Queries } from '../database.js';
import { textArray } from '../log/text-array.js';
import { unseen } from '../steady-plan.js';

/** A story's matter as it is kept. */
export interface StoryMatterRow {
  storyId: string;
  matter: Matter;
  posted: readonly number[];
  opinions: number;
  graves: number;
  firstAt: Date;
  lastAt: Date;
  places: readonly (readonly [string, number])[];
  isFixed: boolean;
  apart: readonly string[];
}

/** What to look for: terms with their weights, at the time of the text. */
export interface MatterSearch {
  terms: readonly { term: number; weight: number }[];
  at: Date;
}

interface Kept {
  storyId: string;
  mergedInto: string | null;
  terms: Buffer;
  posted: number[];
  opinions: number;
  graves: number;
  firstAt: Date;
  lastAt: Date;
  places: [string, number][];
  fixed: boolean;
  apart: string[];
}

/** A story as `search` names it: 8 bytes where an id has 16. */
export type StoryNumber = string;

const COLUMNS = `story_id AS "storyId", merged_into AS "mergedInto", terms, posted, opinions, graves, first_at AS "firstAt", last_at AS "lastAt",
  places, fixed, apart`;
const SEPARATOR = '\u001f';

/** What stories are about, and where they are found. Every method is a fixed number of statements. */
export class StoryMatters {
  constructor(private readonly on: Queries) {}

  /**
   * The stories that share the heaviest terms with any of the texts.
   * @param bounds per term the newest so many stories; of those that share so many terms with a text the best so many; no older than so many days
   */
  async search(
    searches: readonly MatterSearch[],
    bounds: { storiesPerTerm: number; candidates: number; shared: number; days: number },
  ): Promise<StoryNumber[]> {
    const wanted = searches.flatMap(({ terms, at }, i) => terms.map((one) => ({ i, ...one, at })));
    if (wanted.length === 0) return [];
    const rows = await this.on.prepared<{ number: StoryNumber }>(SEARCH, [
      wanted.map((w) => w.i),
      wanted.map((w) => w.term),
      wanted.map((w) => w.weight),
      wanted.map((w) => minuteOf(w.at)),
      bounds.days * MINUTES_OF_DAY,
      bounds.storiesPerTerm,
      bounds.candidates,
      bounds.shared,
    ]);
    return rows.map((row) => row.number);
  }

  /** The stories found and those of these ids; for those that were merged the story that stands for them; and who stands for whom. */
  async load(
    found: readonly StoryNumber[],
    storyIds: readonly string[],
  ): Promise<{ stories: StoryMatterRow[]; merged: [string, string][] }> {
    if (found.length + storyIds.length === 0) return { stories: [], merged: [] };
    const rows = await this.on.prepared<Kept>(LOAD, [found, storyIds]);
    const merged = rows.flatMap((row) => (row.mergedInto === null ? [] : [[row.storyId, row.mergedInto] as [string, string]]));
    return { stories: rows.filter((row) => row.mergedInto === null).map(rowOf), merged };
  }

  /** Keeps stories that changed, and the terms under which they are found from now on. */
  async save(stories: readonly (StoryMatterRow & { newTerms: readonly number[] })[]): Promise<void> {
    if (stories.length === 0) return;
    await this.on.write(SAVE, [
      stories.map((s) => s.storyId),
      stories.map((s) => matterBytes(s.matter)),
      textArray(stories.map((s) => s.posted.join(SEPARATOR))),
      stories.map((s) => s.opinions),
      stories.map((s) => s.firstAt),
      stories.map((s) => s.lastAt),
      textArray(stories.map((s) => JSON.stringify(s.places))),
      stories.map((s) => s.isFixed),
      textArray(stories.map((s) => s.apart.join(SEPARATOR))),
      stories.map((s) => s.graves),
    ]);
    const posts = stories.flatMap((s) => s.newTerms.map((term) => ({ term, minute: minuteOf(s.lastAt), id: s.storyId })));
    await this.on.write(
      `INSERT INTO classifier.story_term (term, posted_minute, story)
       SELECT p.term, p.minute, m.number
       FROM unnest(${unseen('$1::uuid[]')}, ${unseen('$2::int[]')}, ${unseen('$3::int[]')}) AS p(story_id, term, minute)
       JOIN classifier.story_matter m USING (story_id)
       ON CONFLICT DO NOTHING`,
      [posts.map((p) => p.id), posts.map((p) => p.term), posts.map((p) => p.minute)],
    );
  }

  /** From now on `kept` stands for `gone` and for all that went into it before. */
  async merge(gone: string, kept: string): Promise<void> {
    await this.on.write(`UPDATE classifier.story_matter SET merged_into = $2 WHERE story_id = $1 OR merged_into = $1`, [gone, kept]);
    await this.on.write(
      `WITH found AS (DELETE FROM classifier.story_term t USING classifier.story_matter m
         WHERE m.story_id = $1 AND t.term = ANY(m.posted) AND t.story = m.number RETURNING t.term, t.posted_minute)
       INSERT INTO classifier.story_term (term, posted_minute, story)
       SELECT f.term, f.posted_minute, k.number FROM found f, classifier.story_matter k WHERE k.story_id = $2 ON CONFLICT DO NOTHING`,
      [gone, kept],
    );
  }

  /** A merge undone: the story stands for itself again, is found again, and is never merged with the other by the system. */
  async separate(storyId: string, from: string): Promise<void> {
    await this.on.query(
      `UPDATE classifier.story_matter m SET merged_into = CASE WHEN story_id = $1 THEN NULL ELSE merged_into END,
         apart = array_append(array_remove(apart, o.other), o.other)
       FROM (VALUES ($1::uuid, $2::uuid), ($2::uuid, $1::uuid)) AS o(one, other) WHERE m.story_id = o.one`,
      [storyId, from],
    );
    await this.on.query(
      `INSERT INTO classifier.story_term (term, posted_minute, story)
       SELECT term, floor(extract(epoch FROM last_at) / 60)::int, number FROM classifier.story_matter, unnest(posted) AS term
       WHERE story_id = $1 ON CONFLICT DO NOTHING`,
      [storyId],
    );
  }

  async fix(storyId: string, isFixed: boolean): Promise<void> {
    await this.on.query(`UPDATE classifier.story_matter SET fixed = $2 WHERE story_id = $1`, [storyId, isFixed]);
  }

  /** Opinions that an officer took out of their story into another. */
  async moveOpinions(opinionIds: readonly string[], storyId: string): Promise<void> {
    await this.on.query(`UPDATE classifier.opinion SET story_id = $2 WHERE opinion_id = ANY($1::uuid[])`, [opinionIds, storyId]);
  }
}

function rowOf({ terms, fixed, mergedInto: _, ...rest }: Kept): StoryMatterRow {
  return { ...rest, matter: matterFrom(terms), isFixed: fixed };
}

const MINUTES_OF_DAY = 1_440;

/** Whole minutes since 1970 are enough to tell which story of a term is newer, in half the bytes. */
function minuteOf(time: Date): number {
  return Math.floor(time.getTime() / 60_000);
}

/** Of two entries of one minute the story that began later is the newer one. */
const SEARCH = `
  WITH wanted AS (
    SELECT * FROM unnest(${unseen('$1::int[]')}, ${unseen('$2::int[]')}, ${unseen('$3::real[]')}, ${unseen('$4::int[]')}) AS t(i, term, weight, minute)),
  hits AS (
    SELECT w.i, s.story, sum(w.weight) AS score FROM wanted w CROSS JOIN LATERAL (
      SELECT story FROM classifier.story_term t
      WHERE t.term = w.term AND t.posted_minute BETWEEN w.minute - $5::int AND w.minute + $5::int
      ORDER BY t.posted_minute DESC, t.story DESC LIMIT $6) s
    GROUP BY w.i, s.story HAVING count(*) >= $8),
  ranked AS (SELECT story, row_number() OVER (PARTITION BY i ORDER BY score DESC, story) AS rank FROM hits)
  SELECT DISTINCT story AS number FROM ranked WHERE rank <= $7`;

const LOAD = `
  WITH wanted AS (
    SELECT story_id, merged_into FROM classifier.story_matter WHERE number = ANY($1::bigint[])
    UNION SELECT story_id, merged_into FROM classifier.story_matter WHERE story_id = ANY($2::uuid[]))
  SELECT ${COLUMNS} FROM classifier.story_matter
  WHERE story_id = ANY(ARRAY(SELECT story_id FROM wanted UNION SELECT merged_into FROM wanted WHERE merged_into IS NOT NULL))
  ORDER BY last_at, story_id`;

const SAVE = `
  INSERT INTO classifier.story_matter AS m (story_id, terms, posted, opinions, first_at, last_at, places, fixed, apart, graves)
  SELECT id, terms, string_to_array(posted, chr(31))::int[], opinions, first_at, last_at, places::jsonb, fixed,
    string_to_array(apart, chr(31))::uuid[], graves
  FROM unnest($1::uuid[], $2::bytea[], $3::text[], $4::int[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::boolean[], $9::text[],
    $10::int[]) AS t(id, terms, posted, opinions, first_at, last_at, places, fixed, apart, graves)
  ON CONFLICT (story_id) DO UPDATE SET terms = excluded.terms, posted = excluded.posted, opinions = excluded.opinions,
    first_at = excluded.first_at, last_at = excluded.last_at, places = excluded.places, fixed = excluded.fixed, apart = excluded.apart, graves = excluded.graves`;
