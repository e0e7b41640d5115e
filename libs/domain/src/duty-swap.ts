import { onDutyAt, type DutyKind, type DutyTurn } from './duty.js';
import { Refusal } from './refusals.js';

export type SwapState = 'asked' | 'agreed' | 'declined' | 'withdrawn';
export type SwapAction = 'agree' | 'decline' | 'withdraw';

/** What may be done with a request to swap (换班); what is not here is refused. */
export const SWAP_STEPS: Record<SwapState, Partial<Record<SwapAction, SwapState>>> = {
  asked: { agree: 'agreed', decline: 'declined', withdraw: 'withdrawn' },
  agreed: {},
  declined: {},
  withdrawn: {},
};
const SAID: Record<SwapState, string> = { asked: '待答复', agreed: '已同意', declined: '已拒绝', withdrawn: '已撤回' };

/** @throws Refusal swap-settled */
export function stepSwap(state: SwapState, action: SwapAction): SwapState {
  const next = SWAP_STEPS[state][action];
  if (next === undefined)
    throw new Refusal('swap-settled', `swap is ${state}: ${action} is not possible any more`, `该换班申请${SAID[state]}`);
  return next;
}

/** One shift of a swap: whose it is and when. */
export interface SwapShift {
  personId: string;
  duty: DutyKind;
  from: Date;
  to: Date;
}

/**
 * Why a swap is not possible: the shift has begun, its holder does not hold it (any more), or who would take it is on duty then
 * already. Null where it is lawful. Looked at when it is asked for and again when it is agreed to.
 */
export function swapRefusal(given: SwapShift, takenBy: string, turns: readonly DutyTurn[], now: Date): Refusal | null {
  if (given.from <= now) return new Refusal('shift-begun', 'the shift has begun', '该班次已经开始，不能再换');
  const during = turns.filter((turn) => turn.from < given.to && turn.to > given.from);
  const on = onDutyAt(during, given.from);
  if (!on.some((turn) => turn.duty === given.duty && turn.personId === given.personId))
    return new Refusal('not-your-shift', 'the shift is somebody else’s', '该班次现在不由申请人值');
  if (takenBy === given.personId) return new Refusal('same-person', 'a swap needs two people', '换班须选择另一人');
  // Whoever is on at any instant of it: turns change only at their own edges.
  const edges = [given.from, ...during.map((turn) => turn.from).filter((at) => at > given.from && at < given.to)];
  if (edges.some((at) => onDutyAt(during, at).some((turn) => turn.personId === takenBy)))
    return new Refusal('on-duty-then', 'who would take it is on duty then', '对方在该时段已有班次');
  return null;
}
