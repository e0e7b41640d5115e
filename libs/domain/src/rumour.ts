import { told, type Conflict } from './conflict.js';
import { Refusal } from './refusals.js';

/** 待澄清 · 已澄清 · 已撤回认定 */
export type RumourState = 'open' | 'clarified' | 'withdrawn';
/** 登记澄清 · 撤回认定 */
export type RumourAction = 'clarify' | 'withdraw';

/**
 * The way of a claim that was found to be false or incomplete (不实信息; 突发事件应对法第七条、政府信息公开条例第六条). It is clarified
 * by proof of what was published only; where it turns out to be true, the finding is withdrawn with grounds.
 */
export const RUMOUR_STEPS: Record<RumourState, Partial<Record<RumourAction, RumourState>>> = {
  open: { clarify: 'clarified', withdraw: 'withdrawn' },
  clarified: {},
  withdrawn: {},
};

/** Why an action is refused in a state, or null where it is lawful. */
export function rumourRefusal(state: RumourState, action: RumourAction, conflict?: Conflict): Refusal | null {
  if (RUMOUR_STEPS[state][action] !== undefined) return null;
  const [code, said] = state === 'clarified' ? ['rumour-clarified', '该不实信息已登记澄清'] : ['rumour-withdrawn', '该认定已撤回'];
  return new Refusal(code!, `rumour is ${state}: cannot ${action}`, told(said!, conflict), conflict);
}

/** @throws Refusal rumour-clarified, rumour-withdrawn */
export function stepRumour(state: RumourState, action: RumourAction, conflict?: Conflict): RumourState {
  const refusal = rumourRefusal(state, action, conflict);
  if (refusal) throw refusal;
  return RUMOUR_STEPS[state][action]!;
}
