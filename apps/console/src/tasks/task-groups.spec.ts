import type { TaskView } from '@huiying/contracts/http';
import { byNeed, isOpenTask, taskClock } from './task-groups.js';

const clock = (hours: number, state = 'running') => ({
  startedAt: '2026-11-22T01:00:00Z',
  dueAt: new Date(Date.parse('2026-11-22T01:00:00Z') + hours * 3_600_000).toISOString(),
  state,
  metAt: null,
  provisional: false,
});
const task = (id: string, state: TaskView['state'], assignedAt = '2026-11-22T01:00:00Z', ...deadlines: object[]) =>
  ({ id, state, assignedAt, deadlines }) as unknown as TaskView;

it('puts the task whose clock runs out first on top, closed ones last and newest first', () => {
  const tasks = [
    task('replied-old', 'replied', '2026-11-20T01:00:00Z'),
    task('no clock', 'assigned'),
    task('late', 'assigned', '2026-11-22T01:00:00Z', clock(40)),
    task('replied-new', 'replied', '2026-11-21T01:00:00Z'),
    task('overdue', 'acknowledged', '2026-11-22T01:00:00Z', clock(-2, 'overdue'), clock(30)),
    task('soon', 'acknowledged', '2026-11-22T01:00:00Z', clock(9), clock(-1, 'met')),
  ];
  expect(tasks.sort(byNeed).map(({ id }) => id)).toEqual(['overdue', 'soon', 'late', 'no clock', 'replied-new', 'replied-old']);
});
it('shows no clock where all are closed', () => expect(taskClock(task('x', 'assigned', '', clock(3, 'met')))).toBeNull());
it.each([
  ['assigned', true],
  ['acknowledged', true],
  ['returned', false],
  ['replied', false],
  ['closed', false],
] as const)('%s is open: %s', (state, open) => expect(isOpenTask({ state })).toBe(open));
