import { told, type Conflict } from './conflict.js';
import { Refusal } from './refusals.js';

/** 待签收 · 已签收处置中 · 已退回 · 已反馈 · 已办结 */
export type TaskState = 'assigned' | 'acknowledged' | 'returned' | 'replied' | 'closed';
/** `rework`: what was answered must be done again (重办). */
export type TaskAction = 'acknowledge' | 'return' | 'reply' | 'close' | 'rework';

/**
 * What may be done with a response task (处置任务) in each state. What is not here is refused.
 * A second 反馈 is a supplement, so that proof can follow the words. A returned task stays returned: 交办 makes a new one.
 */
export const TASK_STEPS: Record<TaskState, Partial<Record<TaskAction, TaskState>>> = {
  assigned: { acknowledge: 'acknowledged', return: 'returned' },
  acknowledged: { return: 'returned', reply: 'replied' },
  returned: {},
  replied: { reply: 'replied', close: 'closed', rework: 'acknowledged' },
  closed: { rework: 'acknowledged' },
};

const REFUSALS: Record<TaskState, Partial<Record<TaskAction, [code: string, said: string]>>> = {
  assigned: {
    reply: ['task-not-acknowledged', '请先签收，再反馈'],
    close: ['task-not-replied', '该任务尚未反馈，不能办结'],
    rework: ['task-not-replied', '该任务尚未反馈，无需重办'],
  },
  acknowledged: {
    acknowledge: ['already-acknowledged', '该任务已签收'],
    close: ['task-not-replied', '该任务尚未反馈，不能办结'],
    rework: ['task-not-replied', '该任务尚未反馈，无需重办'],
  },
  returned: {
    acknowledge: ['task-returned', '该任务已退回'],
    return: ['task-returned', '该任务已退回'],
    reply: ['task-returned', '该任务已退回，不能反馈'],
    close: ['task-returned', '该任务已退回，无需办结'],
    rework: ['task-returned', '该任务已退回，请重新交办'],
  },
  replied: {
    acknowledge: ['already-acknowledged', '该任务已签收并反馈'],
    return: ['already-replied', '已反馈的任务不能退回'],
  },
  closed: {
    acknowledge: ['task-closed', '该任务已办结'],
    return: ['task-closed', '该任务已办结，不能退回'],
    reply: ['task-closed', '该任务已办结，不能再反馈'],
    close: ['task-closed', '该任务已办结'],
  },
};

/** Why an action is refused in a state, or null where it is lawful. */
export function taskRefusal(state: TaskState, action: TaskAction, conflict?: Conflict): Refusal | null {
  if (TASK_STEPS[state][action] !== undefined) return null;
  const [code, said] = REFUSALS[state][action] ?? ['task-step-unlawful', '此任务现在不能这样处理'];
  return new Refusal(code, `task is ${state}: cannot ${action}`, told(said, conflict), conflict);
}

/** @throws Refusal already-acknowledged, task-returned, task-closed, already-replied, task-not-acknowledged, task-not-replied */
export function stepTask(state: TaskState, action: TaskAction, conflict?: Conflict): TaskState {
  const refusal = taskRefusal(state, action, conflict);
  if (refusal) throw refusal;
  return TASK_STEPS[state][action]!;
}

/** A task somebody still owes an answer to. */
export function isTaskOpen(state: TaskState): boolean {
  return state === 'assigned' || state === 'acknowledged';
}
