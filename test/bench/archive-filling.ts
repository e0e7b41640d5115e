import { Retention, STORY_REACH, type Database } from '@huiying/persistence';
import { SystemClock } from '@huiying/settings';
import { SEARCH } from '../../apps/classifier/src/stories/matters.js';
import { ArchiveTerms } from './archive-terms.js';

/** What the opinions say that will be measured; of each the terms that it looks for, heaviest first. */
export interface Vocabulary {
  terms: number[][];
  keys: number[];
  matters: Buffer[];
  sketches: Buffer[];
}

/** Keys of a text, see fingerprintOf. */
const KEYS_EACH = 10;
const CHUNK = 100_000;
/** Of a term of the opinions measured so many of its newest opinions are entered: more are never looked at. */
const NEWEST = 16;
const NUMBERS = 'generate_series($1::int, $2::int) g';
const STORY = `md5('story' || g)::uuid`;
/** Evenly over the days that are looked back, in order, up to this moment. $3 opinions in all; the day is fixed, so that statements agree. */
const AT = `(date_trunc('day', now()) - ($3::int - g) * make_interval(days => ${STORY_REACH.matter}) / $3::int)`;
const MINUTE = `floor(extract(epoch FROM ${AT}) / 60)::int`;
const FILL = [
  `INSERT INTO classifier.story SELECT ${STORY}, md5('opinion' || g)::uuid, ${AT} FROM ${NUMBERS}`,
  `INSERT INTO classifier.opinion SELECT md5('opinion' || g)::uuid, ${STORY}, 'first', 1, $3::int / $3::int FROM ${NUMBERS}`,
];
const COPIES = `${AT} > now() - make_interval(days => ${STORY_REACH.copy})`;
const FILL_TEXTS = `INSERT INTO classifier.text (text_id, exact, story_id, grams, sketch, places, first_seen_at, last_seen_at)
  OVERRIDING SYSTEM VALUE
  SELECT 100000000 + g, hashint8extended(g, 2), ${STORY}, 200, ($4::bytea[])[1 + g % cardinality($4::bytea[])], '{}', ${AT}, ${AT}
  FROM ${NUMBERS} WHERE ${COPIES}`;
/** Of every twentieth text one key is of an opinion that is measured, the others are its own. */
const FILL_KEYS = `INSERT INTO classifier.text_key
  SELECT DISTINCT CASE WHEN k < ${KEYS_EACH} OR g % 20 > 0 THEN hashint8extended(g, k)::bit(32)::int
    ELSE ($4::int[])[1 + (hashint8extended(g, 99) & 2147483647) % cardinality($4::int[])] END, ${AT}, 100000000 + g
  FROM ${NUMBERS}, generate_series(1, ${KEYS_EACH}) k WHERE ${COPIES}`;
const FILL_MATTERS = `INSERT INTO classifier.story_matter (number, story_id, terms, posted, opinions, first_at, last_at, places)
  OVERRIDING SYSTEM VALUE
  SELECT g, ${STORY}, ($4::bytea[])[1 + g % cardinality($4::bytea[])], ($5::int[])[(g - $1) * $6 + 1 : (g - $1 + 1) * $6], 1, ${AT}, ${AT}, '[]'
  FROM ${NUMBERS}`;
const FILL_TERMS = `INSERT INTO classifier.story_term SELECT term, ${MINUTE}, g
  FROM (SELECT term, $1::int + ((n - 1) / $4::int)::int AS g FROM unnest($2::int[]) WITH ORDINALITY AS t(term, n)) t`;
const FILL_MEASURED = `INSERT INTO classifier.story_term SELECT term, ${MINUTE}, g
  FROM unnest($1::int[], $2::int[]) AS t(term, g) ON CONFLICT DO NOTHING`;
const TABLES = ['story', 'opinion', 'text', 'text_key', 'story_matter', 'story_term'];

/** Fills an empty database with an archive of so many opinions, ordered by time as a real one is. */
export async function fillArchive(database: Database, opinions: number, words: Vocabulary): Promise<void> {
  const terms = new ArchiveTerms(opinions, SEARCH);
  const hashes = terms.entered.map(hashed);
  // Its key is built once at the end: ten times as fast.
  await database.query(`ALTER TABLE classifier.story_term DROP CONSTRAINT story_term_pkey`);
  for (let first = 1; first <= opinions; first += CHUNK) {
    const last = Math.min(opinions, first + CHUNK - 1);
    const range = [first, last, opinions];
    const entered = [...hashes.subarray((first - 1) * SEARCH.entered, last * SEARCH.entered)];
    for (const statement of FILL) await database.query(statement, range);
    await database.query(FILL_TEXTS, [...range, words.sketches]);
    await database.query(FILL_KEYS, [...range, words.keys]);
    await database.query(FILL_MATTERS, [...range, words.matters, entered, SEARCH.entered]);
    await database.query(FILL_TERMS, [first, entered, opinions, SEARCH.entered]);
    console.error(`archive of ${opinions}: ${last}`);
  }
  await database.query(`ALTER TABLE classifier.story_term ADD PRIMARY KEY (term, posted_minute, story)`);
  const measured = measuredTerms(terms, words);
  await database.query(FILL_MEASURED, [measured.map((one) => one.term), measured.map((one) => one.number), opinions]);
  await database.query(`ALTER TABLE classifier.story_matter ALTER number RESTART WITH ${opinions + 1}`);
  await new Retention(database).prune(new SystemClock().now()); // as every process does daily
  for (const table of TABLES) await database.query(`VACUUM ANALYZE classifier.${table}`);
  await database.query('CHECKPOINT');
}

/** The opinions to be measured are drawn as the archive's next ones: what they look for is found where a next one's would be. */
function measuredTerms(terms: ArchiveTerms, words: Vocabulary): { term: number; number: number }[] {
  const wanted = new Map<number, number>();
  for (const own of words.terms) {
    const drawn = terms.next();
    own.forEach((term, i) => {
      const id = drawn[i];
      if (id !== null && id !== undefined && !wanted.has(term)) wanted.set(term, id);
    });
  }
  const newest = new Map([...wanted.values()].map((id) => [id, [] as number[]]));
  for (let at = terms.entered.length - 1; at >= 0; at--) {
    const found = newest.get(terms.entered[at]!);
    if (found && found.length < NEWEST) found.push(Math.floor(at / SEARCH.entered) + 1);
  }
  return [...wanted].flatMap(([term, id]) => newest.get(id)!.map((number) => ({ term, number })));
}

/** Ids in an order of their own, as hashes of words are: neighbours in the index share nothing. */
function hashed(id: number): number {
  const mixed = Math.imul(id ^ (id >>> 16), 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) ^ (mixed >>> 16);
}
