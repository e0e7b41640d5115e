/**
 * What one opinion costs the classifier (judging it, finding its story, keeping both) with 10,000 and with 1,000,000 opinions in the archive,
 * as processor time of this process and of PostgreSQL: `npm run bench:archive -- [SMALL] [LARGE]`. JSON on the last line.
 * The archive is made by the database: of each of its opinions most terms and keys are its own, some are those of the opinions measured, so
 * that these find neighbours as they would among real ones. Whole pages in the write-ahead log are off: a page's first change after a
 * checkpoint costs the same whatever the archive, but a short measurement would meet little else in a large one.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { OpinionCollectedV1 } from '@huiying/contracts';
import { stableId } from '@huiying/domain';
import { Retention, Store, type Database } from '@huiying/persistence';
import { SystemClock } from '@huiying/settings';
import { fingerprintOf, loadSegmenter, matterBytes, MatterReader, matterOf, WordCounts } from '@huiying/text';
import { Classifying } from '../../apps/classifier/src/classifying.js';
import { readJudgingConfig } from '../../apps/classifier/src/judging/index.js';
import { SEARCH } from '../../apps/classifier/src/stories/matters.js';
import { startOwnPostgres } from '../support/event-log/own-postgres.js';
import { record } from './records.js';

const [small = '10000', large = '1000000'] = process.argv.slice(2);
const BATCH = 250;
const MEASURED = 2_000;
const WARM = 2_000;
/** Keys of a text, see fingerprintOf. */
const KEYS_EACH = 10;
const CHUNK = 100_000;
const lexicon = readJudgingConfig(resolve(__dirname, '../../config'));
const reader = new MatterReader(
  loadSegmenter((sentence) => console.error(sentence)),
  lexicon.placeNames,
);

interface Vocabulary {
  terms: number[];
  keys: number[];
  matters: Buffer[];
  sketches: Buffer[];
}

function opinion(n: number, mark: string): OpinionCollectedV1 {
  const { orderNo, title, content } = record(n, n % 10 === 0, mark);
  const now = new Date().toISOString();
  const opinionId = stableId('opinion', orderNo);
  const order = { orderNo, version: 1, appealType: '投诉', urgency: null, category: null, region: null, leadUnit: null, receivedAt: now };
  const words = { title: title!, text: content, url: null, author: null, publishedAt: now, capturedAt: now, sha256: 'a'.repeat(64) };
  const source = { sourceId: 'hotline', sourceName: '12345', channel: 'hotline' as const };
  const data = { opinionId, revision: 1, ...source, ...words, order } as OpinionCollectedV1['data'];
  return { id: stableId('collected', orderNo), type: 'opinion.collected', version: 1, occurredAt: now, causedBy: null, data };
}

function vocabulary(): Vocabulary {
  const found: Vocabulary = { terms: [], keys: [], matters: [], sketches: [] };
  const counts = WordCounts.empty();
  for (let n = 0; n < MEASURED; n++) {
    const { title, content } = record(n, n % 10 === 0, 'load');
    const { terms } = reader.read(title!, content);
    const matter = matterOf(terms, counts);
    counts.add(terms.map((one) => one.term));
    const { keys, sketch } = fingerprintOf(title!, content);
    found.terms.push(...matter.slice(0, SEARCH.terms).map((one) => one.term));
    found.keys.push(...keys);
    if (n % 10 === 0) {
      found.matters.push(matterBytes(matter));
      found.sketches.push(Buffer.from(Int32Array.from(sketch).buffer));
    }
  }
  return found;
}

/**
 * Each has the theme of one of the measured opinions: three of its twelve terms are of that opinion, and of every twentieth one key. So an
 * opinion meets in 10,000 about as many that share two terms as one of the real messages does among 4,000 (7), and in 1,000,000 all it looks at.
 */
const OWN = (salt: number) => `hashint8extended(g, ${salt})`;
const OF_THEME = (array: string, each: number, k: string) =>
  `(${array})[1 + ${each} * (g::bigint * 7919 % (cardinality(${array}) / ${each}))::int + (hashint8extended(g, 100 + ${k}) & 65535) % ${each}]`;
/** The archive's own day is fixed, so that statements of one filling agree on it. */
const AT = `date_trunc('day', now()) - make_interval(secs => (${OWN(1)} & 1048575) * 20)`;
const STORY = `md5('story' || g)::uuid`;
const FILL = [
  `INSERT INTO classifier.story SELECT ${STORY}, md5('opinion' || g)::uuid, ${AT} FROM generate_series($1::int, $2::int) g`,
  `INSERT INTO classifier.opinion SELECT md5('opinion' || g)::uuid, ${STORY}, 'first', 1, 1 FROM generate_series($1::int, $2::int) g`,
];
const FILL_TEXTS = `INSERT INTO classifier.text (text_id, exact, story_id, grams, sketch, places, first_seen_at, last_seen_at)
  OVERRIDING SYSTEM VALUE SELECT 100000000 + g, ${OWN(2)}, ${STORY}, 200, ($3::bytea[])[1 + g % cardinality($3::bytea[])], '{}', ${AT}, ${AT}
  FROM generate_series($1::int, $2::int) g`;
