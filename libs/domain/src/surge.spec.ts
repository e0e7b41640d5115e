import { poissonTail, surgeOf } from './surge.js';

const days = (count: number, of = 28) => Array.from({ length: of }, () => count);

describe('surgeOf', () => {
  it.each([
    ['a new story of 4 in a day', 4, [], false],
    ['a new story of 6 in a day', 6, [], true],
    ['one a day for weeks, then 6', 6, days(1), false],
    ['one a day for weeks, then 9', 9, days(1), true],
    ['ten a day for weeks, then 20', 20, days(10), false],
    ['ten a day for weeks, then 30', 30, days(10), true],
    ['a loud story that stays loud', 40, days(40), false],
    ['silent for weeks, then 7', 7, days(0), true],
    ['one wild day a week ago does not hide the next', 20, [...days(0, 6), 60, ...days(0, 21)], true],
    ['silent for weeks, then 5: as many as chance may bring', 5, days(0), false],
    ['silent for weeks, then 6', 6, days(0), true],
    ['two a day for weeks, then 8', 8, days(2), false],
    ['two a day for weeks, then 15', 15, days(2), true],
    ['a week old and one a day, then 12', 12, days(1, 7), true],
    ['thirty over three days: the second day tells', 10, [10, ...days(0)], true],
    ['slowly growing over weeks', 9, [8, 8, 7, 7, 6, 6, 5, 5, 4, 4, 3, 3], false],
    ['nothing', 0, days(0), false],
  ])('%s', (_, last24h, past, isSurge) => expect(surgeOf(last24h, past).isSurge).toBe(isSurge));

  it('expects no less the more there was, and finds more no likelier', () => {
    expect(surgeOf(5, days(2)).expected).toBeGreaterThan(surgeOf(5, days(1)).expected);
    expect(surgeOf(9, days(1)).chance).toBeLessThan(surgeOf(8, days(1)).chance);
  });
});

describe('poissonTail', () => {
  it.each([
    [0, 1, 1],
    [1, 1, 0.63212],
    [5, 0.5, 0.000172],
    [10, 3, 0.001102],
  ])('P(X ≥ %d | %d)', (count, mean, tail) => expect(poissonTail(count, mean)).toBeCloseTo(tail, 5));

  it('keeps falling where 1 − below is only rounding', () => {
    expect(poissonTail(60, 3)).toBeGreaterThan(0);
    expect(poissonTail(61, 3)).toBeLessThan(poissonTail(60, 3));
  });
});
