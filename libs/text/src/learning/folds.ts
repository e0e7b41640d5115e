import { fingerprintOf, similarity, type Fingerprint } from '../fingerprint.js';
import { seeded, shuffle } from './chance.js';

/** From here on two texts are copies, and stand on the same side of every division. */
const COPIES = 0.7;

/**
 * Divides texts into parts of like size and like labels, so that each part in turn can be held out. Copies of one text go into one part:
 * else a text would be judged by what was learned from its copy.
 * @returns for each text the part it belongs to, 0 … parts − 1
 */
export function foldsOf(
  texts: readonly { title: string; text: string }[],
  labelOf: readonly string[],
  parts: number,
  seed: number,
): Int32Array {
  const groups = new Map<number, number[]>();
  copiesIn(texts).forEach((first, i) => groups.set(first, [...(groups.get(first) ?? []), i]));
  const byLabel = new Map<string, number[]>();
  for (const first of groups.keys()) byLabel.set(labelOf[first]!, [...(byLabel.get(labelOf[first]!) ?? []), first]);
  const folds = new Int32Array(texts.length);
  const chance = seeded(seed);
  let next = 0;
  for (const label of [...byLabel.keys()].sort()) {
    const firsts = Int32Array.from(byLabel.get(label)!);
    shuffle(firsts, chance);
    for (const first of firsts) {
      for (const i of groups.get(first)!) folds[i] = next % parts;
      next++;
    }
  }
  return folds;
}

/** For each text the first text that it is a copy of, itself where it is none. */
function copiesIn(texts: readonly { title: string; text: string }[]): Int32Array {
  const firstOf = new Int32Array(texts.length);
  const prints: Fingerprint[] = [];
  const byKey = new Map<number, number>();
  texts.forEach(({ title, text }, i) => {
    const print = fingerprintOf(title, text);
    prints.push(print);
    const known = new Set(print.keys.flatMap((key) => byKey.get(key) ?? []));
    const copied = [...known].find((one) => similarity(prints[one]!, print).jaccard >= COPIES);
    firstOf[i] = copied === undefined ? i : firstOf[copied]!;
    for (const key of print.keys) byKey.set(key, firstOf[i]!);
  });
  return firstOf;
}
