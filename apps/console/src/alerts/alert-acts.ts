import type { ActionView, AlertState, Role } from '@huiying/contracts/http';

export type AlertAct = 'seen' | 'confirm' | 'false-alarm';

const DECIDED: Partial<Record<AlertState, string>> = {
  confirmed: '已研判定级',
  'false-alarm': '已标为误报',
  merged: '已并入同一事件的另一预警',
};
const MAY_DECIDE: readonly Role[] = ['duty-officer', 'supervisor'];

/** What a person may do with an alert in a list, where the server has not said it line by line; the server decides in the end. */
export function alertActs(state: AlertState, role: Role): Record<AlertAct, ActionView> {
  const decided = DECIDED[state];
  const whyNot = MAY_DECIDE.includes(role) ? (decided ?? null) : '由值班员或带班领导处置';
  const act = (action: AlertAct, reason: string | null): ActionView => ({ action, allowed: reason === null, whyNot: reason });
  return {
    seen: act('seen', whyNot ?? (state === 'seen' ? '已知悉' : null)),
    confirm: act('confirm', whyNot),
    'false-alarm': act('false-alarm', whyNot),
  };
}

/** The server's word where it gave one, otherwise a refusal that says so. */
export function actionOf(actions: readonly ActionView[], action: string): ActionView {
  return actions.find((candidate) => candidate.action === action) ?? { action, allowed: false, whyNot: '当前不能执行此步' };
}
