import type { TaskView } from '@huiying/contracts/http';
import { byTimeLeft, nextClock } from '../time/clock-face.js';
import { toMs } from '../time/beijing.js';

/** The clock a task is sorted and shown by: its own first, else the case's that its department answers for. */
export function taskClock(task: Pick<TaskView, 'deadlines'>): TaskView['deadlines'][number] | null {
  return nextClock(task.deadlines);
}

/** What still waits for the department. */
export const isOpenTask = ({ state }: Pick<TaskView, 'state'>): boolean => state === 'assigned' || state === 'acknowledged';

/** Tasks by time left: open ones whose clock runs out first on top, then open ones without a clock, then the rest, newest first. */
export function byNeed(one: TaskView, other: TaskView): number {
  if (isOpenTask(one) !== isOpenTask(other)) return isOpenTask(one) ? -1 : 1;
  if (!isOpenTask(one)) return toMs(other.assignedAt) - toMs(one.assignedAt);
  const [clock, otherClock] = [taskClock(one), taskClock(other)];
  if (clock !== null && otherClock !== null) return byTimeLeft(clock, otherClock);
  if (clock === null && otherClock === null) return toMs(one.assignedAt) - toMs(other.assignedAt);
  return clock === null ? 1 : -1;
}
