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

/** What a text holds of one part: the slots and how often, filled anew by each count(). */
export interface Counted {
  slots: Int32Array;
  size: number;
}

/**
 * Counts the character 1- to 3-grams of a text by hashed slot. One counter serves many texts one after another without making garbage:
 * what counts() gave is valid until the next call.
 */
export class GramCounter {
  /** Slot → times seen in the part being counted; zeroed by clear(). */
  readonly times = new Uint16Array(1 << SLOT_BITS);
  private readonly slots = new Int32Array(1 << 16);
  private size = 0;

  /** Counts one part; call clear() before the next. */
  count(part: number, text: LearnedText): Counted {
    this.size = 0;
    if (PARTS[part] === 'tokens') for (const token of text.tokens ?? []) this.addSlot(slotOf(hashed(token) ^ SALTS[part]!));
    else this.grams(PARTS[part] === 'title' ? text.title : text.whole, SALTS[part]!);
    return { slots: this.slots, size: this.size };
  }

  clear(): void {
    for (let i = 0; i < this.size; i++) this.times[this.slots[i]!] = 0;
    this.size = 0;
  }

  /** As eachGram, written out: a call for each gram would take as long again. */
  private grams(text: string, salt: number): void {
    const { times, slots } = this;
    const length = text.length;
    let size = this.size;
    for (let start = 0; start < length; start++) {
      let hash = salt;
      const end = start + LONGEST_GRAM < length ? start + LONGEST_GRAM : length;
      for (let i = start; i < end; i++) {
        hash = Math.imul(hash ^ text.charCodeAt(i), 0x9e3779b1);
        hash ^= hash >>> 15;
        const slot = Math.imul(hash, 0x85ebca6b) >>> SHIFT;
        const seen = times[slot]!;
        if (seen === 0) {
          if (size === slots.length) continue;
          slots[size++] = slot;
        }
        if (seen < 0xffff) times[slot] = seen + 1;
      }
    }
    this.size = size;
  }

  private addSlot(slot: number): void {
    const times = this.times[slot]!;
    if (times === 0) {
      if (this.size === this.slots.length) return; // a text of 65,536 different grams is judged by those
      this.slots[this.size++] = slot;
    }
    if (times < 0xffff) this.times[slot] = times + 1;
  }
}

/** Every gram of a text with its slot, in order of place, shorter before longer. */
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
    const { slots, size } = counter.count(part, text);
    const kept = slots.slice(0, size);
    const damped = Float32Array.from(kept, (slot) => {
      const times = counter.times[slot]!;
      return times < DAMPED.length ? DAMPED[times]! : 1 + Math.log(times);
    });
    counter.clear();
    return { slots: kept, damped };
  });
  COUNTED.set(text, parts);
  return parts;
}
