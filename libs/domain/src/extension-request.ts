import type { WorkCalendar } from './calendar.js';
import { told, type Conflict } from './conflict.js';
import type { Deadline } from './deadline.js';
import { HOUR_MS, localDateOf } from './local-time.js';
import { Refusal } from './refusals.js';

/** 待批准 · 已批准 · 未批准 · 已撤回 */
export type ExtensionState = 'asked' | 'approved' | 'refused' | 'withdrawn';
export type ExtensionAction = 'approve' | 'refuse' | 'withdraw';

/** What may be done with a request for a later end (延期申请) in each state. Decided once; who is refused may ask anew while the clock runs. */
export const EXTENSION_STEPS: Record<ExtensionState, Partial<Record<ExtensionAction, ExtensionState>>> = {
  asked: { approve: 'approved', refuse: 'refused', withdraw: 'withdrawn' },
  approved: {},
  refused: {},
  withdrawn: {},
};

const SAID: Record<Exclude<ExtensionState, 'asked'>, [code: string, said: string]> = {
  approved: ['extension-approved', '该延期申请已批准'],
  refused: ['extension-refused', '该延期申请未获批准'],
  withdrawn: ['extension-withdrawn', '该延期申请已撤回'],
};

/** Why an action is refused in a state, or null where it is lawful. */
export function extensionRefusal(state: ExtensionState, action: ExtensionAction, conflict?: Conflict): Refusal | null {
  if (state === 'asked') return null;
  const [code, said] = SAID[state];
  return new Refusal(code, `extension is ${state}: cannot ${action}`, told(said, conflict), conflict);
}

/** @throws Refusal extension-approved, extension-refused, extension-withdrawn */
export function stepExtension(state: ExtensionState, action: ExtensionAction, conflict?: Conflict): ExtensionState {
  const refusal = extensionRefusal(state, action, conflict);
  if (refusal) throw refusal;
  return EXTENSION_STEPS[state][action]!;
}

/**
 * How much later, in the rule's unit, a clock would end to reach an instant: hours to the minute, days as they count between
 * the two ends. 0 or less where the instant is no later.
 */
export function amountUntil(deadline: Deadline, until: Date, calendar: WorkCalendar): number {
  const { dueAt, rule } = deadline;
  if (rule.unit === 'hours') return Math.floor((until.getTime() - dueAt.getTime()) / (HOUR_MS / 60)) / 60;
  const [from, to] = [localDateOf(dueAt), localDateOf(until)];
  if (to <= from) return 0;
  return rule.unit === 'workingDays'
    ? calendar.workingDaysBetween(from, to).days
    : Math.round((Date.parse(to) - Date.parse(from)) / (24 * HOUR_MS));
}
