import { PLACE, type MatterTerm, type MatterText } from './matter-terms.js';

/** What is remembered of a text of a source: hashes of its terms and of its figures. */
interface Said {
  terms: ReadonlySet<number>;
  figures: ReadonlySet<number>;
}

/** The last texts of one source, the newest last: what they all say is its formula, not their matter. */
export type SourceHabits = readonly Said[];

type SaidText = Pick<MatterText, 'terms' | 'figures'>;

/** So many texts are remembered, and so many must be before anything is called routine. */
const REMEMBERED = 12;
const LEAST = 4;
/** Of a text the first so many terms: a bulletin says its formula early, and is short. */
const MOST_TERMS = 96;
/** What stands in so many of the source's texts is its formula; what stands in two of them is usual there. */
const FORMULA_SHARE = 0.75;
const USUAL = 2;
/** What is unusual can be told after so many texts. */
const KNOWN = 8;
/**
 * So much of a routine text is formula. Of 4,326 real messages to one forum none has more than 5 %, of 2,382 posts and 10,000 headlines
 * none any; invented bulletins of roads, weather and prices have 39 % and more.
 */
const ROUTINE_SHARE = 0.25;
/** What is formula nearly to the last word is a copy with a figure mended. */
const COPY_SHARE = 0.8;

/**
 * Whether a text is an issue of a series: much of it is what its source says every time, and a figure in it (a time, a day, a number) is
 * another than the times before. Road bulletins, weather, prices. Copies of one complaint have the same figures and are none.
 */
export function isRoutine(text: SaidText, habits: SourceHabits): boolean {
  if (habits.length < LEAST || text.terms.length === 0) return false;
  const least = Math.ceil(habits.length * FORMULA_SHARE);
  const says = (of: keyof Said, hash: number) => habits.filter((said) => said[of].has(hash)).length;
  if (!text.figures.some((figure) => says('figures', figure) < least)) return false;
  const terms = text.terms.slice(0, MOST_TERMS);
  const share = terms.filter(({ term }) => says('terms', term) >= least).length / terms.length;
  return share >= ROUTINE_SHARE && share < COPY_SHARE;
}

/**
 * What of an issue of a series may tell a matter: words that are not usual in the series and no figures, and what stands beside them;
 * none while too little of the series is known.
 */
export function withoutUsual({ terms, figures }: SaidText, habits: SourceHabits): MatterTerm[] {
  if (habits.length < KNOWN) return [];
  const isUnusual = (term: number) => !figures.includes(term) && habits.filter((said) => said.terms.has(term)).length < USUAL;
  const words = new Set(terms.filter(({ term, second }) => second === 0 && isUnusual(term)).map(({ first }) => first));
  words.delete(PLACE);
  return terms.filter(({ first, second }) => words.has(first) || words.has(second));
}

/** The habits once the source has said one more text. */
export function withSaid(habits: SourceHabits, { terms, figures }: SaidText): SourceHabits {
  const said = { terms: new Set(terms.slice(0, MOST_TERMS).map((one) => one.term)), figures: new Set(figures) };
  return [...habits.slice(-(REMEMBERED - 1)), said];
}

/** Per text: how many terms and figures, then both; int4, little endian. */
export function habitsBytes(habits: SourceHabits): Buffer {
  const values = habits.flatMap(({ terms, figures }) => [terms.size, figures.size, ...terms, ...figures]);
  return Buffer.from(Int32Array.from(values).buffer);
}

/** @throws RangeError when the bytes are not those of habitsBytes */
export function habitsFrom(bytes: Uint8Array): SourceHabits {
  if (bytes.length % 4 !== 0) throw new RangeError(`habits must be whole numbers of 4 bytes; got ${bytes.length} bytes`);
  const values = new Int32Array(Uint8Array.from(bytes).buffer);
  const habits: Said[] = [];
  for (let at = 0; at < values.length;) {
    const [terms, figures] = [values[at]!, values[at + 1]!];
    const [from, between] = [at + 2, at + 2 + terms];
    at = between + figures;
    habits.push({ terms: new Set(values.subarray(from, between)), figures: new Set(values.subarray(between, at)) });
  }
  return habits;
}
