import { told, type Conflict } from '../conflict.js';
import { Refusal } from '../refusals.js';

/** 待受理 · 待派单 · 待签收 · 已签收 · 办理中 · 退单审核中 · 已答复待审核 · 已办结待回访 · 已归档 · 已并单 · 不予受理 */
export const ORDER_STATES = [
  'received',
  'accepted',
  'dispatched',
  'signed',
  'handling',
  'returning',
  'replied',
  'closed',
  'archived',
  'joined',
  'refused',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** The trade's words, once. */
export const ORDER_STATE_WORDS: Record<OrderState, string> = {
  received: '待受理',
  accepted: '待派单',
  dispatched: '待签收',
  signed: '已签收',
  handling: '办理中',
  returning: '退单审核中',
  replied: '已答复待审核',
  closed: '已办结待回访',
  archived: '已归档',
  joined: '已并单',
  refused: '不予受理',
};

/**
 * `return` asks, `rule-return` answers by keeping the order where it is (驳回); granting it is a `dispatch` to another unit (改派).
 * `extend` asks, `rule-extension` answers. `archive` and `rework` are what a `visit-result` leads to.
 */
export const ORDER_ACTIONS = [
  'accept',
  'refuse',
  'dispatch',
  'sign',
  'return',
  'rule-return',
  'extend',
  'rule-extension',
  'contact',
  'progress',
  'reply',
  'send-back',
  'close',
  'visit-result',
  'rework',
  'urge',
  'supervise',
  'join',
  'split',
] as const;
export type OrderAction = (typeof ORDER_ACTIONS)[number];

export const ORDER_ACTION_WORDS: Record<OrderAction, string> = {
  accept: '受理',
  refuse: '不予受理',
  dispatch: '派单',
  sign: '签收',
  return: '申请退单',
  'rule-return': '驳回退单',
  extend: '申请延期',
  'rule-extension': '延期审批',
  contact: '联系诉求人',
  progress: '办理进展',
  reply: '答复',
  'send-back': '退回重办',
  close: '办结',
  'visit-result': '回访',
  rework: '重办',
  urge: '催办',
  supervise: '督办',
  join: '并单',
  split: '拆单',
};

/**
 * What may be done with a 12345 work order (工单) in each state; what is not here is refused. After the way of GB/T 33358 and
 * 国办发〔2020〕53号: 受理、派单、办理、答复、督办、办结、回访、评价. Where a step leads to more than one state the commonest stands here and
 * stepOrder decides: a kept order goes back to where it was, a visit archives, sends back or leaves it to be called again.
 */
export const ORDER_STEPS: Record<OrderState, Partial<Record<OrderAction, OrderState>>> = {
  received: { accept: 'accepted', refuse: 'refused', dispatch: 'dispatched', reply: 'replied', join: 'joined' },
  accepted: { refuse: 'refused', dispatch: 'dispatched', reply: 'replied', join: 'joined' },
  dispatched: { dispatch: 'dispatched', sign: 'signed', return: 'returning', urge: 'dispatched', supervise: 'dispatched', join: 'joined' },
  signed: {
    dispatch: 'dispatched',
    return: 'returning',
    extend: 'signed',
    'rule-extension': 'signed',
    contact: 'signed',
    progress: 'handling',
    reply: 'replied',
    urge: 'signed',
    supervise: 'signed',
    join: 'joined',
  },
  handling: {
    dispatch: 'dispatched',
    return: 'returning',
    extend: 'handling',
    'rule-extension': 'handling',
    contact: 'handling',
    progress: 'handling',
    reply: 'replied',
    urge: 'handling',
    supervise: 'handling',
    join: 'joined',
  },
  returning: { dispatch: 'dispatched', 'rule-return': 'dispatched', urge: 'returning', supervise: 'returning' },
  replied: { reply: 'replied', contact: 'replied', 'send-back': 'handling', close: 'closed', supervise: 'replied' },
  closed: { 'visit-result': 'archived', rework: 'handling' },
  archived: { rework: 'handling' },
  joined: { split: 'accepted', reply: 'replied' },
  refused: { accept: 'accepted' },
};

const REFUSALS: Partial<Record<OrderState, Partial<Record<OrderAction, [code: string, said: string]>>>> = {
  received: { sign: ['order-not-dispatched', '工单尚未派单，不能签收'], close: ['order-not-replied', '工单尚未答复，不能办结'] },
  accepted: {
    accept: ['already-accepted', '工单已受理'],
    sign: ['order-not-dispatched', '工单尚未派单，不能签收'],
    close: ['order-not-replied', '工单尚未答复，不能办结'],
  },
  dispatched: {
    reply: ['order-not-signed', '请先签收，再答复'],
    progress: ['order-not-signed', '请先签收，再登记办理进展'],
    contact: ['order-not-signed', '请先签收，再联系诉求人'],
    extend: ['order-not-signed', '请先签收，再申请延期'],
    close: ['order-not-replied', '工单尚未答复，不能办结'],
  },
  signed: { sign: ['already-signed', '工单已签收'], close: ['order-not-replied', '工单尚未答复，不能办结'] },
  handling: { sign: ['already-signed', '工单已签收'], close: ['order-not-replied', '工单尚未答复，不能办结'] },
  returning: { return: ['return-pending', '退单申请正在审核'], sign: ['return-pending', '退单申请正在审核，不能签收'] },
  replied: {
    sign: ['already-signed', '工单已签收并答复'],
    return: ['already-replied', '已答复的工单不能退单'],
    extend: ['already-replied', '工单已答复，无需延期'],
    urge: ['already-replied', '工单已答复，无需催办'],
  },
  closed: { close: ['already-closed', '工单已办结'], reply: ['already-closed', '工单已办结，重办后才能再答复'] },
};
const OVER: Partial<Record<OrderState, [code: string, said: string]>> = {
  closed: ['order-closed', '工单已办结'],
  archived: ['order-archived', '工单已归档'],
  joined: ['order-joined', '工单已并单，请在主单上办理'],
  refused: ['order-refused', '工单不予受理'],
};

/** Why an action is refused in a state, or null where it is lawful. */
export function orderRefusal(state: OrderState, action: OrderAction, conflict?: Conflict): Refusal | null {
  if (ORDER_STEPS[state][action] !== undefined) return null;
  const [code, said] = REFUSALS[state]?.[action] ??
    OVER[state] ?? ['order-step-unlawful', `${ORDER_STATE_WORDS[state]}的工单不能${ORDER_ACTION_WORDS[action]}`];
  return new Refusal(code, `work order is ${state}: cannot ${action}`, told(said, conflict), conflict);
}

/** An order whose unit still owes an answer. */
export function isOrderOwed(state: OrderState): boolean {
  return state === 'dispatched' || state === 'signed' || state === 'handling' || state === 'returning';
}

/** An order that needs nothing more but perhaps a call to the one who called. */
export function isOrderOver(state: OrderState): boolean {
  return state === 'closed' || state === 'archived' || state === 'joined' || state === 'refused';
}
