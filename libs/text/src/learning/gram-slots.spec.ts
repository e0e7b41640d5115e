import { gramsOf, MOST_GRAMS, placeOfGram } from './gram-slots.js';

const grams = (title: string) => {
  const { slots, size } = gramsOf({ title, whole: '' }, 0);
  return [...slots.subarray(0, size)];
};
const slotOf = (gram: string) => grams(gram)[gram.length - 1]!;

describe('the grams of a text', () => {
  it.each(['', '水', '停水', '停水了', '停水停水了三天'])('of “%s” stand where placeOfGram says', (text) => {
    const found = grams(text);
    const told = found.map((_, k) => placeOfGram(k, text.length)).map((place) => text.slice(place >>> 2, (place >>> 2) + (place & 3)));
    const wanted = [...text].flatMap((_, start) =>
      [1, 2, 3].flatMap((n) => (start + n <= text.length ? [text.slice(start, start + n)] : [])),
    );
    expect(told).toEqual(wanted);
    expect(found).toEqual(wanted.map(slotOf));
  });

  it('are found once for a text, and anew for the next', () => {
    const text = { title: '停水', whole: '停水三天', tokens: [5, 6] };
    expect([0, 1, 2, 3].map((part) => gramsOf(text, part).size)).toEqual([3, 9, 2, 0]);
    expect(gramsOf(text, 1)).toBe(gramsOf(text, 1));
    expect([0, 1, 2, 3].map((part) => gramsOf({ ...text, title: '' }, part).size)).toEqual([0, 9, 2, 0]);
  });

  it('of a text without end are bounded', () => expect(grams('水'.repeat(100_000))).toHaveLength(MOST_GRAMS));
});
