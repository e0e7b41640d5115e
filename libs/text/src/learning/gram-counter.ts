/** Slots of the hash table over grams: 2^20. A city's history has some 300,000 different grams, of which a third come more than once. */
export const SLOT_BITS = 20;
const SHIFT = 32 - SLOT_BITS;

/** One text, in the parts that the learner weighs apart. All strings are folded. */
export interface LearnedText {
  /** What stands over the text, or its first words where nothing does. */
  title: string;
  /** Title and text together. */
  whole: string;
  /** Words found otherwise (terms of the lexicon, words of the segmenter); each a feature of its own. */
  tokens?: readonly string[];
}

export const PARTS = ['title', 'whole', 'tokens'] as const;
const SALTS = [0x1b873593, 0x00000000, 0x5bd1e995];
const LONGEST_GRAM = 3;

/** What a text holds of one part: each slot once, in order of place, and how often. The arrays are longer than `size`. */
export interface Counted {
  slots: Int32Array;
  times: Uint16Array;
  size: number;
}

/** A text of more different grams is judged by the first so many. */
const MOST_GRAMS = 1 << 16;
const LEAST_PLACES = 1 << 6;

/**
 * Counts the character 1- to 3-grams of a text by hashed slot. One counter serves many texts one after another without making garbage:
 * what count() gave is valid until the next call.
 */
export class GramCounter {
  private readonly slots = new Int32Array(MOST_GRAMS);
  private readonly times = new Uint16Array(MOST_GRAMS);
  /**
   * An open-addressing table from slot to 1 + its index in `slots`; of it, only as many places are used as the text needs, so that the
   * grams of a message are counted within the processor's nearest cache.
   */
  private readonly places = new Int32Array(MOST_GRAMS * 2);
  private mask = 0;
  private size = 0;

  /** Counts one part. */
  count(part: number, text: LearnedText): Counted {
    this.size = 0;
    if (PARTS[part] === 'tokens') this.tokens(text.tokens ?? [], SALTS[part]!);
    else this.grams(PARTS[part] === 'title' ? text.title : text.whole, SALTS[part]!);
    return { slots: this.slots, times: this.times, size: this.size };
  }

  private tokens(tokens: readonly string[], salt: number): void {
    this.makeRoom(tokens.length);
    for (const token of tokens) this.add(slotOf(hashed(token) ^ salt));
  }

  private grams(text: string, salt: number): void {
    const { length } = text;
    this.makeRoom(length * LONGEST_GRAM);
    for (let start = 0; start < length; start++) {
      let hash = salt;
      const end = start + LONGEST_GRAM < length ? start + LONGEST_GRAM : length;
      for (let i = start; i < end; i++) {
        hash = Math.imul(hash ^ text.charCodeAt(i), 0x9e3779b1);
        hash ^= hash >>> 15;
        this.add(Math.imul(hash, 0x85ebca6b) >>> SHIFT);
      }
    }
  }

  /** Empties as many places as keep the table at most half full. */
  private makeRoom(grams: number): void {
    let wanted = LEAST_PLACES;
    while (wanted < grams * 2 && wanted < this.places.length) wanted *= 2;
    this.mask = wanted - 1;
    this.places.fill(0, 0, wanted);
  }

  private add(slot: number): void {
    const { places, slots, times, mask } = this;
    let place = slot & mask;
    for (let known = places[place]!; known !== 0; known = places[place]!) {
      if (slots[known - 1] === slot) {
        if (times[known - 1]! < 0xffff) times[known - 1]!++;
        return;
      }
      place = (place + 1) & mask;
    }
    if (this.size === MOST_GRAMS) return;
    slots[this.size] = slot;
    times[this.size++] = 1;
    places[place] = this.size;
  }
}

/** Tells every gram of a text with its slot, in order of place, shorter before longer. */
export function eachGram(text: string, part: number, tell: (slot: number, start: number, end: number) => void): void {
  const length = text.length;
  for (let start = 0; start < length; start++) {
    let hash = SALTS[part]!;
    const end = Math.min(start + LONGEST_GRAM, length);
    for (let i = start; i < end; i++) {
      hash = Math.imul(hash ^ text.charCodeAt(i), 0x9e3779b1);
      hash ^= hash >>> 15;
      tell(slotOf(hash), start, i + 1);
    }
  }
}

function slotOf(hash: number): number {
  return Math.imul(hash, 0x85ebca6b) >>> SHIFT;
}

function hashed(token: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < token.length; i++) hash = Math.imul(hash ^ token.charCodeAt(i), 0x01000193);
  return hash;
}

/** What a text holds of one part, kept: each slot once, with 1 + ln of how often it is there. */
export interface CountedPart {
  slots: Int32Array;
  damped: Float32Array;
}

/** 1 + ln times, for the usual numbers of times. */
const DAMPED = Float32Array.from({ length: 256 }, (_, times) => (times === 0 ? 0 : 1 + Math.log(times)));
const counter = new GramCounter();
const COUNTED = new WeakMap<LearnedText, CountedPart[]>();

/** The parts of a text, counted once however many models are asked about it. */
export function countedParts(text: LearnedText): readonly CountedPart[] {
  const there = COUNTED.get(text);
  if (there) return there;
  const parts = PARTS.map((_, part) => {
    const { slots, times, size } = counter.count(part, text);
    const damped = new Float32Array(size); // filled here, not by Float32Array.from: a call for each gram takes longer than all the rest
    for (let i = 0; i < size; i++) damped[i] = times[i]! < DAMPED.length ? DAMPED[times[i]!]! : 1 + Math.log(times[i]!);
    return { slots: slots.slice(0, size), damped };
  });
  COUNTED.set(text, parts);
  return parts;
}
