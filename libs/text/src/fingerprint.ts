import { createHash } from 'node:crypto';
import { normalise } from './normalise.js';

/** What is kept of a text to find its copies again. All numbers are signed 32-bit, as PostgreSQL's integer. */
export interface Fingerprint {
  /** 16 hexadecimal digits, equal for texts that differ only in punctuation, width, case and source lines. */
  exact: string;
  /** At most KEYS: texts that share none are not compared. */
  keys: readonly number[];
  /** The SKETCH smallest hashes of the character 3-grams, ascending. */
  sketch: readonly number[] | Int32Array;
  /** How many different 3-grams the text has. */
  grams: number;
}

/**
 * The 10 smallest hashes of the character 8-grams. Measured on 1,725 real messages: among copies with 2–10 % edits, source lines and
 * comments added, cut to a half, or sentences in another order, 99.1–100 % share a key, at 0.3 candidates per text in an archive of
 * 6,909. SimHash-64 over 3-grams in 4 × 16 bits found 5–77 % of them, in 8 × 8 bits 58–99 % with a 32nd of the archive as candidates.
 */
const KEYS = 10;
const KEY_LENGTH = 8;
/** Estimates the Jaccard measure within 0.06 (95 %). */
const SKETCH = 128;
const GRAM_LENGTH = 3;

/** The fingerprint of a title and its text. */
export function fingerprintOf(title: string, text: string): Fingerprint {
  const plain = normalise(title, text);
  const grams = hashes(plain, GRAM_LENGTH);
  return {
    exact: createHash('sha1').update(plain).digest('hex').slice(0, 16),
    keys: [...hashes(plain, KEY_LENGTH).subarray(0, KEYS)],
    sketch: [...grams.subarray(0, SKETCH)],
    grams: grams.length,
  };
}

export interface Similarity {
  /** Shared 3-grams of all, 0..1. */
  jaccard: number;
  /** Shared 3-grams of the shorter text's, 0..1: near 1 where one text holds the other. */
  containment: number;
}

/** How much two texts share, estimated from their sketches; exact where both texts have at most 128 different 3-grams. */
export function similarity(a: Fingerprint, b: Fingerprint): Similarity {
  if (a.exact === b.exact) return { jaccard: 1, containment: 1 };
  const size = Math.min(SKETCH, a.grams + b.grams);
  let seen = 0;
  let shared = 0;
  for (let i = 0, j = 0; seen < size && (i < a.sketch.length || j < b.sketch.length); seen++) {
    const left = a.sketch[i] ?? Infinity;
    const right = b.sketch[j] ?? Infinity;
    if (left === right) shared++;
    if (left <= right) i++;
    if (right <= left) j++;
  }
  const jaccard = seen === 0 ? 0 : shared / seen;
  const common = (jaccard / (1 + jaccard)) * (a.grams + b.grams);
  const shorter = Math.min(a.grams, b.grams);
  return { jaccard, containment: shorter === 0 ? 0 : Math.min(1, common / shorter) };
}

/** The different hashes of all grams, ascending. Sorting an array of numbers costs a fifth of what a set of them does. */
function hashes(plain: string, length: number): Int32Array {
  if (plain.length === 0) return new Int32Array(0);
  const last = Math.max(plain.length - length, 0); // a text shorter than a gram is one gram
  const found = new Int32Array(last + 1);
  for (let at = 0; at <= last; at++) {
    let hash = 0x811c9dc5;
    const end = Math.min(at + length, plain.length);
    for (let i = at; i < end; i++) hash = Math.imul(hash ^ plain.charCodeAt(i), 0x01000193);
    found[at] = mix(hash);
  }
  found.sort();
  let different = 1;
  for (let at = 1; at <= last; at++) if (found[at] !== found[at - 1]) found[different++] = found[at]!;
  return found.subarray(0, different);
}

/** FNV's low bits alone are poor for choosing the smallest. */
function mix(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
