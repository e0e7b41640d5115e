import { createRequire } from 'node:module';

const RAREST = 13;
/** Single characters are not in the list. */
const CHARACTER = 4;
/** Places of the table, a power of two: 350,000 words fill a third. */
const SLOTS = 1 << 20;

/**
 * How rare words are in Chinese at large: ln(texts / texts with it), 0..13. By the word's hash, in 8 MB: a map of the words themselves
 * took five times that, and most of the time of reading a text.
 */
export class WordRarities {
  private static loaded: WordRarities | null = null;
  private readonly hashes = new Int32Array(SLOTS);
  private readonly values = new Float32Array(SLOTS);

  /** The list comes with the segmenter: a word and its rarity a line. Read once in a process. */
  static load(): WordRarities {
    if (this.loaded) return this.loaded;
    const { idf } = createRequire(__filename)('@node-rs/jieba/dict') as { idf: Uint8Array };
    const rarities = new WordRarities();
    for (const line of Buffer.from(idf).toString('utf8').split('\n')) {
      const gap = line.lastIndexOf(' ');
      if (gap > 0) rarities.put(hashOf(line.slice(0, gap)), Math.min(RAREST, Number(line.slice(gap + 1))));
    }
    return (this.loaded = rarities);
  }

  /** @param length of the word, in signs */
  of(hash: number, length: number): number {
    const slot = this.slotOf(hash);
    return this.hashes[slot] === hash ? this.values[slot]! : length === 1 ? CHARACTER : RAREST;
  }

  private put(hash: number, rarity: number): void {
    const slot = this.slotOf(hash);
    this.hashes[slot] = hash;
    this.values[slot] = rarity;
  }

  /** Where the hash is, or would be. */
  private slotOf(hash: number): number {
    let slot = hash & (SLOTS - 1);
    while (this.hashes[slot] !== 0 && this.hashes[slot] !== hash) slot = (slot + 1) & (SLOTS - 1);
    return slot;
  }
}

/** FNV-1a, mixed, signed 32 bits; never 0, which stands for no word. */
export function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  return hash === 0 ? 1 : hash;
}
