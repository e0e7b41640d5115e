import { gramsOf, MOST_GRAMS, type LearnedText } from './gram-slots.js';

/** What a text holds of one part: each slot once, in order of place, and how often. The arrays are longer than `size`. */
export interface Counted {
  slots: Int32Array;
  times: Uint16Array;
  size: number;
}

const LEAST_PLACES = 1 << 6;

/**
 * Counts the grams of a text by slot. One counter serves many texts one after another without making garbage: what count() gave is valid
 * until the next call.
 */
export class GramCounter {
  private readonly slots = new Int32Array(MOST_GRAMS);
  private readonly times = new Uint16Array(MOST_GRAMS);
  /**
   * An open-addressing table from slot to 1 + its index in `slots`; of it, only as many places are used as the text needs, so that the
   * grams of a message are counted within the processor's nearest cache.
   */
  private readonly places = new Int32Array((MOST_GRAMS + 1) * 2);
  private size = 0;

  /** Counts one part. */
  count(part: number, text: LearnedText): Counted {
    this.size = 0;
    const { slots, size } = gramsOf(text, part);
    const mask = this.makeRoom(size);
    for (let k = 0; k < size; k++) this.add(slots[k]!, mask);
    return { slots: this.slots, times: this.times, size: this.size };
  }

  /** Empties as many places as keep the table at most half full. @returns the mask of a place */
  private makeRoom(grams: number): number {
    let wanted = LEAST_PLACES;
    while (wanted < grams * 2 && wanted < this.places.length) wanted *= 2;
    this.places.fill(0, 0, wanted);
    return wanted - 1;
  }

  private add(slot: number, mask: number): void {
    const { places, slots, times, size } = this;
    let place = slot & mask;
    for (let known = places[place]!; known !== 0; known = places[place]!) {
      if (slots[known - 1] === slot) {
        times[known - 1]!++;
        return;
      }
      place = (place + 1) & mask;
    }
    slots[size] = slot;
    times[size] = 1;
    this.size = places[place] = size + 1;
  }
}
