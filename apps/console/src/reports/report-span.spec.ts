import { dayOf, hasBegun, neighbour, searchOf, spanOf, spanSearch } from './report-span.js';

it.each([
  ['2026-11-30', '2026-11-30', 'daily', { day: '2026-11-30' }, '2026-11-29', '2026-12-01'],
  ['2026-11-23', '2026-11-29', 'weekly', { week: '2026-11-23' }, '2026-11-16', '2026-11-30'],
  ['2026-02-01', '2026-02-28', 'monthly', { month: '2026-02-01' }, '2026-01-01', '2026-03-01'],
  ['2026-12-01', '2026-12-31', 'monthly', { month: '2026-12-01' }, '2026-11-01', '2027-01-01'],
  ['2026-11-24', '2026-11-30', 'span', { from: '2026-11-24', to: '2026-11-30' }, '2026-11-17', '2026-12-01'],
])('%s to %s is %s', (firstDay, lastDay, kind, search, earlier, later) => {
  const span = spanOf({ firstDay, lastDay });
  expect(span.kind).toBe(kind);
  expect(searchOf(span)).toEqual(search);
  expect([neighbour(span, -1).firstDay, neighbour(span, 1).firstDay]).toEqual([earlier, later]);
  expect(neighbour(neighbour(span, -1), 1)).toEqual(span);
});

it.each([
  ['2026-11-22T15:59:59.000Z', '2026-11-22'],
  ['2026-11-22T16:00:00.000Z', '2026-11-23'],
])('%s is on %s in China', (instant, day) => expect(dayOf(instant)).toBe(day));

it('reads from the address what names a span, and nothing else', () =>
  expect(spanSearch(new URLSearchParams('week=2026-11-23&issue=7&x=1'))).toBe('week=2026-11-23'));

it.each([
  ['2026-11-22T15:59:59.000Z', false],
  ['2026-11-22T16:00:00.000Z', true],
  ['2026-11-27T12:49:33.678Z', true],
])('at %s a week from 2026-11-23 on has begun: %p', (takenAt, begun) => expect(hasBegun({ firstDay: '2026-11-23', takenAt })).toBe(begun));
