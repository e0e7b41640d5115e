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

/** A word as a number, to be made once for a word that many texts have. */
export function tokenOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash;
}

/** What a text holds of one part: each slot once, in order of place, and how often. The arrays are longer than `size`. */
export interface Counted {
  slots: Int32Array;
  times: Uint16Array;
  /** Where it first stands: 4 × start + length; of tokens 0. */
  firsts: Int32Array;
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
  private readonly firsts = new Int32Array(MOST_GRAMS);
  /**
   * An open-addressing table from slot to 1 + its index in `slots`; of it, only as many places are used as the text needs, so that the
   * grams of a message are counted within the processor's nearest cache.
   */
  private readonly places = new Int32Array(MOST_GRAMS * 2);
  private size = 0;

  /** Counts one part. */
  count(part: number, text: LearnedText): Counted {
    this.size = 0;
    const name = PARTS[part]!;
    if (name === 'tokens') this.tokens(text.tokens ?? [], SALTS[part]!);
    else this.grams(text[name] ?? '', SALTS[part]!);
    return { slots: this.slots, times: this.times, firsts: this.firsts, size: this.size };
  }

  private tokens(tokens: readonly number[], salt: number): void {
    const mask = this.makeRoom(tokens.length);
    for (let i = 0; i < tokens.length; i++) this.add(Math.imul(tokens[i]! ^ salt, SPREAD) >>> SHIFT, 0, mask);
  }

  private grams(text: string, salt: number): void {
    const { length } = text;
    const mask = this.makeRoom(length * LONGEST_GRAM);
    for (let start = 0; start < length; start++) {
      let hash = salt;
      for (let size = 1; size <= LONGEST_GRAM && start + size <= length; size++) {
        hash = Math.imul(hash ^ text.charCodeAt(start + size - 1), 0x9e3779b1);
        hash ^= hash >>> 15;
        this.add(Math.imul(hash, SPREAD) >>> SHIFT, start * 4 + size, mask);
      }
    }
  }

  /** Empties as many places as keep the table at most half full. @returns the mask of a place */
  private makeRoom(grams: number): number {
    let wanted = LEAST_PLACES;
    while (wanted < grams * 2 && wanted < this.places.length) wanted *= 2;
    this.places.fill(0, 0, wanted);
    return wanted - 1;
  }

  private add(slot: number, first: number, mask: number): void {
    const { places, slots, times, size } = this;
    let place = slot & mask;
    for (let known = places[place]!; known !== 0; known = places[place]!) {
      if (slots[known - 1] === slot) {
        if (times[known - 1]! < 0xffff) times[known - 1]!++;
        return;
      }
      place = (place + 1) & mask;
    }
    if (size === MOST_GRAMS) return;
    slots[size] = slot;
    times[size] = 1;
    this.firsts[size] = first;
    this.size = places[place] = size + 1;
  }
}

const SPREAD = 0x85ebca6b;

/** What a text holds of one part, kept: each slot once, with 1 + ln of how often it is there, and where it first stands (as in Counted). */
export interface CountedPart {
  slots: Int32Array;
  damped: Float32Array;
  firsts: Int32Array;
}

/** 1 + ln times, for the usual numbers of times. */
const DAMPED = Float32Array.from({ length: 256 }, (_, times) => (times === 0 ? 0 : 1 + Math.log(times)));
const counter = new GramCounter();
const COUNTED = new WeakMap<LearnedText, (CountedPart | undefined)[]>();

/** One part of a text, counted once however many models are asked about it. */
export function countedPart(text: LearnedText, part: number): CountedPart {
  let parts = COUNTED.get(text);
  if (parts === undefined) COUNTED.set(text, (parts = []));
  return (parts[part] ??= counted(text, part));
}

function counted(text: LearnedText, part: number): CountedPart {
  const { slots, times, firsts, size } = counter.count(part, text);
  const damped = new Float32Array(size); // filled here, not by Float32Array.from: a call for each gram takes longer than all the rest
  for (let i = 0; i < size; i++) damped[i] = times[i]! < DAMPED.length ? DAMPED[times[i]!]! : 1 + Math.log(times[i]!);
  return { slots: slots.slice(0, size), damped, firsts: firsts.slice(0, size) };
}
