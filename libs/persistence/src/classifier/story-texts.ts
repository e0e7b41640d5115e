import type { Fingerprint } from '@huiying/text';
import type { Queries } from '../database.js';
import { textArray } from '../log/text-array.js';
import { unseen } from '../steady-plan.js';

/** A text that is known, with its story. Its keys are not read again. */
export interface KnownText {
  storyId: string;
  fingerprint: Omit<Fingerprint, 'keys'>;
  places: readonly string[];
}

/** How an opinion stands in its story. */
export interface StoryMembership {
  storyId: string;
  relation: 'first' | 'exact' | 'near' | 'matter';
  /** 0..1 against the text it joined. */
  similarity: number;
}

/** An opinion that has joined, to be kept. */
export interface JoinedOpinion extends StoryMembership {
  opinionId: string;
  revision: number;
  fingerprint: Fingerprint;
  places: readonly string[];
  seenAt: Date;
}

interface KnownRow {
  i: number;
  exact: string;
  storyId: string;
  grams: number;
  sketch: Buffer;
  places: string[];
}

/** At most so many texts are fetched per key, per exact text, and per opinion, however large the archive. The newest go first. */
const MOST_PER_KEY = 4;
const MOST_PER_EXACT = 4;
const MOST_PER_OPINION = 12;
/** A text array parameter cannot hold arrays of unequal length: they cross as one string. */
const SEPARATOR = '\u001f';

/** The texts of all stories, found again by the batch. Every method is a fixed number of statements. */
export class StoryTexts {
  constructor(private readonly on: Queries) {}

  /**
   * One process joins at a time, until its transaction ends: two that read nearly the same text at the same moment would else both
   * find nothing, and make two stories. Judging is done before, outside; what is inside takes milliseconds.
   */
  async waitForTurn(): Promise<void> {
    await this.on.query(`SELECT pg_advisory_xact_lock(hashtextextended('huiying.classifier.join', 0))`);
  }

  /** The stories of opinions that have joined before: an edited one stays where it is. */
  async ofOpinions(opinionIds: readonly string[]): Promise<Map<string, StoryMembership>> {
    const rows = await this.on.prepared<StoryMembership & { opinionId: string }>(
      `SELECT opinion_id AS "opinionId", story_id AS "storyId", relation, similarity FROM classifier.opinion WHERE opinion_id = ANY($1::uuid[])`,
      [opinionIds],
    );
    return new Map(rows.map(({ opinionId, ...membership }) => [opinionId, membership]));
  }

  /**
   * For each of the texts, in their order, the known ones it should be compared with: the same text, then those with most keys in common.
   * @param withinDays on either side of the text's own time
   */
  async alike(texts: readonly { fingerprint: Fingerprint; seenAt: Date }[], withinDays: number): Promise<KnownText[][]> {
    const keys = texts.flatMap(({ fingerprint, seenAt }, i) => fingerprint.keys.map((key) => ({ i, key, seenAt })));
    const rows = await this.on.prepared<KnownRow>(ALIKE, [
      texts.map((_, i) => i),
      texts.map((t) => exactOf(t.fingerprint)),
      texts.map((t) => t.seenAt),
      keys.map((k) => k.i),
      keys.map((k) => k.key),
      keys.map((k) => k.seenAt),
      withinDays,
    ]);
    const found: KnownText[][] = texts.map(() => []);
    for (const row of rows) found[row.i]!.push(knownOf(row));
    return found;
  }

  /** Keeps the opinions and what is new of their texts and stories. An opinion may come again with a higher revision. */
  async save(joined: readonly JoinedOpinion[]): Promise<void> {
    const firsts = joined.filter((j) => j.relation === 'first');
    await this.on.write(
      `INSERT INTO classifier.story (story_id, first_opinion_id, first_seen_at)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) ON CONFLICT DO NOTHING`,
      [firsts.map((j) => j.storyId), firsts.map((j) => j.opinionId), firsts.map((j) => j.seenAt)],
    );
    const newest = [...new Map(joined.map((j) => [j.opinionId, j])).values()];
    await this.on.write(
      `INSERT INTO classifier.opinion AS o (opinion_id, story_id, relation, similarity, revision)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::real[], $5::int[])
       ON CONFLICT (opinion_id) DO UPDATE SET revision = greatest(o.revision, excluded.revision)`,
      [
        newest.map((j) => j.opinionId),
        newest.map((j) => j.storyId),
        newest.map((j) => j.relation),
        newest.map((j) => j.similarity),
        newest.map((j) => j.revision),
      ],
    );
    await this.saveTexts([...new Map(joined.map((j) => [`${j.storyId} ${j.fingerprint.exact}`, j])).values()]);
  }

