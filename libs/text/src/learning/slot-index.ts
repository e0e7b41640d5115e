import { SLOT_BITS } from './gram-counter.js';

/** Given for a slot that is no feature. */
export const NO_FEATURE = -1;

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

  featureOf(slot: number): number {
    const at = (slot >>> 5) * 2;
    const bits = this.words[at]!;
    const own = 1 << (slot & 31);
    return (bits & own) === 0 ? NO_FEATURE : this.words[at + 1]! + bitsIn(bits & (own - 1));
  }
}

/** How many bits of 32 are set. */
function bitsIn(word: number): number {
  let count = (word - ((word >>> 1) & 0x55555555)) | 0;
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
