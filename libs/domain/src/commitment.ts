import { told, type Conflict } from './conflict.js';
import type { LocalDate } from './local-time.js';
import { Refusal } from './refusals.js';

/** 兑现中 · 已兑现 · 已调整取消 */
export type CommitmentState = 'open' | 'kept' | 'dropped';
export type CommitmentAction = 'change' | 'keep' | 'drop';

/** What may be done with a commitment (承诺) in each state. It is kept by proof only, and dropped by a leader with grounds that are told. */
export const COMMITMENT_STEPS: Record<CommitmentState, Partial<Record<CommitmentAction, CommitmentState>>> = {
  open: { change: 'open', keep: 'kept', drop: 'dropped' },
  kept: {},
  dropped: {},
};

/** Why an action is refused in a state, or null where it is lawful. */
export function commitmentRefusal(state: CommitmentState, action: CommitmentAction, conflict?: Conflict): Refusal | null {
  if (COMMITMENT_STEPS[state][action] !== undefined) return null;
  const [code, said] = state === 'kept' ? ['already-kept', '该承诺已登记兑现'] : ['commitment-dropped', '该承诺已取消'];
  return new Refusal(code!, `commitment is ${state}: cannot ${action}`, told(said!, conflict), conflict);
}

/** @throws Refusal already-kept, commitment-dropped */
export function stepCommitment(state: CommitmentState, action: CommitmentAction, conflict?: Conflict): CommitmentState {
  const refusal = commitmentRefusal(state, action, conflict);
  if (refusal) throw refusal;
  return COMMITMENT_STEPS[state][action]!;
}

/** Overdue from the day after: a promise for the 20th may be kept on the 20th. */
export function isCommitmentOverdue(one: { state: CommitmentState; dueOn: LocalDate | null }, today: LocalDate): boolean {
  return one.state === 'open' && one.dueOn !== null && one.dueOn < today;
}
