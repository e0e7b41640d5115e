import { told, type Conflict } from './conflict.js';
import { Refusal } from './refusals.js';

/** 起草中 · 保密审查中 · 待审批 · 已批准 · 已发布 · 已作废 */
export type StatementState = 'draft' | 'review' | 'cleared' | 'approved' | 'published' | 'withdrawn';

/** `clear`: the secrecy review (保密审查) is passed. `send-back`: to the draft, with the reason. `revise`: a new version of what was published. */
export type StatementAction = 'edit' | 'submit' | 'clear' | 'send-back' | 'approve' | 'publish' | 'revise' | 'withdraw';

/**
 * The way of a statement (口径): 起草 → 保密审查 → 审批 → 发布. What is not here is refused. 先审查后公开: 政府信息公开条例第17条.
 * What was published stays published; a change of it is a new version that goes the whole way again.
 */
export const STATEMENT_STEPS: Record<StatementState, Partial<Record<StatementAction, StatementState>>> = {
  draft: { edit: 'draft', submit: 'review', withdraw: 'withdrawn' },
  review: { clear: 'cleared', 'send-back': 'draft', withdraw: 'withdrawn' },
  cleared: { approve: 'approved', 'send-back': 'draft', withdraw: 'withdrawn' },
  approved: { publish: 'published', 'send-back': 'draft', withdraw: 'withdrawn' },
  published: { revise: 'draft' },
  withdrawn: {},
};

const REFUSALS: Record<StatementState, Partial<Record<StatementAction, [code: string, said: string]>>> = {
  draft: {
    clear: ['statement-not-submitted', '口径尚未送审'],
    'send-back': ['statement-not-submitted', '口径尚在起草，无需退改'],
    approve: ['statement-not-cleared', '口径未经保密审查，不能批准（先审查后公开）'],
    publish: ['statement-not-approved', '口径未经批准，不能发布'],
    revise: ['statement-not-published', '口径尚未发布，直接修改即可'],
  },
  review: {
    edit: ['statement-under-review', '口径正在审查，退改后才能修改'],
    submit: ['already-submitted', '口径已送审'],
    approve: ['statement-not-cleared', '口径未经保密审查，不能批准（先审查后公开）'],
    publish: ['statement-not-approved', '口径未经批准，不能发布'],
    revise: ['statement-not-published', '口径尚未发布'],
  },
  cleared: {
    edit: ['statement-under-review', '口径已过保密审查，退改后才能修改'],
    submit: ['already-submitted', '口径已送审'],
    clear: ['already-cleared', '口径已过保密审查'],
    publish: ['statement-not-approved', '口径未经批准，不能发布'],
    revise: ['statement-not-published', '口径尚未发布'],
  },
  approved: {
    edit: ['already-approved', '口径已批准，退改后才能修改'],
    submit: ['already-approved', '口径已批准'],
    clear: ['already-approved', '口径已批准'],
    approve: ['already-approved', '口径已批准'],
    revise: ['statement-not-published', '口径尚未发布'],
  },
  published: {
    edit: ['already-published', '口径已发布，请以新版本更正'],
    submit: ['already-published', '口径已发布'],
    clear: ['already-published', '口径已发布'],
    'send-back': ['already-published', '口径已发布，不能退改，请以新版本更正'],
    approve: ['already-published', '口径已发布'],
    publish: ['already-published', '口径已发布'],
    withdraw: ['already-published', '口径已发布，不能作废，请以新版本更正'],
  },
  withdrawn: {},
};
const WITHDRAWN: [code: string, said: string] = ['statement-withdrawn', '口径已作废'];

/** Why an action is refused in a state, or null where it is lawful. */
export function statementRefusal(state: StatementState, action: StatementAction, conflict?: Conflict): Refusal | null {
  if (STATEMENT_STEPS[state][action] !== undefined) return null;
  const [code, said] = REFUSALS[state][action] ?? WITHDRAWN;
  return new Refusal(code, `statement is ${state}: cannot ${action}`, told(said, conflict), conflict);
}

/** @throws Refusal named as in the table above */
export function stepStatement(state: StatementState, action: StatementAction, conflict?: Conflict): StatementState {
  const refusal = statementRefusal(state, action, conflict);
  if (refusal) throw refusal;
  return STATEMENT_STEPS[state][action]!;
}

/**
 * Nobody clears or approves what he or she wrote (两人原则), and approving is for a leader. Null where the person may.
 * @param author name of who wrote the version
 */
export function statementRoleRefusal(
  action: StatementAction,
  person: { name: string; isAtDesk: boolean; isLeader: boolean },
  author: string,
): Refusal | null {
  if (action === 'approve' && !person.isLeader)
    return new Refusal('forbidden', 'only a supervisor approves a statement', '口径由带班领导批准');
  if (action !== 'clear' && action !== 'approve' && action !== 'publish') return null;
  if (!person.isAtDesk) return new Refusal('forbidden', `${action} is for the desk`, '由值班台办理');
  if (action !== 'publish' && person.name === author)
    return new Refusal(
      'own-statement',
      `${person.name} wrote this version and cannot ${action} it`,
      action === 'clear' ? '本人起草的口径须由他人作保密审查' : '本人起草的口径须由他人批准',
    );
  return null;
}
