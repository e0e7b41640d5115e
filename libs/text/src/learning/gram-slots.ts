/** Slots of the hash table over grams: 2^20. A city's history has some 300,000 different grams, of which a third come more than once. */
export const SLOT_BITS = 20;
const SHIFT = 32 - SLOT_BITS;

/** One text, in the parts that the learner weighs apart. All strings are folded. */
export interface LearnedText {
  /** What stands over the text, or its first words where nothing does. */
  title: string;
  /** Title and text together. */
  whole: string;
  /** Words found otherwise (terms of the lexicon, signs of how it is written), each a feature of its own, as tokenOf() gives them. */
  tokens?: readonly number[];
  /** Title and text as they were written, not folded: how something is said, where that counts more than what. */
  written?: string;
}

export const PARTS = ['title', 'whole', 'tokens', 'written'] as const;
const SALTS = [0x1b873593, 0x00000000, 0x5bd1e995, 0x27d4eb2f];
const LONGEST_GRAM = 3;
const SPREAD = 0x85ebca6b;

/** Of a longer text the grams after so many are left out. */
export const MOST_GRAMS = (1 << 16) - 1;

/** A word as a number, to be made once for a word that many texts have. */
export function tokenOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash;
}

/** The slots of a part's tokens or character 1- to 3-grams in order of place, each as often as it stands there: the first `size` of them. */
export interface Grams {
  slots: Int32Array;
  size: number;
}

/** Where the k-th gram of a text of this length stands: 4 × start + number of characters. */
export function placeOfGram(k: number, length: number): number {
  const isLast = k === LONGEST_GRAM * (length - 1) - 1; // the last character but one begins two grams, the last one
  return isLast ? (length - 1) * 4 + 1 : Math.floor(k / LONGEST_GRAM) * 4 + 1 + (k % LONGEST_GRAM);
}

let ofText: LearnedText | null = null;
const parts = PARTS.map(() => ({ slots: new Int32Array(1 << 12), size: -1 }));

/** The grams of one part, found once however many models are asked about the text; valid until another text is asked for. */
export function gramsOf(text: LearnedText, part: number): Grams {
  if (ofText !== text) {
    for (const grams of parts) grams.size = -1;
    ofText = text;
  }
  const grams = parts[part]!;
  if (grams.size >= 0) return grams;
  const name = PARTS[part]!;
  if (name === 'tokens') findTokens(grams, text.tokens ?? [], SALTS[part]!);
  else findGrams(grams, text[name] ?? '', SALTS[part]!);
  return grams;
}

function findTokens(grams: Grams, tokens: readonly number[], salt: number): void {
  const slots = makeRoom(grams, tokens.length);
  for (let i = 0; i < grams.size; i++) slots[i] = Math.imul(tokens[i]! ^ salt, SPREAD) >>> SHIFT;
}

function findGrams(grams: Grams, text: string, salt: number): void {
  const { length } = text;
  const slots = makeRoom(grams, length > 1 ? LONGEST_GRAM * (length - 1) : length);
  const { size } = grams;
  for (let start = 0, k = 0; k < size; start++) {
    let hash = salt;
    for (let end = start; end < start + LONGEST_GRAM && end < length && k < size; end++) {
      hash = Math.imul(hash ^ text.charCodeAt(end), 0x9e3779b1);
      hash ^= hash >>> 15;
      slots[k++] = Math.imul(hash, SPREAD) >>> SHIFT;
    }
  }
}

function makeRoom(grams: Grams, wanted: number): Int32Array {
  grams.size = Math.min(wanted, MOST_GRAMS);
  if (grams.slots.length < grams.size) grams.slots = new Int32Array(MOST_GRAMS);
  return grams.slots;
}
