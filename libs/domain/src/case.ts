import { told, type Conflict } from './conflict.js';
import type { Deadline } from './deadline.js';
import { isOpen } from './deadline-state.js';
import { Refusal } from './refusals.js';
import { isAtLeast, type SeverityLevel } from './severity-level.js';
import { isTaskOpen, type TaskState } from './task.js';

/** 待交办 · 待签收 · 处置中 · 已回应 · 已办结 · 已归档 · 已并入他单 */
export type CaseState = 'opened' | 'assigned' | 'handling' | 'responded' | 'closed' | 'archived' | 'merged';

/**
 * `return`: a task was returned (退回). `respond`: evidence was registered that stops a first-response clock. `relevel`: 升级、降级.
 * `supervise`: 督办. `merge`: it goes on as part of an earlier case (并案); `split`: and comes back (拆案). `reopen`: 重开.
 * `evaluate`: the effect is judged (效果评估). `archive`: 归档.
 */
export type CaseAction =
  | 'assign'
  | 'acknowledge'
  | 'return'
  | 'respond'
  | 'close'
  | 'relevel'
  | 'supervise'
  | 'merge'
  | 'split'
  | 'reopen'
  | 'evaluate'
  | 'archive';

/**
 * What may happen to a case (舆情单) in each state. What is not here is refused. Once answered in public it stays answered.
 * Where a 退回, a 重开 or a 拆案 leads depends on its tasks and clocks: after one, ask caseStateOf, which is the authority.
 */
export const CASE_STEPS: Record<CaseState, Partial<Record<CaseAction, CaseState>>> = {
  opened: { assign: 'assigned', respond: 'responded', relevel: 'opened', supervise: 'opened', merge: 'merged' },
  assigned: {
    assign: 'assigned',
    acknowledge: 'handling',
    return: 'assigned',
    respond: 'responded',
    relevel: 'assigned',
    supervise: 'assigned',
    merge: 'merged',
  },
  handling: {
    assign: 'handling',
    acknowledge: 'handling',
    return: 'handling',
    respond: 'responded',
    relevel: 'handling',
    supervise: 'handling',
    merge: 'merged',
  },
  responded: {
    assign: 'responded',
    acknowledge: 'responded',
    return: 'responded',
    respond: 'responded',
    close: 'closed',
    relevel: 'responded',
    supervise: 'responded',
    merge: 'merged',
  },
  closed: { reopen: 'responded', evaluate: 'closed', archive: 'archived' },
  archived: {},
  merged: { split: 'opened' },
};

/** A case in which nothing is to be done any more, unless it is opened again. */
export function isCaseOver(state: CaseState): boolean {
  return state === 'closed' || state === 'archived' || state === 'merged';
}

/** Why an action is refused in a state, or null where it is lawful. */
export function caseRefusal(state: CaseState, action: CaseAction, conflict?: Conflict): Refusal | null {
  if (CASE_STEPS[state][action] !== undefined) return null;
  const [code, said] = refusalOf(state, action);
  return new Refusal(code, `case is ${state}: cannot ${action}`, told(said, conflict), conflict);
}

/** @throws Refusal case-closed, case-archived, case-merged, already-…, case-not-responded, case-not-assigned, case-not-closed, case-not-merged */
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
 * Every reason a case cannot be closed (办结) now; none = it can. Reminders, the evaluation after closing and the analysis for the leaders do not hold it open.
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
  if (isCaseOver(state)) return [caseRefusal(state, 'close')!];
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

/** What of a case decides whether it can go on in another. */
export interface Mergeable {
  id: string;
  caseNo: string;
  state: CaseState;
  severity: SeverityLevel;
  /** Earlier of the start fact and first sight. */
  notBefore: Date;
}

/**
 * Why a case cannot go on as part of another (并案), or null. The later goes into the earlier and the lighter into the graver,
 * so that no clock is lost or begins later by it.
 */
export function mergeRefusal(one: Mergeable, into: Mergeable): Refusal | null {
  if (one.id === into.id) return new Refusal('merge-into-itself', 'a case cannot be merged into itself', '不能并入自身');
  const refusal = caseRefusal(one.state, 'merge') ?? caseRefusal(into.state, 'assign');
  if (refusal) return refusal;
  if (into.notBefore > one.notBefore)
    return new Refusal('merge-into-older', `${into.caseNo} began later`, `${into.caseNo}起算更晚，应反过来并入，时限才不会推迟`);
  if (!isAtLeast(into.severity, one.severity))
    return new Refusal(
      'merge-into-graver',
      `${into.caseNo} is of level ${into.severity}`,
      `${into.caseNo}级别更低，请先将其升为${one.severity}级`,
    );
  return null;
}

/** Why a severity cannot be set anew (升级、降级), or null. */
export function relevelRefusal(state: CaseState, from: SeverityLevel, to: SeverityLevel): Refusal | null {
  const refusal = caseRefusal(state, 'relevel');
  if (refusal) return refusal;
  return from === to ? new Refusal('same-level', `case is of level ${to} already`, `该舆情单已是${to}级`) : null;
}

function isHolding(deadline: Deadline): boolean {
  return isOpen(deadline) && !['reminder', 'evaluation', 'window', 'analysis'].includes(deadline.rule.milestone);
}

const OVER: Record<'closed' | 'archived' | 'merged', [code: string, said: string]> = {
  closed: ['case-closed', '该舆情单已办结，不能再处理'],
  archived: ['case-archived', '该舆情单已归档'],
  merged: ['case-merged', '该舆情单已并入他单，请到主单办理'],
};
const NOT_YET: Partial<Record<CaseAction, [code: string, said: string]>> = {
  close: ['case-not-responded', '尚未公开回应，不能办结'],
  split: ['case-not-merged', '该舆情单没有并入他单'],
  reopen: ['case-not-closed', '该舆情单尚未办结，无需重开'],
  evaluate: ['case-not-closed', '办结后才能评估回应效果'],
  archive: ['case-not-closed', '办结并评估后才能归档'],
};

function refusalOf(state: CaseState, action: CaseAction): [code: string, said: string] {
  if (state === 'closed' && action === 'close') return ['already-closed', '该舆情单已办结'];
  if (state === 'archived' && action === 'archive') return ['already-archived', '该舆情单已归档'];
  if (state === 'merged' && action === 'merge') return ['already-merged', '该舆情单已并入他单'];
  if (state === 'closed' || state === 'archived' || state === 'merged') return OVER[state];
  return NOT_YET[action] ?? ['case-not-assigned', '该舆情单尚未交办'];
}
