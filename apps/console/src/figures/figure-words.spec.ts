import type { FigureCell, FiguresView } from '@huiying/contracts/http';
import { figureChange, figureText, rowsDrawn, rowsShown, spanWords } from './figure-words.js';

const cell = (value: number | null): FigureCell => ({ value, part: null, whole: null });
const row = (departmentId: string | null, ...values: (number | null)[]): FiguresView['rows'][number] => ({
  departmentId,
  departmentName: departmentId ?? '全市',
  cells: values.map((value) => [cell(value)]),
});

it.each([
  [7, false, '7'],
  [0.9999, true, '99.9%'],
  [1, true, '100.0%'],
  [null, true, '—'],
  [0, false, '0'],
])('%p (rate: %p) is %s', (value, isRate, text) => expect(figureText({ value }, isRate)).toBe(text));

it.each([
  [5, 3, false, '+2'],
  [3, 5, false, '−2'],
  [0.75, 0.8, true, '−5.0 个百分点'],
  [3, 3, false, ''],
  [null, 3, false, ''],
  [0.5, null, true, ''],
])('%p after %p (rate: %p): %p', (now, then, isRate, text) => expect(figureChange(cell(now), cell(then), isRate)).toBe(text));

it('names days without the year, where there is but one', () => {
  expect(spanWords([{ firstDay: '2026-11-09', lastDay: '2026-11-15', isFinal: true }])).toEqual(['11-09 至 11-15']);
  expect(
    spanWords([
      { firstDay: '2025-11-09', lastDay: '2025-11-09', isFinal: true },
      { firstDay: '2026-11-09', lastDay: '2026-11-09', isFinal: true },
    ]),
  ).toEqual(['2025-11-09', '2026-11-09']);
});

it('keeps the city beside what was picked, and draws the largest', () => {
  const rows = [row(null, 9, 9), row('a', 1, null), row('b', 8, 2), row('c', 0, 4)];
  expect(rowsShown(rows, ['b']).map(({ departmentId }) => departmentId)).toEqual([null, 'b']);
  expect(rowsShown(rows, [])).toHaveLength(4);
  expect(rowsDrawn(rows, 0, 2).map(({ departmentId }) => departmentId)).toEqual(['c', 'b']);
});
