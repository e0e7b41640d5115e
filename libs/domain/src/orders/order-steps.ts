import { localTimeText } from '../local-time.js';
import { BadInput, Refusal } from '../refusals.js';
import { ORDER_STEPS, orderRefusal, type OrderAction, type OrderState } from './order-machine.js';
import type { AskedExtension, AskedReturn, OrderHandling, OrderVisit } from './order.js';

/** The instants a dispatch starts; each null where this city has no such rule. */
export interface OrderClockTimes {
  signDueAt: Date | null;
  dueAt: Date | null;
  returnUntil: Date | null;
}

/** One step of a work order with what it needs. */
export type OrderStep =
  | { action: 'accept' | 'sign' | 'split' }
  | { action: 'refuse' | 'send-back'; reason: string }
  | { action: 'rework'; reason: string }
  | {
      action: 'dispatch';
      leadUnit: string;
      departmentId: string | null;
      coUnits: string[];
      instruction: string | null;
      clocks: OrderClockTimes;
    }
  | { action: 'return'; reason: string; ground: AskedReturn['ground']; suggestedUnit: string | null }
  | { action: 'rule-return'; reason: string }
  | { action: 'extend'; amount: number; reason: string }
  /** `dueAt`: the new end where it is granted, null where it is refused. */
  | { action: 'rule-extension'; dueAt: Date | null; reason: string }
  | { action: 'contact' | 'progress'; text: string }
  | { action: 'reply'; text: string; mode: string | null; legalBasis: string | null }
  | { action: 'close'; opinion: string | null }
  | { action: 'visit-result'; visit: OrderVisit }
  | { action: 'urge'; reason: string }
  | { action: 'supervise'; level: string; reason: string }
  | { action: 'join'; parentNo: string };

/** Who takes a step, and when. */
export interface OrderActor {
  by: string;
  at: Date;
}

export interface SteppedOrder {
  order: OrderHandling;
  /** What happened, as a sentence. */
  text: string;
}

/** What follows a call-back: 未接 is called again, an exempt one counts nowhere, 不满意 or 未解决 is done again (重办). */
export function visitOutcome(visit: Pick<OrderVisit, 'result' | 'resolved' | 'satisfaction' | 'exempt'>): 'again' | 'archive' | 'rework' {
  if (visit.exempt) return 'archive';
  if (visit.result === '未接') return 'again';
  return visit.satisfaction === '不满意' || visit.resolved === '未解决' ? 'rework' : 'archive';
}

/**
 * A work order after one step, and the sentence that tells it. Pure: who may take the step is decided elsewhere.
 * @throws Refusal where the step is not lawful now; BadInput where it contradicts the order
 */
export function stepOrder(before: OrderHandling, step: OrderStep, actor: OrderActor): SteppedOrder {
  const refusal = orderRefusal(before.state, step.action, cameFirst(before, step.action));
  if (refusal) throw refusal;
  const state = ORDER_STEPS[before.state][step.action]!;
  const order = { ...before, state };
  switch (step.action) {
    case 'dispatch':
      return dispatched(before, step, actor);
    case 'return':
      return askedToReturn(order, step, actor);
    case 'rule-return': {
      const text = `驳回退单，仍由${unitOf(before)}办理：${step.reason}`;
      return { order: { ...order, state: stateBack(before), askedReturn: null }, text };
    }
    case 'extend':
      return askedToExtend(order, step, actor);
    case 'rule-extension':
      return ruledExtension(order, step);
    case 'reply':
      return replied(before, order, step, actor);
    case 'visit-result':
      return visited(before, step.visit);
    case 'rework':
      return { order: reworked(order), text: `重办（第 ${before.reworks + 1} 次）：${step.reason}` };
    default:
      return plainly(before, order, step, actor);
  }
}

type PlainStep = Exclude<
  OrderStep,
  { action: 'dispatch' | 'return' | 'rule-return' | 'extend' | 'rule-extension' | 'reply' | 'visit-result' | 'rework' }
>;

