import type { BoardView } from '@huiying/contracts/http';
import { alertsLeft, clocksLeft } from './wall-rest.js';

const board = (states: string[], overdueCount: number, openAlertCount = 0) =>
  ({
    deadlines: states.map((state, at) => ({ state, dueAt: `2026-11-22T${String(10 + at)}:00:00Z`, startedAt: '2026-11-20T00:00:00Z' })),
    overdueCount,
    openAlertCount,
  }) as unknown as BoardView;
const of = (state: string, n: number) => Array.from({ length: n }, () => state);

it.each([
  [board(of('running', 6), 0), null],
  [board(of('running', 8), 0), '另有 2 项'],
  [board(of('overdue', 10), 10), '另有 4 项，其中 4 项已超时'],
  [board([...of('overdue', 7), ...of('running', 5)], 7), '另有 6 项，其中 1 项已超时'],
  // The board holds the first of many only; how many are overdue is known of all.
  [board(of('overdue', 8), 40), '另有 34 项，其中 34 项已超时'],
])('counts the clocks that do not fit', (seen, words) => expect(clocksLeft(seen, 6)).toBe(words));

it('counts the alerts that do not fit', () => {
  expect(alertsLeft(board([], 0, 6), 6)).toBeNull();
  expect(alertsLeft(board([], 0, 9), 6)).toBe('另有 3 条');
});
