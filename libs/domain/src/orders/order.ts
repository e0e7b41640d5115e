import type { OrderState } from './order-machine.js';

/** How the call-back (回访) went, in the hotlines' words. */
export interface OrderVisit {
  at: Date;
  result: '接通' | '未接';
  resolved: '已解决' | '部分解决' | '未解决' | '无法解决' | null;
  satisfaction: '非常满意' | '满意' | '基本满意' | '不满意' | null;
  comment: string | null;
  /** 剔除评价: counted nowhere. */
  exempt: boolean;
}

/** What a unit asked for and nobody has ruled on yet. */
export interface AskedReturn {
  reason: string;
  /** not-ours 非本单位职责 · insufficient 信息不足 */
  ground: 'not-ours' | 'insufficient';
  suggestedUnit: string | null;
  by: string;
  at: Date;
}
export interface AskedExtension {
  /** In the unit of the finish clock's rule, mostly working days. */
  amount: number;
  reason: string;
  by: string;
  at: Date;
}

/** The part of a work order (工单) that handling changes. The appeal itself is the hotline's and never changed by us. */
export interface OrderHandling {
  state: OrderState;
  /** 主单: the order this one was joined to. */
  parentNo: string | null;
  leadUnit: string | null;
  departmentId: string | null;
  coUnits: string[];
  instruction: string | null;
  dispatchedAt: Date | null;
  signedAt: Date | null;
  signedBy: string | null;
  /** 首次联系诉求人. */
  contactedAt: Date | null;
  /** When signing and finishing fall due, and until when the order may be returned; null where no clock runs. */
  signDueAt: Date | null;
  dueAt: Date | null;
  returnUntil: Date | null;
  extensions: number;
  extensionReason: string | null;
  askedExtension: AskedExtension | null;
  returns: number;
  returnReason: string | null;
  askedReturn: AskedReturn | null;
  handler: string | null;
  reply: string | null;
  repliedAt: Date | null;
  repliedBy: string | null;
  replyMode: string | null;
  legalBasis: string | null;
  auditOpinion: string | null;
  urges: number;
  supervision: string | null;
  reworks: number;
  closedAt: Date | null;
  visit: OrderVisit | null;
}

export const FRESH_ORDER: OrderHandling = {
  state: 'received',
  parentNo: null,
  leadUnit: null,
  departmentId: null,
  coUnits: [],
  instruction: null,
  dispatchedAt: null,
  signedAt: null,
  signedBy: null,
  contactedAt: null,
  signDueAt: null,
  dueAt: null,
  returnUntil: null,
  extensions: 0,
  extensionReason: null,
  askedExtension: null,
  returns: 0,
  returnReason: null,
  askedReturn: null,
  handler: null,
  reply: null,
  repliedAt: null,
  repliedBy: null,
  replyMode: null,
  legalBasis: null,
  auditOpinion: null,
  urges: 0,
  supervision: null,
  reworks: 0,
  closedAt: null,
  visit: null,
};

/** 绿 · 黄 · 红: in time, the last working day or fifth of the time, overdue (红黄灯). */
export type OrderLight = 'green' | 'yellow' | 'red';

/** The light of an open order; null where nothing is owed any more. */
export function lightOf(
  order: Pick<OrderHandling, 'state' | 'dispatchedAt' | 'signDueAt' | 'dueAt' | 'signedAt'>,
  now: Date,
): OrderLight | null {
  if (!['dispatched', 'signed', 'handling', 'returning'].includes(order.state)) return null;
  const due = [order.signedAt === null ? order.signDueAt : null, order.dueAt].filter((at): at is Date => at !== null);
  if (due.length === 0) return 'green';
  const soonest = Math.min(...due.map((at) => at.getTime()));
  if (now.getTime() >= soonest) return 'red';
  const start = order.dispatchedAt?.getTime() ?? now.getTime();
  return soonest - now.getTime() <= (soonest - start) / 5 ? 'yellow' : 'green';
}
