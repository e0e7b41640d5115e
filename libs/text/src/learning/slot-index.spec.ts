import { seeded } from './chance.js';
import { SLOT_BITS } from './gram-counter.js';
import { NO_FEATURE, SlotIndex } from './slot-index.js';

const drawn = (seed: number, count: number) => {
  const chance = seeded(seed);
  return Int32Array.from(new Set(Array.from({ length: count }, () => Math.floor(chance() * 2 ** SLOT_BITS)))).sort();
};

describe('SlotIndex', () => {
  it.each([
    ['none', Int32Array.of()],
    ['the first and the last', Int32Array.of(0, 2 ** SLOT_BITS - 1)],
    ['a whole word of 32', Int32Array.from({ length: 70 }, (_, i) => 25 + i)],
    ['a few', drawn(1, 500)],
    ['many', drawn(2, 300_000)],
  ])('gives of %s each its feature, of every other slot none', (_, slots) => {
    const index = new SlotIndex(slots);
    const naive = new Map([...slots].map((slot, feature) => [slot, feature]));
    for (let slot = 0; slot < 2 ** SLOT_BITS; slot++) {
      if (index.featureOf(slot) !== (naive.get(slot) ?? NO_FEATURE)) throw new Error(`slot ${slot}: ${index.featureOf(slot)}`);
    }
  });

  it('refuses slots that do not ascend', () => {
    expect(() => new SlotIndex(Int32Array.of(5, 5))).toThrow('must ascend; 5 comes after 5');
  });
});
