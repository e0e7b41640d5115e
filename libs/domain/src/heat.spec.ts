import { decayed, heatFacts, heatOf } from './heat.js';

const HOUR = 3_600_000;
const RULES = { halfLifeHours: 24 };
const NONE = { volume: 0, speed: 0, sources: 0, hotline: 0 };

describe('heatOf', () => {
  it('is 0 where there is nothing, and shows its numbers', () => {
    expect(heatOf(NONE).heat).toBe(0);
    const { heat, formula } = heatOf({ volume: 3.5, speed: 2, sources: 2, hotline: 0 });
    expect(formula).toBe('100·(1−e^(−(1·ln(1+3.5) + 1.2·ln(1+2) + 0.8·ln(1+2) + 0.8·ln(1+0))/6)) = 46.0');
    expect(heat).toBe(46);
  });

  it.each(['volume', 'speed', 'sources', 'hotline'] as const)('grows with %s and stays below 100', (name) => {
    const at = (x: number) => heatOf({ volume: 1, speed: 1, sources: 1, hotline: 1, [name]: x }).heat;
    expect(at(2)).toBeGreaterThan(at(1));
    expect(at(100_000)).toBeLessThan(100);
  });
});

describe('heatFacts', () => {
  it.each([
    [0, 1],
    [-HOUR, 1],
    [24 * HOUR, 0.5],
    [48 * HOUR, 0.25],
  ])('an opinion of age %d ms counts %d', (age, counts) => expect(decayed(age, RULES)).toBe(counts));

  it('counts the last six hours as speed, to the millisecond', () => {
    const facts = heatFacts([{ ageMs: 6 * HOUR - 1, isHotline: false }, { ageMs: 6 * HOUR, isHotline: true }], 2, RULES); // prettier-ignore
    expect(facts).toMatchObject({ speed: 1, sources: 2 });
    expect(facts.hotline).toBeCloseTo(2 ** (-6 / 24));
  });
});
