import { told, type Conflict } from './conflict.js';
import { localTimeText, MINUTE_MS } from './local-time.js';
import { BadInput, Refusal, type Fault } from './refusals.js';

/** 未登记 · 调查中 · 报告已提交 · 已批复 */
export type InvestigationState = 'none' | 'begun' | 'reported' | 'approved';
/** 登记调查 · 登记报告 · 登记批复 */
export type InvestigationAction = 'begin' | 'report' | 'approve';

/**
 * The way of an accident's investigation (事故调查, 国务院令第493号). Begun, it owes its report within 60 days of the accident (第29条);
 * reported, the government owes its decision (批复) within 15 or 30 days of having received the report (第32条).
 */
export const INVESTIGATION_STEPS: Record<InvestigationState, Partial<Record<InvestigationAction, InvestigationState>>> = {
  none: { begin: 'begun' },
  begun: { report: 'reported' },
  reported: { approve: 'approved' },
  approved: {},
};

const DONE: Record<InvestigationAction, [code: string, said: string]> = {
  begin: ['investigation-begun', '已登记事故调查'],
  report: ['investigation-reported', '调查报告已登记'],
  approve: ['investigation-approved', '批复已登记'],
};
const NOT_YET: Partial<Record<InvestigationAction, [code: string, said: string]>> = {
  report: ['investigation-not-begun', '尚未登记事故调查'],
  approve: ['investigation-not-reported', '尚未登记调查报告，不能登记批复'],
};
const ORDER: readonly InvestigationState[] = ['none', 'begun', 'reported', 'approved'];
const LEADS_TO: Record<InvestigationAction, InvestigationState> = { begin: 'begun', report: 'reported', approve: 'approved' };

/** Why an action is refused in a state, or null where it is lawful. */
export function investigationRefusal(state: InvestigationState, action: InvestigationAction, conflict?: Conflict): Refusal | null {
  if (INVESTIGATION_STEPS[state][action] !== undefined) return null;
  const isDone = ORDER.indexOf(state) >= ORDER.indexOf(LEADS_TO[action]);
  const [code, said] = isDone ? DONE[action] : NOT_YET[action]!;
  return new Refusal(
    code,
    `investigation is ${state}: cannot ${action}`,
    isDone ? told(said, conflict) : said,
    isDone ? conflict : undefined,
  );
}

/** @throws Refusal investigation-begun, investigation-reported, investigation-approved, investigation-not-begun, investigation-not-reported */
export function stepInvestigation(state: InvestigationState, action: InvestigationAction, conflict?: Conflict): InvestigationState {
  const refusal = investigationRefusal(state, action, conflict);
  if (refusal) throw refusal;
  return INVESTIGATION_STEPS[state][action]!;
}

/**
 * What is wrong with the instants of an investigation: each must not lie before the one it follows, and none in the future.
 * People state them to the minute.
 * @param instants in the order in which they must have happened, each with its field and its name
 */
export function assertInOrder(instants: readonly { field: string; name: string; at: Date }[], now: Date): void {
  const faults: Fault[] = [];
  instants.forEach(({ field, name, at }, index) => {
    const previous = instants[index - 1];
    if (at > now) {
      const message = `${name}不能晚于现在（${localTimeText(now)}）`;
      faults.push({ field, rule: 'must not be in the future', got: at.toISOString(), message });
    } else if (previous && at.getTime() < Math.floor(previous.at.getTime() / MINUTE_MS) * MINUTE_MS) {
      const message = `${name}不能早于${previous.name}（${localTimeText(previous.at)}）`;
      faults.push({ field, rule: `must not be before ${previous.at.toISOString()}`, got: at.toISOString(), message });
    }
  });
  if (faults.length > 0) throw new BadInput(faults);
}