const FILL_KEYS = `INSERT INTO classifier.text_key
  SELECT DISTINCT CASE WHEN k < 10 OR g % 20 > 0 THEN hashint8extended(g, k)::bit(32)::int ELSE ${OF_THEME('$3::int[]', KEYS_EACH, 'k')} END, ${AT}, 100000000 + g
  FROM generate_series($1::int, $2::int) g, generate_series(1, 10) k`;
const FILL_MATTERS = `INSERT INTO classifier.story_matter (story_id, terms, posted, opinions, first_at, last_at, places)
  SELECT ${STORY}, ($3::bytea[])[1 + g % cardinality($3::bytea[])], '{1,2,3,4,5,6,7,8,9,10,11,12}', 1, ${AT}, ${AT}, '[]'
  FROM generate_series($1::int, $2::int) g`;
const FILL_TERMS = `INSERT INTO classifier.story_term
  SELECT DISTINCT CASE WHEN k <= 9 THEN hashint8extended(g, 20 + k)::bit(32)::int ELSE ${OF_THEME('$3::int[]', SEARCH.terms, 'k')} END, ${AT}, ${STORY}
  FROM generate_series($1::int, $2::int) g, generate_series(1, 12) k`;

/** Filled without their keys, which are built once at the end: ten times as fast. */
const KEYS = [
  ['text_key', 'key, seen_at, text_id'],
  ['story_term', 'term, posted_at, story_id'],
] as const;

async function fill(database: Database, from: number, to: number, words: Vocabulary): Promise<void> {
  for (const [table] of KEYS) await database.query(`ALTER TABLE classifier.${table} DROP CONSTRAINT ${table}_pkey`);
  for (let first = from; first <= to; first += CHUNK) {
    const range = [first, Math.min(to, first + CHUNK - 1)];
    for (const statement of FILL) await database.query(statement, range);
    await database.query(FILL_TEXTS, [...range, words.sketches]);
    await database.query(FILL_KEYS, [...range, words.keys]);
    await database.query(FILL_MATTERS, [...range, words.matters]);
    await database.query(FILL_TERMS, [...range, words.terms]);
    console.error(`archive: ${range[1]} opinions`);
  }
  await new Retention(database).prune(new SystemClock().now()); // as every process does daily: what is too old to be found is forgotten
  for (const [table, columns] of KEYS) await database.query(`ALTER TABLE classifier.${table} ADD PRIMARY KEY (${columns})`);
  for (const table of ['story', 'opinion', 'text', 'text_key', 'story_matter', 'story_term'])
    await database.query(`VACUUM ANALYZE classifier.${table}`);
  await database.query('CHECKPOINT');
}

/** Processor time of every process of the server that is at hand, in microseconds; null where it cannot be read. */
function postgresMicros(folder: string): number | null {
  try {
    const postmaster = readFileSync(`${folder}/postmaster.pid`, 'utf8').split('\n')[0]!;
    const ticks = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => statOf(pid, postmaster) ?? []);
    return ticks.reduce((sum, one) => sum + one, 0) * 10_000;
  } catch {
    return null;
  }
}

/** User and system ticks of the postmaster or one of its children; those of children that ended count with their parent. */
function statOf(pid: string, postmaster: string): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    if (pid !== postmaster && fields[1] !== postmaster) return null;
    return fields.slice(11, 15).reduce((sum, one) => sum + Number(one), 0);
  } catch {
    return null; // it ended meanwhile
  }
}

async function measure(database: Database, folder: string, archive: number, mark: 'warm' | 'load' | 'lat', from: number, count: number) {
  const classifying = new Classifying(new Store(database, 'classifier'), lexicon, new SystemClock(), undefined, reader);
  const [node, server] = [process.cpuUsage(), postgresMicros(folder)];
  for (let n = from; n < from + count; n += BATCH)
    await classifying.classify(Array.from({ length: BATCH }, (_, i) => opinion(n + i, mark)));
  const { user, system } = process.cpuUsage(node);
  const after = postgresMicros(folder);
  const postgres = server === null || after === null ? null : Math.round((after - server) / count);
  return { archive, opinions: count, nodeMicros: Math.round((user + system) / count), postgresMicros: postgres };
}

async function main(): Promise<void> {
  const postgres = await startOwnPostgres({ maintenance_work_mem: '1GB', max_wal_size: '8GB', full_page_writes: 'off', autovacuum: 'off' });
  const database = await postgres.open(4);
  try {
    const [{ folder }] = (await database.query<{ folder: string }>(`SELECT current_setting('data_directory') AS folder`)) as [
      { folder: string },
    ];
    const words = vocabulary();
    await fill(database, 1, Number(small), words);
    await measure(database, folder, Number(small), 'warm', 0, WARM);
    const before = await measure(database, folder, Number(small), 'load', 0, MEASURED / 2);
    await fill(database, Number(small) + 1, Number(large), words);
    await measure(database, folder, Number(large), 'warm', WARM, WARM / 2);
    const after = await measure(database, folder, Number(large), 'load', MEASURED / 2, MEASURED / 2);
    const total = (one: typeof before) => one.nodeMicros + (one.postgresMicros ?? 0);
    console.log(JSON.stringify({ bench: 'archive', before, after, ratio: Math.round((total(after) / total(before)) * 100) / 100 }));
  } finally {
    await database.close();
    await postgres.stop();
  }
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error);
    process.exit(1);
  },
);
