import { dayField, idField, instantField } from './fields.js';

const rulesOf = (read: { error?: { issues: { message: string }[] } }) => read.error?.issues.map(({ message }) => message) ?? [];

it.each([
  ['1970-01-01', []],
  ['2199-12-31', []],
  ['1969-12-31', ['must lie in the years 1970 to 2199']],
  ['2200-01-01', ['must lie in the years 1970 to 2199']],
  ['0000-01-01', ['must lie in the years 1970 to 2199']],
  ['2026-02-30', ['must be a day as YYYY-MM-DD']],
  ['yesterday', ['must be a day as YYYY-MM-DD']],
])('a day %s: %j', (text, rules) => expect(rulesOf(dayField.safeParse(text))).toEqual(rules));

it.each([
  ['2026-11-02T08:30:00+08:00', 0],
  ['0000-01-01T00:00:00+23:59', 1],
  ['9999-12-31T23:59:59Z', 1],
])('an instant %s has %j faults', (text, faults) => expect(rulesOf(instantField.safeParse(text))).toHaveLength(faults));

it('an id is read in small letters', () =>
  expect(idField.parse('0197A1D2-33C4-7000-8000-00000000000A')).toBe('0197a1d2-33c4-7000-8000-00000000000a'));
