import { told, type Conflict } from './conflict.js';
import type { Deadline } from './deadline.js';
import { isOpen } from './deadline-state.js';
import { Refusal } from './refusals.js';
import { isTaskOpen, type TaskState } from './task.js';

/** 待交办 · 待签收 · 处置中 · 已回应 · 已办结 */
export type CaseState = 'opened' | 'assigned' | 'handling' | 'responded' | 'closed';

/** `return`: a task was returned (退回). `respond`: evidence was registered that stops a first-response clock. */
export type CaseAction = 'assign' | 'acknowledge' | 'return' | 'respond' | 'close';

/**
 * What may happen to a case (舆情单) in each state. What is not here is refused. Once answered in public it stays answered.
 * Where a 退回 leads depends on the tasks that are left: after one, ask caseStateOf, which is the authority.
 */
export const CASE_STEPS: Record<CaseState, Partial<Record<CaseAction, CaseState>>> = {
  opened: { assign: 'assigned', respond: 'responded' },
  assigned: { assign: 'assigned', acknowledge: 'handling', return: 'assigned', respond: 'responded' },
  handling: { assign: 'handling', acknowledge: 'handling', return: 'handling', respond: 'responded' },
  responded: { assign: 'responded', acknowledge: 'responded', return: 'responded', respond: 'responded', close: 'closed' },
  closed: {},
};

/** Why an action is refused in a state, or null where it is lawful. */
export function caseRefusal(state: CaseState, action: CaseAction, conflict?: Conflict): Refusal | null {
  if (CASE_STEPS[state][action] !== undefined) return null;
  const [code, said] = refusalOf(state, action);
  return new Refusal(code, `case is ${state}: cannot ${action}`, told(said, conflict), conflict);
}

/** @throws Refusal case-closed, already-closed, case-not-responded, case-not-assigned */
export function stepCase(state: CaseState, action: CaseAction, conflict?: Conflict): CaseState {
  const refusal = caseRefusal(state, action, conflict);
  if (refusal) throw refusal;
  return CASE_STEPS[state][action]!;
}

/**
 * The state a case is in by its facts. stepCase says what is lawful and agrees with this on every path without a 退回.
 * @param tasks states of all its tasks, returned ones included
 */
export function caseStateOf(facts: { tasks: readonly TaskState[]; responded: boolean; closed: boolean }): CaseState {
  if (facts.closed) return 'closed';
  if (facts.responded) return 'responded';
  const held = facts.tasks.filter((state) => state !== 'returned');
  if (held.length === 0) return 'opened';
  return held.every((state) => state === 'assigned') ? 'assigned' : 'handling';
}

/** Answered in public: a first-response clock (OP-01 or OP-03) is met, in time or late. */
export function isResponded(deadlines: readonly Deadline[]): boolean {
  return deadlines.some((deadline) => deadline.rule.milestone === 'first-response' && deadline.metAt !== null);
}

/**
 * Every reason a case cannot be closed (办结) now; none = it can. Reminders and the evaluation after closing do not hold it open.
 * A clock met late does not hold it either: the lateness is on record.
 */
export function canClose(
  state: CaseState,
  tasks: readonly TaskState[],
  deadlines: readonly Deadline[],
): { allowed: boolean; reasons: Refusal[] } {
  const reasons = closingReasons(state, tasks, deadlines);
  return { allowed: reasons.length === 0, reasons };
}

function closingReasons(state: CaseState, tasks: readonly TaskState[], deadlines: readonly Deadline[]): Refusal[] {
  if (state === 'closed') return [caseRefusal(state, 'close')!];
  const refusals: Refusal[] = [];
  const clocks = deadlines.filter(isHolding);
  if (clocks.length > 0) {
    const names = [...new Set(clocks.map((deadline) => deadline.rule.name))].join('、');
    refusals.push(
      new Refusal(
        'case-has-open-clocks',
        `case has ${clocks.length} open clocks: ${clocks.map((one) => one.rule.id).join(', ')}`,
        `${names}尚未完成，不能办结`,
      ),
    );
  }
  const open = tasks.filter(isTaskOpen).length;
  if (open > 0) refusals.push(new Refusal('case-has-open-tasks', `case has ${open} open tasks`, `还有 ${open} 项任务未反馈，不能办结`));
  const refusal = caseRefusal(state, 'close');
  if (refusal && refusals.length === 0) refusals.push(refusal);
  return refusals;
}

/**
 * Why these departments cannot be assigned (交办) now, or null. A case has one 牵头 department at a time; a returned task frees
 * its place, so the first assignment and the one after the lead's 退回 must name a lead.
 */
export function assignmentRefusal(
  state: CaseState,
  existing: readonly { departmentId: string; role: 'lead' | 'co'; state: TaskState }[],
  added: readonly { departmentId: string; role: 'lead' | 'co' }[],
): Refusal | null {
  const refusal = caseRefusal(state, 'assign');
  if (refusal) return refusal;
  const all = [...existing.filter((task) => task.state !== 'returned'), ...added];
  const leads = all.filter((task) => task.role === 'lead').length;
  if (leads > 1) return new Refusal('already-has-lead', 'case has a lead department already', '该舆情单已有牵头单位，只能再交办协办单位');
  if (leads === 0) return new Refusal('case-needs-lead', 'the first assignment must name a lead department', '须先指定一个牵头单位');
  const twice = all.find((task, index) => all.findIndex((other) => other.departmentId === task.departmentId) !== index);
  return twice
    ? new Refusal('department-already-assigned', `department ${twice.departmentId} holds a task of this case`, '同一单位已有本单的任务')
    : null;
}

function isHolding(deadline: Deadline): boolean {
  return isOpen(deadline) && !['reminder', 'evaluation', 'window'].includes(deadline.rule.milestone);
}

function refusalOf(state: CaseState, action: CaseAction): [code: string, said: string] {
  if (state === 'closed') return action === 'close' ? ['already-closed', '该舆情单已办结'] : ['case-closed', '该舆情单已办结，不能再处理'];
  if (action === 'close') return ['case-not-responded', '尚未公开回应，不能办结'];
  return ['case-not-assigned', '该舆情单尚未交办'];
}
