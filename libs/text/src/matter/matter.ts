import { PLACE, type MatterTerm } from './matter-terms.js';
import type { WordCounts } from './word-counts.js';

/** A term of a matter with its weight. */
export interface WeightedTerm {
  term: number;
  first: number;
  second: number;
  weight: number;
}

/** What a text or a story is about: its heaviest terms, heaviest first. */
export type Matter = readonly WeightedTerm[];

/** Terms kept of a text and of a story. More found no more of the stories of 4,326 real messages. */
const MOST_OF_TEXT = 32;
const MOST_OF_STORY = 64;

/** Before a city has texts of its own to count, these many of Chinese at large stand in for them. */
const STAND_IN = 2_000;
/** Two words stand side by side so much more seldom than the rarer of them alone: e². */
const PAIR_RARER = 2;
/** What the city never wrote before may be a name, or only an unusual turn of phrase. */
const NEW_WORD = 0.7;
const NEW_PAIR = 0.3;
/** What more of the texts than this have says nothing; of few texts, what stands in 20 may still be a name. */
const COMMON_SHARE = 0.05;
const COMMON_LEAST = 20;

/** The matter of a text by the words of the city so far. Unit length. */
export function matterOf(terms: readonly MatterTerm[], counts: WordCounts): Matter {
  const common = Math.max(COMMON_LEAST, counts.texts * COMMON_SHARE);
  const kept: WeightedTerm[] = [];
  for (const one of terms) {
    const seen = counts.of(one.term);
    if (seen > common) continue;
    const weight = one.times * rarityHere(one, seen, counts.texts);
    const lightest = kept[MOST_OF_TEXT - 1];
    if (lightest === undefined || isHeavier(one.term, weight, lightest)) enter(kept, one, weight);
  }
  return unit(kept);
}

/** Puts a term where it belongs among the heaviest so far: of a text's terms most are too light to be sorted at all. */
function enter(kept: WeightedTerm[], { term, first, second }: MatterTerm, weight: number): void {
  let at = Math.min(kept.length, MOST_OF_TEXT - 1);
  for (; at > 0 && isHeavier(term, weight, kept[at - 1]!); at--) kept[at] = kept[at - 1]!;
  kept[at] = { term, first, second, weight };
}

/** Equal weights are told apart, so that the same texts give the same matter. */
function isHeavier(term: number, weight: number, than: WeightedTerm): boolean {
  return weight > than.weight || (weight === than.weight && term < than.term);
}

/** How rare a term is in this city, tempered by how rare it is in Chinese at large. */
function rarityHere({ second, rarity, rarest }: MatterTerm, seen: number, texts: number): number {
  const isPair = second !== 0;
  const stoodIn = STAND_IN * Math.exp(-(isPair ? rarest + PAIR_RARER : rarest));
  const here = Math.log((texts + STAND_IN + 1) / (seen + stoodIn + 0.5));
  const isNew = seen === 0 ? (isPair ? NEW_PAIR : NEW_WORD) : 1;
  return here * Math.sqrt(rarity / 10) * isNew;
}

/** A story's matter once a text, or another story's matter, has joined it. Not of unit length: it grows with the texts. */
export function withJoined(story: Matter, joined: Matter): Matter {
  const terms = new Map(story.map((one) => [one.term, one]));
  for (const one of joined) {
    const known = terms.get(one.term);
    terms.set(one.term, known ? { ...known, weight: known.weight + one.weight } : one);
  }
  return heaviest([...terms.values()], MOST_OF_STORY);
}

/** Below this, what is shared beside the heaviest shared term, two texts have only a name or only a topic in common. */
const REST_LEAST = 0.1;
const REST_FLOOR = 0.4;

/**
 * How alike two matters are, 0..1: the cosine, lowered where all that they share hangs on one term. An estate's name alone, or “搅拌站”
 * alone, is no matter; the two together are. Where it hangs on places of the city, however many, nothing is left of it.
 */
export function matterLikeness(a: Matter, b: Matter): number {
  const lengths = length(a) * length(b);
  if (lengths === 0) return 0;
  const shared = sharedTerms(a, b);
  const total = shared.reduce((sum, one) => sum + one.weight, 0) / lengths;
  const [heaviestShared] = shared;
  if (heaviestShared === undefined) return 0;
  const core = new Set([heaviestShared.first, heaviestShared.second].filter((word) => word !== 0));
  const rest = shared.reduce((sum, one) => sum + (core.has(one.first) || core.has(one.second) ? 0 : one.weight), 0) / lengths;
  const floor = core.has(PLACE) ? 0 : REST_FLOOR;
  return rest >= REST_LEAST ? total : total * (floor + ((1 - floor) * rest) / REST_LEAST);
}

/** The terms that two matters share, with the product of their weights, heaviest first. */
export function sharedTerms(a: Matter, b: Matter): WeightedTerm[] {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const weights = new Map(long.map((one) => [one.term, one.weight]));
  const shared = short.flatMap((one) => {
    const other = weights.get(one.term);
    return other === undefined ? [] : [{ ...one, weight: one.weight * other }];
  });
  return shared.sort(byWeight);
}

function heaviest(terms: WeightedTerm[], most: number): WeightedTerm[] {
  return terms.sort(byWeight).slice(0, most);
}

/** As isHeavier, to sort by. */
function byWeight(a: WeightedTerm, b: WeightedTerm): number {
  return b.weight - a.weight || a.term - b.term;
}

function unit(terms: readonly WeightedTerm[]): Matter {
  const size = length(terms);
  return size === 0 ? [] : terms.map((one) => ({ ...one, weight: one.weight / size }));
}

function length(terms: Matter): number {
  return Math.sqrt(terms.reduce((sum, { weight }) => sum + weight * weight, 0));
}

const BYTES = 16;

/** A matter as 16 bytes a term: three int4 and a float4, little endian. */
export function matterBytes(matter: Matter): Buffer {
  const bytes = Buffer.allocUnsafe(matter.length * BYTES);
  matter.forEach(({ term, first, second, weight }, i) => {
    bytes.writeInt32LE(term, i * BYTES);
    bytes.writeInt32LE(first, i * BYTES + 4);
    bytes.writeInt32LE(second, i * BYTES + 8);
    bytes.writeFloatLE(weight, i * BYTES + 12);
  });
  return bytes;
}

export function matterFrom(bytes: Buffer): Matter {
  return Array.from({ length: bytes.length / BYTES }, (_, i) => ({
    term: bytes.readInt32LE(i * BYTES),
    first: bytes.readInt32LE(i * BYTES + 4),
    second: bytes.readInt32LE(i * BYTES + 8),
    weight: bytes.readFloatLE(i * BYTES + 12),
  }));
}
