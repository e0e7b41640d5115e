import { seeded } from './chance.js';
import { SLOT_BITS } from './gram-slots.js';
import { SlotIndex } from './slot-index.js';

const drawn = (seed: number, count: number) => {
  const chance = seeded(seed);
  return Int32Array.from(new Set(Array.from({ length: count }, () => Math.floor(chance() * 2 ** SLOT_BITS)))).sort();
};
const ALL = Int32Array.from({ length: 2 ** SLOT_BITS }, (_, slot) => slot);

describe('SlotIndex', () => {
  it.each([
    ['none', Int32Array.of()],
    ['the first and the last', Int32Array.of(0, 2 ** SLOT_BITS - 1)],
    ['a whole word of 32', Int32Array.from({ length: 70 }, (_, i) => 25 + i)],
    ['a few', drawn(1, 500)],
    ['many', drawn(2, 300_000)],
  ])('finds of %s each, and no other slot', (_, slots) => {
    const [features, at] = [new Int32Array(ALL.length), new Int32Array(ALL.length)];
    const found = new SlotIndex(slots).find(ALL, ALL.length, features, at);
    expect(at.subarray(0, found)).toEqual(slots);
    expect(features.subarray(0, found)).toEqual(Int32Array.from(slots.keys()));
  });

  it('finds them where they stand, as often as they do', () => {
    const [features, at] = [new Int32Array(4), new Int32Array(4)];
    expect(new SlotIndex(Int32Array.of(7, 90)).find(Int32Array.of(90, 8, 7, 90, 90), 4, features, at)).toBe(3);
    expect([[...features.subarray(0, 3)], [...at.subarray(0, 3)]]).toEqual([[1, 0, 1], [0, 2, 3]]); // prettier-ignore
  });

  it('refuses slots that do not ascend', () => {
    expect(() => new SlotIndex(Int32Array.of(5, 5))).toThrow('must ascend; 5 comes after 5');
  });
});
