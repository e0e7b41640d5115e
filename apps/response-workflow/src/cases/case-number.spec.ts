import { caseNoOf, caseYear } from './case-number.js';

it.each([
  ['2026-12-31T15:59:59Z', 2026],
  ['2026-12-31T16:00:00Z', 2027],
])('a case opened at %s is of the year %i in China', (at, year) => expect(caseYear(new Date(at))).toBe(year));

it('bears the year in six-cornered brackets', () => expect(caseNoOf('望舆', 2026, 17)).toBe('望舆〔2026〕17号'));
