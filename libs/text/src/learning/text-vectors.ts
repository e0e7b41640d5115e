import { GramCounter } from './gram-counter.js';
import { PARTS, SLOT_BITS, type LearnedText } from './gram-slots.js';
import type { SparseRows } from './linear-svm.js';

/** How much each part of a text weighs, in the order of PARTS; every part has length one before. */
export type PartWeights = readonly [title: number, whole: number, tokens: number, written: number];

/** Which slots are features, and how rare each is. */
export interface Vocabulary {
  /** Slot → feature, −1 where the slot is none. */
  featureOf: Int32Array;
  /** Feature → its slot. */
  slots: Int32Array;
  /** Feature → inverse document frequency. */
  rarity: Float32Array;
}

const NO_FEATURE = -1;

/** Everything counted: for text i and part p the slots from starts[i × parts + p]. */
export interface CountedAll {
  texts: number;
  starts: Int32Array;
  slots: Int32Array;
  times: Uint16Array;
}

/** Counts every text once, whatever is learned of it afterwards; parts that weigh nothing are left empty. */
export function countAll(texts: readonly LearnedText[], partWeights: PartWeights): CountedAll {
  const counter = new GramCounter();
  const starts = new Int32Array(texts.length * PARTS.length + 1);
  let slots = new Int32Array(1 << 20);
  let times = new Uint16Array(1 << 20);
  let used = 0;
  texts.forEach((text, i) => {
    for (let part = 0; part < PARTS.length; part++) {
      starts[i * PARTS.length + part + 1] = used;
      if (partWeights[part] === 0) continue;
      const found = counter.count(part, text);
      if (used + found.size > slots.length) {
        slots = grown(slots, new Int32Array(slots.length * 2 + found.size));
        times = grown(times, new Uint16Array(slots.length));
      }
      slots.set(found.slots.subarray(0, found.size), used);
      times.set(found.times.subarray(0, found.size), used);
      used += found.size;
      starts[i * PARTS.length + part + 1] = used;
    }
  });
  return { texts: texts.length, starts, slots: slots.subarray(0, used), times: times.subarray(0, used) };
}

function grown<A extends Int32Array | Uint16Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

/** The grams that at least `least` texts have; rarity is 1 + ln((1 + texts) / (1 + texts with it)). */
export function vocabularyOf({ slots, texts }: CountedAll, least: number): Vocabulary {
  const frequency = new Int32Array(1 << SLOT_BITS);
  for (const slot of slots) frequency[slot]!++;
  const kept = [...frequency.keys()].filter((slot) => frequency[slot]! >= least);
  const rarity = Float32Array.from(kept, (slot) => 1 + Math.log((1 + texts) / (1 + frequency[slot]!)));
  return { featureOf: inverse(kept), slots: Int32Array.from(kept), rarity };
}

/** The same with fewer features. @param features in ascending order */
export function reduced({ slots, rarity }: Vocabulary, features: Int32Array): Vocabulary {
  const kept = features.map((feature) => slots[feature]!);
  return { featureOf: inverse(kept), slots: kept, rarity: Float32Array.from(features, (feature) => rarity[feature]!) };
}

function inverse(slots: ArrayLike<number>): Int32Array {
  const featureOf = new Int32Array(1 << SLOT_BITS).fill(NO_FEATURE);
  for (let feature = 0; feature < slots.length; feature++) featureOf[slots[feature]!] = feature;
  return featureOf;
}

/** The counted texts as rows of TF-IDF: (1 + ln times) × rarity, each part scaled to length one and then to its weight. */
export function weigh(
  { texts, starts, slots, times }: CountedAll,
  { featureOf, rarity }: Vocabulary,
  partWeights: PartWeights,
): SparseRows {
  const at = new Int32Array(slots.length);
  const values = new Float32Array(slots.length);
  const rowStarts = new Int32Array(texts + 1);
  let used = 0;
  for (let i = 0; i < texts; i++) {
    for (let part = 0; part < PARTS.length; part++) {
      const first = used;
      let squares = 0;
      const end = starts[i * PARTS.length + part + 1]!;
      for (let k = starts[i * PARTS.length + part]!; k < end; k++) {
        const feature = featureOf[slots[k]!]!;
        if (feature === NO_FEATURE) continue;
        const value = (1 + Math.log(times[k]!)) * rarity[feature]!;
        at[used] = feature;
        values[used++] = value;
        squares += value * value;
      }
      const scale = squares === 0 ? 0 : partWeights[part]! / Math.sqrt(squares);
      for (let k = first; k < used; k++) values[k]! *= scale;
    }
    rowStarts[i + 1] = used;
  }
  return { rows: texts, features: rarity.length, starts: rowStarts, at: at.subarray(0, used), values: values.subarray(0, used) };
}
