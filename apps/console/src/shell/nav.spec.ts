import type { BoardView } from '@huiying/contracts/http';
import { homeFor, isLit, isWithin, navCounts, navFor } from './nav.js';

it('gives a department lead the tasks, the work orders and what is said, everybody else six entries at most', () => {
  expect(navFor('department-lead').map(({ path }) => path)).toEqual(['/tasks', '/orders', '/statements']);
  expect(navFor('duty-officer')).toHaveLength(6);
  expect(homeFor('department-lead')).toBe('/tasks');
  expect(homeFor('supervisor')).toBe('/');
});

it.each([
  ['/cases/17', '/cases', true],
  ['/cases', '/cases', true],
  ['/casesx', '/cases', false],
  ['/cases', '/', false],
  ['/', '/', true],
])('%s within %s: %s', (path, entry, within) => expect(isWithin(path, entry)).toBe(within));

it('counts what is open, and what is broken', () => {
  const board = {
    openAlertCount: 3,
    openCaseCount: 4,
    overdueCount: 1,
    unacknowledgedTaskCount: 2,
    alerts: [{ state: 'open', suggestedSeverity: 'I' }],
    sourceCounts: { ok: 1, silent: 1, failing: 1, paused: 1 },
  } as unknown as BoardView;
  const counts = navCounts(board);
  expect(counts['/alerts']).toMatchObject({ count: 3, hot: true });
  expect(counts['/cases']).toMatchObject({ count: 4, hot: true });
  expect(counts['/sources']).toMatchObject({ count: 2, hot: false });
  expect(navCounts(undefined)).toEqual({});
});

it('lights 舆情单 on every page of answering', () => {
  const lit = (path: string) =>
    navFor('duty-officer')
      .filter((entry) => isLit(path, entry))
      .map(({ word }) => word);
  expect([lit('/statements'), lit('/cases/1'), lit('/tasks')]).toEqual([['舆情单'], ['舆情单'], ['任务']]);
});