  /** Texts whose opinions an officer took into another story: their copies follow. */
  async move(texts: readonly Fingerprint[], from: string, to: string): Promise<void> {
    await this.on.query(
      `UPDATE classifier.text t SET story_id = $3 WHERE story_id = $2 AND exact = ANY($1::bigint[])
         AND NOT EXISTS (SELECT FROM classifier.text o WHERE o.exact = t.exact AND o.story_id = $3)`,
      [texts.map(exactOf), from, to],
    );
  }

  private async saveTexts(texts: readonly JoinedOpinion[]): Promise<void> {
    await this.on.write(SAVE_TEXTS, [
      texts.map((t) => exactOf(t.fingerprint)),
      texts.map((t) => t.storyId),
      texts.map((t) => t.fingerprint.grams),
      texts.map((t) => bytesOf(t.fingerprint.sketch)),
      textArray(texts.map((t) => t.places.join(SEPARATOR))),
      texts.map((t) => t.seenAt),
      textArray(texts.map((t) => t.fingerprint.keys.join(SEPARATOR))),
    ]);
  }
}

const ALIKE = `
  WITH wanted AS (SELECT * FROM unnest(${unseen('$1::int[]')}, ${unseen('$2::bigint[]')}, ${unseen('$3::timestamptz[]')}) AS t(i, exact, at)),
  keyed AS (SELECT * FROM unnest(${unseen('$4::int[]')}, ${unseen('$5::int[]')}, ${unseen('$6::timestamptz[]')}) AS t(i, key, at)),
  hits AS (
    SELECT w.i, s.text_id, 1000 AS weight FROM wanted w CROSS JOIN LATERAL (
      SELECT text_id FROM classifier.text t
      WHERE t.exact = w.exact AND t.last_seen_at BETWEEN w.at - make_interval(days => $7) AND w.at + make_interval(days => $7)
      ORDER BY t.last_seen_at DESC LIMIT ${MOST_PER_EXACT}) s
    UNION ALL
    SELECT k.i, s.text_id, 1 FROM keyed k CROSS JOIN LATERAL (
      SELECT text_id FROM classifier.text_key t
      WHERE t.key = k.key AND t.seen_at BETWEEN k.at - make_interval(days => $7) AND k.at + make_interval(days => $7)
      ORDER BY t.seen_at DESC LIMIT ${MOST_PER_KEY}) s),
  ranked AS (
    SELECT i, text_id, row_number() OVER (PARTITION BY i ORDER BY sum(weight) DESC, text_id) AS rank FROM hits GROUP BY i, text_id)
  SELECT r.i, t.exact, t.story_id AS "storyId", t.grams, t.sketch, t.places
  FROM ranked r JOIN classifier.text t USING (text_id) WHERE r.rank <= ${MOST_PER_OPINION} ORDER BY r.i, r.rank`;

/** The keys of a text that was there already are there already. */
const SAVE_TEXTS = `
  WITH given AS (
    SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::int[], $4::bytea[], $5::text[], $6::timestamptz[], $7::text[])
      AS t(exact, story_id, grams, sketch, places, at, keys)),
  saved AS (
    INSERT INTO classifier.text AS x (exact, story_id, grams, sketch, places, first_seen_at, last_seen_at)
    SELECT exact, story_id, grams, sketch, string_to_array(places, chr(31)), at, at FROM given
    ON CONFLICT (exact, story_id) DO UPDATE
      SET first_seen_at = least(x.first_seen_at, excluded.first_seen_at), last_seen_at = greatest(x.last_seen_at, excluded.last_seen_at)
    RETURNING text_id, exact, story_id, (xmax = 0) AS is_new)
  INSERT INTO classifier.text_key (key, seen_at, text_id)
  SELECT key::int, g.at, s.text_id FROM saved s JOIN given g USING (exact, story_id)
    CROSS JOIN LATERAL unnest(string_to_array(g.keys, chr(31))) AS key
  WHERE s.is_new ON CONFLICT DO NOTHING`;

/** 16 hexadecimal digits as PostgreSQL's signed 64 bits. */
function exactOf({ exact }: { exact: string }): string {
  return BigInt.asIntN(64, BigInt(`0x${exact}`)).toString();
}

/** As the machine writes numbers: little-endian on every machine that Node runs on. */
function bytesOf(sketch: readonly number[] | Int32Array): Buffer {
  return Buffer.from(Int32Array.from(sketch).buffer);
}

function knownOf({ exact, storyId, grams, sketch, places }: KnownRow): KnownText {
  const hex = BigInt.asUintN(64, BigInt(exact)).toString(16).padStart(16, '0');
  return { storyId, places, fingerprint: { exact: hex, grams, sketch: new Int32Array(new Uint8Array(sketch).buffer) } };
}
