/** A run of Chinese characters, or a word of other letters and digits. */
const RUNS = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
const HAN = /\p{Script=Han}/u;
/** Longest text indexed, in characters: what stands further down is not found, but costs nothing either. */
const INDEXED_CHARACTERS = 4_000;
const LONGEST_WORD = 40;

/**
 * The words under which a text is found. Chinese is cut into overlapping pairs of characters, so that every two-character
 * word is found whatever a segmenter would make of it; the last character of a run stands alone too, so that a search for
 * one character finds it by its beginning.
 */
export function searchWords(text: string): string[] {
  const words = new Set<string>();
  for (const [run] of text.slice(0, INDEXED_CHARACTERS).toLowerCase().matchAll(RUNS)) {
    if (!HAN.test(run)) {
      words.add(run.slice(0, LONGEST_WORD));
      continue;
    }
    const characters = [...run];
    for (let i = 0; i + 1 < characters.length; i++) words.add(characters[i]! + characters[i + 1]!);
    words.add(characters[characters.length - 1]!);
  }
  return [...words];
}

/** What a person typed into the search box: terms that must all be there, and the query that finds candidates for them. */
export interface SearchQuery {
  terms: string[];
  /** For to_tsquery-free casting: `'水管' & '管爆':*`. */
  tsquery: string;
}

/** null where nothing searchable was typed. A term is found as it stands; case does not matter. */
export function searchQuery(typed: string): SearchQuery | null {
  const terms: string[] = [];
  const lexemes: string[] = [];
  for (const term of typed.toLowerCase().split(/\s+/)) {
    const found = lexemesOf(term);
    if (found.length === 0) continue;
    terms.push(term);
    lexemes.push(...found);
  }
  return terms.length === 0 ? null : { terms, tsquery: [...new Set(lexemes)].join(' & ') };
}

/** A word of letters and a lone character match what begins with them. Lexemes hold letters and digits only: nothing to escape. */
function lexemesOf(term: string): string[] {
  return [...term.matchAll(RUNS)].flatMap(([run]) => {
    if (!HAN.test(run)) return [`'${run.slice(0, LONGEST_WORD)}':*`];
    const characters = [...run];
    if (characters.length === 1) return [`'${run}':*`];
    return characters.slice(1).map((character, i) => `'${characters[i]}${character}'`);
  });
}
