import { SLOT_BITS } from './gram-slots.js';

/**
 * Slot → feature, for slots in ascending order: one bit for each slot, and for each 32 of them how many features come before. At 256 KB it
 * stays in the processor's cache, where a table of all slots (4 MB) would be fetched from memory for every gram.
 */
export class SlotIndex {
  /** At 2i the bits of slots 32i … 32i + 31, at 2i + 1 the number of features below them. */
  private readonly words = new Int32Array(1 << (SLOT_BITS - 4));

  /** @throws RangeError where the slots do not ascend */
  constructor(slots: Int32Array) {
    let last = -1;
    for (const slot of slots) {
      if (slot <= last) throw new RangeError(`slots of a model must ascend; ${slot} comes after ${last}`);
      this.words[(slot >>> 5) * 2]! |= 1 << (slot & 31);
      last = slot;
    }
    for (let i = 2, below = 0; i < this.words.length; i += 2) this.words[i + 1] = below += bitsIn(this.words[i - 2]!);
  }

  /**
   * Finds the features among slots.
   * @param features takes each feature, @param at its index in `slots`; both as long as `slots` at least
   * @returns how many were found
   */
  find(slots: Int32Array, size: number, features: Int32Array, at: Int32Array): number {
    const { words } = this;
    let found = 0;
    // Every second slot or so is a feature, which no processor can guess: so nothing depends on it until all are told apart.
    for (let k = 0; k < size; k++) {
      const slot = slots[k]!;
      at[found] = k;
      found += (words[(slot >>> 5) * 2]! >>> (slot & 31)) & 1;
    }
    for (let i = 0; i < found; i++) {
      const slot = slots[at[i]!]!;
      const word = (slot >>> 5) * 2;
      features[i] = words[word + 1]! + bitsIn(words[word]! & ((1 << (slot & 31)) - 1));
    }
    return found;
  }
}

/** How many bits of 32 are set. */
function bitsIn(word: number): number {
  let count = (word - ((word >>> 1) & 0x55555555)) | 0;
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