/** Steps that write down who did what, and no more. */
function plainly(before: OrderHandling, order: OrderHandling, step: PlainStep, actor: OrderActor): SteppedOrder {
  switch (step.action) {
    case 'accept':
      return { order, text: '受理工单' };
    case 'refuse':
      return { order: { ...order, auditOpinion: step.reason }, text: `不予受理：${step.reason}` };
    case 'sign': {
      const text = `${unitOf(before)}签收${lateWord(before.signDueAt, actor.at)}`;
      return { order: { ...order, signedAt: actor.at, signedBy: actor.by }, text };
    }
    case 'contact':
      return { order: { ...order, contactedAt: before.contactedAt ?? actor.at }, text: `联系诉求人：${step.text}` };
    case 'progress':
      return { order: { ...order, handler: actor.by }, text: `办理进展：${step.text}` };
    case 'send-back': {
      // What did not pass is no answer: the clock that it stopped goes on from its own start to its own end.
      const sentBack = { ...order, auditOpinion: step.reason, repliedAt: null, repliedBy: null };
      return { order: sentBack, text: `答复未通过审核，退回重办：${step.reason}` };
    }
    case 'close': {
      const text = `审核通过，办结${step.opinion ? `：${step.opinion}` : ''}`;
      return { order: { ...order, closedAt: actor.at, auditOpinion: step.opinion ?? before.auditOpinion }, text };
    }
    case 'urge':
      return { order: { ...order, urges: before.urges + 1 }, text: `催办（第 ${before.urges + 1} 次）：${step.reason}` };
    case 'supervise':
      return { order: { ...order, supervision: step.level }, text: `${step.level}督办：${step.reason}` };
    case 'join': {
      const text = `并入主单 ${step.parentNo}，随主单办理并逐件答复`;
      return { order: { ...order, parentNo: step.parentNo, askedExtension: null, askedReturn: null }, text };
    }
    case 'split':
      return { order: { ...order, parentNo: null }, text: `从主单 ${before.parentNo} 拆出，单独办理` };
  }
}

function dispatched(before: OrderHandling, step: Extract<OrderStep, { action: 'dispatch' }>, { at }: OrderActor): SteppedOrder {
  const isAgain = before.leadUnit !== null && before.dispatchedAt !== null;
  const order: OrderHandling = {
    ...before,
    state: 'dispatched',
    leadUnit: step.leadUnit,
    departmentId: step.departmentId,
    coUnits: step.coUnits,
    instruction: step.instruction,
    dispatchedAt: at,
    signedAt: null,
    signedBy: null,
    ...step.clocks,
    returns: before.returns + (before.askedReturn === null ? 0 : 1),
    askedReturn: null,
    askedExtension: null,
  };
  const co = step.coUnits.length === 0 ? '' : `，协办${step.coUnits.join('、')}`;
  return { order, text: `${isAgain ? `改派：${before.leadUnit} → ` : '派单至'}${step.leadUnit}${co}` };
}

function askedToReturn(order: OrderHandling, step: Extract<OrderStep, { action: 'return' }>, { by, at }: OrderActor): SteppedOrder {
  if (step.ground === 'not-ours' && order.returnUntil !== null && at > order.returnUntil) {
    const until = localTimeText(order.returnUntil);
    throw new Refusal(
      'return-too-late',
      `the order could be returned until ${order.returnUntil.toISOString()}`,
      `退单期限（${until}）已过，请办理或申请协办`,
    );
  }
  const { reason, ground, suggestedUnit } = step;
  const asked = { reason, ground, suggestedUnit, by, at };
  const to = suggestedUnit === null ? '' : `，建议改派${suggestedUnit}`;
  return { order: { ...order, askedReturn: asked, returnReason: reason }, text: `${unitOf(order)}申请退单：${reason}${to}` };
}

function askedToExtend(order: OrderHandling, step: Extract<OrderStep, { action: 'extend' }>, { by, at }: OrderActor): SteppedOrder {
  if (order.askedExtension !== null) throw new Refusal('extension-pending', 'an extension waits for its ruling', '延期申请正在审批');
  if (order.dueAt === null) throw new Refusal('no-finish-clock', 'the order has no finish clock', '该工单没有办结时限，无需延期');
  if (at >= order.dueAt)
    throw new Refusal(
      'extension-too-late',
      `the order was due at ${order.dueAt.toISOString()}`,
      `延期须在到期（${localTimeText(order.dueAt)}）之前提出`,
    );
  const asked: AskedExtension = { amount: step.amount, reason: step.reason, by, at };
  return {
    order: { ...order, askedExtension: asked, extensionReason: step.reason },
    text: `${unitOf(order)}申请延期 ${step.amount} 个工作日：${step.reason}`,
  };
}

