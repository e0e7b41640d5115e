import type { OrderStateName, OrderStepName } from '@huiying/contracts/http';
import type { Look } from '../marks/state-tag.js';

export const ORDER_LOOKS: Record<OrderStateName, Look> = {
  received: 'waiting',
  accepted: 'waiting',
  dispatched: 'waiting',
  signed: 'moving',
  handling: 'moving',
  returning: 'wrong',
  replied: 'moving',
  closed: 'done',
  archived: 'done',
  joined: 'aside',
  refused: 'aside',
};

export const LIGHT_WORDS = { green: '绿灯 正常', yellow: '黄灯 临期', red: '红灯 逾期' } as const;

/** How a button calls a step, and what is said once it was taken. */
export const STEP_WORDS: Record<OrderStepName, { word: string; done: string }> = {
  accept: { word: '受理', done: '已受理' },
  refuse: { word: '不予受理', done: '已登记不予受理' },
  dispatch: { word: '派单', done: '已派单，已通知承办单位' },
  sign: { word: '签收', done: '已签收' },
  return: { word: '申请退单', done: '已申请退单，等待审核' },
  'rule-return': { word: '驳回退单', done: '已驳回，仍由原单位办理' },
  extend: { word: '申请延期', done: '已申请延期，等待审批' },
  'rule-extension': { word: '审批延期', done: '已审批，已通知承办单位' },
  contact: { word: '登记联系', done: '已登记联系诉求人' },
  progress: { word: '登记进展', done: '已登记进展' },
  reply: { word: '答复', done: '已答复，等待审核' },
  'send-back': { word: '退回重办', done: '已退回重办' },
  close: { word: '审核办结', done: '已办结，等待回访' },
  'visit-result': { word: '登记回访', done: '已登记回访结果' },
  rework: { word: '重办', done: '已要求重办' },
  urge: { word: '催办', done: '已催办' },
  supervise: { word: '督办', done: '已督办' },
  join: { word: '并单', done: '已并入主单' },
  split: { word: '拆单', done: '已拆出，待派单' },
};
