import { keyEndsAt, keyState, keyWarning, lastDayFault, type KeyTerms, type KeyWarning } from './api-key.js';

const at = (text: string) => new Date(`${text}+08:00`);
const terms = (lastDay: string | null, endedAt: string | null = null): KeyTerms => ({
  lastDay,
  endedAt: endedAt === null ? null : at(endedAt),
});

describe('keyEndsAt', () => {
  it.each<[KeyTerms, string | null]>([
    [terms(null), null],
    [terms('2026-12-31'), '2027-01-01T00:00:00'],
    [terms(null, '2026-11-20T10:00:00'), '2026-11-20T10:00:00'],
    [terms('2026-12-31', '2026-11-20T10:00:00'), '2026-11-20T10:00:00'],
    [terms('2026-11-19', '2026-11-20T10:00:00'), '2026-11-20T00:00:00'],
  ])('%j: %s', (given, ends) => expect(keyEndsAt(given)).toEqual(ends === null ? null : at(ends)));
});

describe('keyState', () => {
  it.each<[string, KeyTerms, string, string]>([
    ['without an end', terms(null), '2026-11-20T10:00:00', 'valid'],
    ['15 days before its last day', terms('2026-12-05'), '2026-11-20T23:59:59', 'valid'],
    ['14 days before', terms('2026-12-05'), '2026-11-21T00:00:00', 'ends-soon'],
    ['in the last second of its last day', terms('2026-12-05'), '2026-12-05T23:59:59', 'ends-soon'],
    ['when that day is over', terms('2026-12-05'), '2026-12-06T00:00:00', 'ended'],
    ['ended by hand', terms(null, '2026-11-20T10:00:00'), '2026-11-20T10:00:00', 'ended'],
    ['ended by hand, on a clock that is behind', terms('2026-12-31', '2026-11-20T10:00:00'), '2026-11-20T09:59:00', 'ended'],
  ])('%s', (_, given, now, state) => expect(keyState(given, at(now))).toBe(state));
});

describe('lastDayFault', () => {
  const now = at('2026-11-20T00:30:00'); // still the 19th in Greenwich
  it.each([
    ['2026-11-19', 'must be 2026-11-20 or later'],
    ['2026-11-20', null],
    ['2031-11-24', null],
    ['2031-11-25', 'must be 2031-11-24 or earlier'],
    ['9999-12-31', 'must be 2031-11-24 or earlier'],
  ])('%s: %s', (day, rule) => expect(lastDayFault(day, now)?.rule ?? null).toBe(rule));
});

describe('keyWarning', () => {
  const now = at('2026-11-20T10:00:00');
  const next = { hasNext: true, urgent: false };
  const alone = { hasNext: false, urgent: false };
  it.each<[string, KeyTerms, KeyTerms[], KeyWarning | null]>([
    ['no end', terms(null), [], null],
    ['time enough', terms('2026-12-05'), [], null],
    ['14 days', terms('2026-12-04'), [], { daysLeft: 14, threshold: 14, ...alone }],
    ['8 days: what was told at 14', terms('2026-11-28'), [], { daysLeft: 8, threshold: 14, ...alone }],
    ['2 days', terms('2026-11-22'), [], { daysLeft: 2, threshold: 3, ...alone }],
    ['1 day and nothing to go on with', terms('2026-11-21'), [], { daysLeft: 1, threshold: 1, hasNext: false, urgent: true }],
    ['the day itself, with the next in place', terms('2026-11-20'), [terms(null)], { daysLeft: 0, threshold: 0, ...next }],
    [
      'a next that ends the same day is none',
      terms('2026-11-20'),
      [terms('2026-11-20')],
      { daysLeft: 0, threshold: 0, hasNext: false, urgent: true },
    ],
    [
      'a next that was ended is none',
      terms('2026-11-20'),
      [terms(null, '2026-11-19T08:00:00')],
      { daysLeft: 0, threshold: 0, hasNext: false, urgent: true },
    ],
    ['a next that lives a day longer', terms('2026-11-22'), [terms('2026-11-23')], { daysLeft: 2, threshold: 3, ...next }],
    ['over', terms('2026-11-19'), [], null],
    ['ended by hand', terms('2026-11-22', '2026-11-19T08:00:00'), [], null],
  ])('%s', (_, given, others, warning) => expect(keyWarning(given, others, now)).toEqual(warning));
});
