import { scrollToRow, windowRange } from './window-range.js';

it.each([
  [10_000, 0, { start: 0, end: 18 }],
  [10_000, 6000, { start: 92, end: 118 }],
  [10_000, 599_400, { start: 9982, end: 10_000 }],
  [3, 0, { start: 0, end: 3 }],
  [0, 0, { start: 0, end: 0 }],
  [5, 9000, { start: 0, end: 5 }],
  [100, -40, { start: 0, end: 18 }],
])('of %d rows scrolled by %d draws %o', (count, scrollTop, range) => {
  expect(windowRange(count, 60, scrollTop, 600)).toEqual(range);
});

it.each([
  [0, 300, 0],
  [5, 300, null],
  [14, 300, null],
  [15, 300, 360],
])('to row %d from %d scrolls to %s', (row, scrollTop, to) => expect(scrollToRow(row, 60, scrollTop, 600)).toBe(to));
