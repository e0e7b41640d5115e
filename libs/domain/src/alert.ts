import { told, type Conflict } from './conflict.js';
import { Refusal } from './refusals.js';

export type AlertState = 'open' | 'seen' | 'confirmed' | 'false-alarm' | 'merged';
export type AlertAction = 'seen' | 'confirm' | 'false-alarm';

/** What may be done with an alert (预警) in each state. What is not here is refused. 知悉 a second time changes nothing. */
export const ALERT_STEPS: Record<AlertState, Partial<Record<AlertAction, AlertState>>> = {
  open: { seen: 'seen', confirm: 'confirmed', 'false-alarm': 'false-alarm' },
  seen: { seen: 'seen', confirm: 'confirmed', 'false-alarm': 'false-alarm' },
  confirmed: { seen: 'confirmed' },
  'false-alarm': { seen: 'false-alarm' },
  merged: {},
};

const DECIDED: Partial<Record<AlertState, string>> = {
  confirmed: '该预警已研判定级',
  'false-alarm': '该预警已标为误报',
  merged: '该预警已并入同一事件的另一预警',
};

/** Why an action is refused in a state, or null where it is lawful. */
export function alertRefusal(state: AlertState, action: AlertAction, conflict?: Conflict): Refusal | null {
  if (ALERT_STEPS[state][action] !== undefined) return null;
  const said = DECIDED[state] ?? '此预警现在不能这样处理';
  return new Refusal('already-decided', `alert is ${state}: ${action} is not possible any more`, told(said, conflict), conflict);
}

/** @throws Refusal already-decided */
export function stepAlert(state: AlertState, action: AlertAction, conflict?: Conflict): AlertState {
  const refusal = alertRefusal(state, action, conflict);
  if (refusal) throw refusal;
  return ALERT_STEPS[state][action]!;
}