function ruledExtension(order: OrderHandling, step: Extract<OrderStep, { action: 'rule-extension' }>): SteppedOrder {
  if (order.askedExtension === null) throw new Refusal('no-extension-asked', 'no extension waits for a ruling', '没有待审批的延期申请');
  const ruled = { ...order, askedExtension: null };
  if (step.dueAt === null) return { order: ruled, text: `不同意延期：${step.reason}` };
  return {
    order: { ...ruled, dueAt: step.dueAt, extensions: order.extensions + 1 },
    text: `同意延期至 ${localTimeText(step.dueAt)}：${step.reason}`,
  };
}

function replied(
  before: OrderHandling,
  order: OrderHandling,
  step: Extract<OrderStep, { action: 'reply' }>,
  { by, at }: OrderActor,
): SteppedOrder {
  const isDirect = before.dispatchedAt === null && before.state !== 'joined';
  const said = before.state === 'replied' ? '补充答复' : isDirect ? '直接答复' : '答复';
  return {
    order: {
      ...order,
      reply: step.text,
      // What was first said stays the time by which the clock is judged; a supplement does not make it late.
      repliedAt: before.state === 'replied' ? before.repliedAt : at,
      repliedBy: by,
      replyMode: step.mode,
      legalBasis: step.legalBasis ?? before.legalBasis,
      askedExtension: null,
    },
    text: `${said}${before.state === 'replied' ? '' : lateWord(before.dueAt, at)}：${step.text}`,
  };
}

function visited(before: OrderHandling, visit: OrderVisit): SteppedOrder {
  if (before.closedAt !== null && visit.at < before.closedAt) {
    const closed = localTimeText(before.closedAt);
    throw new BadInput([
      {
        field: 'visit.at',
        rule: 'must not be before the order was closed',
        got: visit.at.toISOString(),
        message: `回访时间早于办结时间（${closed}）`,
      },
    ]);
  }
  const outcome = visitOutcome(visit);
  const said = visit.result === '未接' ? '未接通' : [visit.resolved, visit.satisfaction].filter(Boolean).join('、') || '已接通';
  const exempt = visit.exempt ? '（剔除评价）' : '';
  if (outcome === 'again') return { order: { ...before, visit }, text: `回访：${said}，待再次回访` };
  if (outcome === 'archive') return { order: { ...before, state: 'archived', visit }, text: `回访：${said}${exempt}，归档` };
  return { order: reworked({ ...before, visit }), text: `回访：${said}，重办（第 ${before.reworks + 1} 次）` };
}

/** Done again by the same unit: what was said stays as history, the clocks are stamped anew by whoever stores it. */
function reworked(order: OrderHandling): OrderHandling {
  return { ...order, state: 'handling', reworks: order.reworks + 1, closedAt: null, repliedAt: null, parentNo: null };
}

function stateBack({ signedAt }: OrderHandling): OrderState {
  return signedAt === null ? 'dispatched' : 'handling';
}

function unitOf({ leadUnit }: Pick<OrderHandling, 'leadUnit'>): string {
  return leadUnit ?? '承办单位';
}

function lateWord(dueAt: Date | null, at: Date): string {
  return dueAt !== null && at > dueAt ? '（超时）' : '';
}

/** Who came first, for the one who comes second. */
function cameFirst(order: OrderHandling, action: OrderAction) {
  const step = (by: string | null, at: Date | null, what: string) =>
    by !== null && at !== null ? { by, at: at.toISOString(), what } : undefined;
  if (order.state === 'returning' && order.askedReturn) return step(order.askedReturn.by, order.askedReturn.at, '申请退单');
  if (order.state === 'replied') return step(order.repliedBy, order.repliedAt, '答复');
  if (action === 'sign') return step(order.signedBy, order.signedAt, '签收');
  return undefined;
}
