/**
 * What one opinion costs the classifier (judging it, finding its story, keeping both) with 10,000 and with 1,000,000 opinions in the archive,
 * as processor time of this process and of PostgreSQL: `npm run bench:archive -- [SMALL] [LARGE]`. JSON on the last line.
 * Both archives stand side by side, each in a server of its own, and the same opinions come to the one and the other by turns, so that
 * whatever else the machine does falls on both; the medians of the rounds count. Whole pages in the write-ahead log are off: a page's first
 * change after a checkpoint costs the same whatever the archive, but a short measurement would meet little else in a large one.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { OpinionCollectedV1 } from '@huiying/contracts';
import { stableId } from '@huiying/domain';
import { Store, type Database } from '@huiying/persistence';
import { SystemClock } from '@huiying/settings';
import { fingerprintOf, loadSegmenter, matterBytes, MatterReader, matterOf, WordCounts } from '@huiying/text';
import { Classifying } from '../../apps/classifier/src/classifying.js';
import { readJudgingConfig } from '../../apps/classifier/src/judging/index.js';
import { SEARCH } from '../../apps/classifier/src/stories/matters.js';
import { startOwnPostgres, type OwnPostgres } from '../support/event-log/own-postgres.js';
import { fillArchive, type Vocabulary } from './archive-filling.js';
import { record } from './records.js';

const [small = '10000', large = '1000000'] = process.argv.slice(2);
/** Opinions of one round; those of the first rounds only warm up. */
const EACH = 250;
const ROUNDS = 16;
const WARM = 4;
const lexicon = readJudgingConfig(resolve(__dirname, '../../config'));
const reader = new MatterReader(
  loadSegmenter((sentence) => console.error(sentence)),
  lexicon.placeNames,
);

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
  for (let n = 0; n < EACH * (WARM + ROUNDS); n++) {
    const { title, content } = record(n, n % 10 === 0, 'load');
    const { terms } = reader.read(title!, content);
    const matter = matterOf(terms, counts);
    counts.add(terms.map((one) => one.term));
    const { keys, sketch } = fingerprintOf(title!, content);
    found.terms.push(matter.slice(0, SEARCH.terms).map((one) => one.term));
    found.keys.push(...keys);
    if (n % 10 !== 0) continue;
    found.matters.push(matterBytes(matter));
    found.sketches.push(Buffer.from(Int32Array.from(sketch).buffer));
  }
  return found;
}

/** Processor time of every process of a server that is at hand, in microseconds; null where it cannot be read. */
function postgresMicros(folder: string): number | null {
  try {
    const postmaster = readFileSync(`${folder}/postmaster.pid`, 'utf8').split('\n')[0]!;
    const nanos = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => nanosOf(pid, postmaster));
    return nanos.reduce((sum, one) => sum + one, 0) / 1_000;
  } catch {
    return null;
  }
}

/** Of the postmaster or one of its children; 0 of any other process. */
function nanosOf(pid: string, postmaster: string): number {
  try {
    const parent = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[1];
    if (pid !== postmaster && parent !== postmaster) return 0;
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]);
  } catch {
    return 0; // it ended meanwhile
  }
}

/** An archive with the classifier that works on it. */
class Archive {
  readonly node: number[] = [];
  readonly postgres: (number | null)[] = [];
  private readonly classifying: Classifying;

  private constructor(
    readonly size: number,
    private readonly server: OwnPostgres,
    readonly database: Database,
    private readonly folder: string,
  ) {
    this.classifying = new Classifying(new Store(database, 'classifier'), lexicon, new SystemClock(), undefined, reader);
  }

  static async filled(size: number, words: Vocabulary): Promise<Archive> {
    const server = await startOwnPostgres({ maintenance_work_mem: '1GB', max_wal_size: '8GB', full_page_writes: 'off', autovacuum: 'off' });
    const database = await server.open(4);
    await fillArchive(database, size, words);
    const [row] = await database.query<{ folder: string }>(`SELECT current_setting('data_directory') AS folder`);
    return new Archive(size, server, database, row!.folder);
  }

  async take(round: number): Promise<void> {
    const opinions = Array.from({ length: EACH }, (_, i) => opinion(round * EACH + i, 'load'));
    const [node, server] = [process.cpuUsage(), postgresMicros(this.folder)];
    await this.classifying.classify(opinions);
    const { user, system } = process.cpuUsage(node);
    const after = postgresMicros(this.folder);
    if (round < WARM) return;
    this.node.push((user + system) / EACH);
    this.postgres.push(server === null || after === null ? null : (after - server) / EACH);
  }

  total(round: number): number {
    return this.node[round]! + (this.postgres[round] ?? 0);
  }

  figures(): Record<string, unknown> {
    const postgres = this.postgres.filter((one) => one !== null);
    const totals = this.node.map((_, round) => this.total(round));
    const rounded = (values: number[]) => (values.length === 0 ? null : Math.round(median(values)));
    const spread = [Math.min(...totals), Math.max(...totals)].map(Math.round);
    return { archive: this.size, nodeMicros: rounded(this.node), postgresMicros: rounded(postgres), micros: rounded(totals), spread };
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.server.stop();
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

async function main(): Promise<void> {
  const words = vocabulary();
  const archives = [await Archive.filled(Number(small), words), await Archive.filled(Number(large), words)] as const;
  try {
    for (let round = 0; round < WARM + ROUNDS; round++)
      for (const archive of round % 2 === 0 ? archives : [...archives].reverse()) await archive.take(round);
    const [before, after] = archives;
    const ratios = before.node.map((_, round) => after.total(round) / before.total(round));
    const hundredths = (value: number) => Math.round(value * 100) / 100;
    const ratio = { ratio: hundredths(median(ratios)), ratioSpread: [Math.min(...ratios), Math.max(...ratios)].map(hundredths) };
    console.log(
      JSON.stringify({ bench: 'archive', rounds: ROUNDS, each: EACH, before: before.figures(), after: after.figures(), ...ratio }),
    );
  } finally {
    for (const archive of archives) await archive.close();
  }
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error);
    process.exit(1);
  },
);
