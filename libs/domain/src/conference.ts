import { told, type Conflict } from './conflict.js';
import { Refusal } from './refusals.js';

/** 未安排 · 已安排 · 已召开 · 经批准不举行 */
export type ConferenceState = 'none' | 'planned' | 'held' | 'waived';
export type ConferenceAction = 'plan' | 'hold' | 'waive';

/**
 * The way of a press conference (新闻发布会). One that was held stays held; one that was waived may be planned after all.
 * Owed within 24 hours at levels I and II (国办发〔2016〕61号): held it meets the clock, waived by a leader it cancels it.
 */
export const CONFERENCE_STEPS: Record<ConferenceState, Partial<Record<ConferenceAction, ConferenceState>>> = {
  none: { plan: 'planned', hold: 'held', waive: 'waived' },
  planned: { plan: 'planned', hold: 'held', waive: 'waived' },
  held: {},
  waived: { plan: 'planned' },
};

const SAID: Partial<Record<ConferenceState, [code: string, said: string]>> = {
  held: ['conference-held', '新闻发布会已召开'],
  waived: ['conference-waived', '已经批准不举行新闻发布会，如需举行请重新安排'],
};

/** Why an action is refused in a state, or null where it is lawful. */
export function conferenceRefusal(state: ConferenceState, action: ConferenceAction, conflict?: Conflict): Refusal | null {
  if (CONFERENCE_STEPS[state][action] !== undefined) return null;
  const [code, said] = SAID[state]!;
  return new Refusal(code, `press conference is ${state}: cannot ${action}`, told(said, conflict), conflict);
}

/** @throws Refusal conference-held, conference-waived */
export function stepConference(state: ConferenceState, action: ConferenceAction, conflict?: Conflict): ConferenceState {
  const refusal = conferenceRefusal(state, action, conflict);
  if (refusal) throw refusal;
  return CONFERENCE_STEPS[state][action]!;
}
