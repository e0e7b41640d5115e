import { WordCounts } from '@huiying/text';
import type { Queries } from '../database.js';

/** Deltas are added up once so many wait, or so many texts: the sum is 2 MB, a batch of texts a tenth of that. */
const MOST_DELTAS = 200;
const MOST_TEXTS = 5_000;

/**
 * In how many texts each term stood, over all processes and restarts. Each batch leaves what it read as a delta; now and then they are
 * added up. A process keeps the sum in memory and reads only what is new. Used under StoryTexts.waitForTurn, by one process at a time.
 */
export class WordMemory {
  private counts = WordCounts.empty();
  private upto = 0;

  /** The counts as of now: those of every batch that committed. */
  async catchUp(on: Queries): Promise<WordCounts> {
    const [sum] = await on.query<{ upto: string }>(`SELECT upto FROM classifier.word_count`);
    if (Number(sum?.upto ?? 0) > this.upto) await this.readSum(on);
    const deltas = await on.query<{ id: string; texts: number; terms: Buffer }>(
      `SELECT delta_id AS id, texts, terms FROM classifier.word_delta WHERE delta_id > $1 ORDER BY delta_id`,
      [this.upto],
    );
    for (const delta of deltas) {
      for (const terms of textsOf(delta.terms)) this.counts.add(terms);
      this.upto = Number(delta.id);
    }
    return this.counts;
  }

  /** Leaves what was read: the terms of each text. They count from the next catchUp on, in every process. */
  async leave(on: Queries, texts: readonly (readonly number[])[]): Promise<void> {
    await on.query(`INSERT INTO classifier.word_delta (texts, terms) VALUES ($1, $2)`, [texts.length, bytesOf(texts)]);
    const [waiting] = await on.query<{ deltas: number; texts: number }>(
      `SELECT count(*)::int AS deltas, coalesce(sum(texts), 0)::int AS texts FROM classifier.word_delta`,
    );
    if (waiting!.deltas > MOST_DELTAS || waiting!.texts > MOST_TEXTS) await this.addUp(on);
  }

  private async addUp(on: Queries): Promise<void> {
    const counts = await this.catchUp(on);
    await on.query(
      `INSERT INTO classifier.word_count (upto, texts, counts) VALUES ($1, $2, $3)
       ON CONFLICT (one) DO UPDATE SET upto = excluded.upto, texts = excluded.texts, counts = excluded.counts`,
      [this.upto, counts.texts, counts.toBytes()],
    );
    await on.query(`DELETE FROM classifier.word_delta WHERE delta_id <= $1`, [this.upto]);
    this.forget(); // should the transaction fail, the memory would hold what never was: it is read again
  }

  private async readSum(on: Queries): Promise<void> {
    const [sum] = await on.query<{ upto: string; texts: number; counts: Buffer }>(`SELECT upto, texts, counts FROM classifier.word_count`);
    this.counts = WordCounts.from(sum!.counts, sum!.texts);
    this.upto = Number(sum!.upto);
  }

  private forget(): void {
    this.counts = WordCounts.empty();
    this.upto = 0;
  }
}

/** Per text: how many terms, then the terms; int4, little endian. */
function bytesOf(texts: readonly (readonly number[])[]): Buffer {
  const values = texts.flatMap((terms) => [terms.length, ...terms]);
  return Buffer.from(Int32Array.from(values).buffer);
}

function* textsOf(bytes: Buffer): Generator<Int32Array> {
  const values = new Int32Array(Uint8Array.from(bytes).buffer);
  for (let at = 0; at < values.length; at += values[at]! + 1) yield values.subarray(at + 1, at + 1 + values[at]!);
}
