import { Inject, Injectable } from '@nestjs/common';
import { ORDER_STEP_REQUESTS, type OrderStepName, type OrderStepRequest } from '@huiying/contracts/http';
import {
  BadInput,
  NotFound,
  readInstant,
  Refusal,
  stepInstant,
  stepOrder,
  visitOutcome,
  type OrderAction,
  type OrderStep,
} from '@huiying/domain';
import { check } from '@huiying/platform';
import { WorkOrders, type RowScope, type Tx, type WorkOrderRow } from '@huiying/persistence';
import { CityBook } from '../city/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { OrderClocks } from './order-clocks.js';
import { OrderJournal, type OrderChange, type OrderDoer } from './order-journal.js';
import { OrderNotices } from './order-notices.js';

export interface OrderStepAsked {
  orderNo: string;
  action: OrderStepName;
  /** As it came; checked here by the action's schema. */
  request: unknown;
  doer: OrderDoer;
  scope: RowScope;
  /** When it happened, where that was not now. */
  at?: Date | null;
}

/** What a step led to. */
export interface OrderStepped {
  order: WorkOrderRow;
  seq: number;
  text: string;
}

/** Every step of a work order, whoever takes it: the console's people and other systems go through here. */
@Injectable()
export class OrderDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(OrderClocks) private readonly clocks: OrderClocks,
    @Inject(OrderJournal) private readonly journal: OrderJournal,
    @Inject(OrderNotices) private readonly notices: OrderNotices,
  ) {}

  /** @throws BadInput, NotFound, and the refusals of the work order's machine */
  take(asked: OrderStepAsked): Promise<OrderStepped> {
    return this.store.change((tx, now) => this.takeIn(tx, now, asked));
  }

  /** The same inside a transaction that keeps more than the step, e.g. an idempotency key. */
  async takeIn(tx: Tx, now: Date, asked: OrderStepAsked): Promise<OrderStepped> {
    const { orderNo, action, doer } = asked;
    const request = check(ORDER_STEP_REQUESTS[action], asked.request);
    const held = await this.lock(tx, asked, request);
    const order = held.get(orderNo);
    if (!order) throw new NotFound('work order', orderNo);
    const at = stepInstant(asked.at ?? null, order, now);
    await this.clocks.refresh(tx);
    const step = await this.stepOf(tx, action, request, { order, held, doer, at });
    const changes = [this.change(order, step, doer, at)];
    changes.push(...this.following(changes[0]!, held, doer, at));
    const events = await this.journal.write(tx, now, changes);
    const { seq, text } = events[0]!;
    await this.journal.audit(tx, now, { action, orderNo, text }, doer);
    const after = { ...changes[0]!.after, seq, changedAt: now };
    await this.notices.ofStep(tx, now, { order: after, seq, action, text });
    return { order: after, seq, text };
  }

  /** The order with those joined to it, or with the one it is to be joined to: all locked in one go. */
  private async lock(tx: Tx, { orderNo, action, scope }: OrderStepAsked, request: unknown): Promise<Map<string, WorkOrderRow>> {
    const orders = new WorkOrders(tx);
    if (scope !== null && (await orders.find(orderNo, scope)) === null) throw new NotFound('work order', orderNo);
    const others =
      action === 'join' ? [(request as OrderStepRequest<'join'>).parentNo] : FOLLOWED.has(action) ? await orders.joinedTo(orderNo) : [];
    return orders.lock([orderNo, ...others]);
  }

  private change(before: WorkOrderRow, step: OrderStep, doer: OrderDoer, at: Date): OrderChange {
    const { order, text } = stepOrder(before, step, { by: doer.name, at });
    const after = this.withClocks({ ...before, ...order }, step, at);
    return { before, after, action: step.action, text, at, doer, detail: detailOf(step) };
  }

  /** Done again means: the time to finish runs anew. */
  private withClocks(order: WorkOrderRow, step: OrderStep, at: Date): WorkOrderRow {
    const isAgain = step.action === 'rework' || (step.action === 'visit-result' && visitOutcome(step.visit) === 'rework');
    if (!isAgain) return order;
    const { dueAt } = this.clocks.ofDispatch(order, at);
    return { ...order, dueAt };
  }

  /** Orders joined to this one are answered and closed with it, each with its own history, so that every caller hears. */
  private following(
    { after, action, at }: OrderChange,
    held: ReadonlyMap<string, WorkOrderRow>,
    doer: OrderDoer,
    now: Date,
  ): OrderChange[] {
    if (action === 'join') return this.answerAtOnce(after, held.get(after.parentNo!)!, doer, now);
    const joined = [...held.values()].filter((one) => one.parentNo === after.orderNo);
    if (action === 'reply') {
      return joined
        .filter((one) => one.state === 'joined' || one.state === 'replied')
        .map((one) =>
          this.change(one, { action: 'reply', text: after.reply!, mode: after.replyMode, legalBasis: after.legalBasis }, doer, at),
        );
    }
    if (action === 'close')
      return joined
        .filter((one) => one.state === 'replied')
        .map((one) => this.change(one, { action: 'close', opinion: `随主单 ${after.orderNo} 办结` }, doer, at));
    return [];
  }

  /** A duplicate of what was answered already is answered at once. */
  private answerAtOnce(joined: WorkOrderRow, parent: WorkOrderRow, doer: OrderDoer, at: Date): OrderChange[] {
    if (parent.reply === null || !ANSWERED.has(parent.state)) return [];
    return [this.change(joined, { action: 'reply', text: parent.reply, mode: parent.replyMode, legalBasis: parent.legalBasis }, doer, at)];
  }

  private async stepOf(
    tx: Tx,
    action: OrderStepName,
    request: unknown,
    { order, held, doer, at }: { order: WorkOrderRow; held: ReadonlyMap<string, WorkOrderRow>; doer: OrderDoer; at: Date },
  ): Promise<OrderStep> {
    switch (action) {
      case 'dispatch': {
        const { leadUnit, coUnits, instruction } = request as OrderStepRequest<'dispatch'>;
        if (coUnits.includes(leadUnit))
          throw new BadInput([
            { field: 'coUnits', rule: 'must not hold the lead unit', got: leadUnit, message: '协办单位不能与主办单位相同' },
          ]);
        const clocks = this.clocks.ofDispatch(order, at);
        return { action, leadUnit, departmentId: this.city.departmentNamed(leadUnit, at), coUnits, instruction, clocks };
      }
      case 'extend': {
        const { workingDays, reason } = request as OrderStepRequest<'extend'>;
        // Refused now where no ruling could grant it.
        if (order.dueAt !== null && order.askedExtension === null && at < order.dueAt)
          await this.clocks.extended(tx, order, { amount: workingDays, reason, by: doer.name, at }, at);
        return { action, amount: workingDays, reason };
      }
      case 'rule-extension': {
        const { granted, reason } = request as OrderStepRequest<'rule-extension'>;
        const asked = order.askedExtension;
        const dueAt = granted && asked !== null ? await this.clocks.extend(tx, order, { ...asked, reason, by: doer.name }, at) : null;
        return { action, dueAt, reason };
      }
      case 'visit-result': {
        const { at: visitedAt, ...visit } = request as OrderStepRequest<'visit-result'>;
        return { action, visit: { ...visit, at: existing('at', visitedAt) } };
      }
      case 'join':
        assertJoinable(order, held.get((request as OrderStepRequest<'join'>).parentNo), (request as OrderStepRequest<'join'>).parentNo);
        return { action, ...(request as OrderStepRequest<'join'>) };
      default:
        return { action, ...(request as object) } as OrderStep;
    }
  }
}

/** Steps that orders joined to this one take with it. */
const FOLLOWED: ReadonlySet<OrderAction> = new Set(['reply', 'close']);
const ANSWERED: ReadonlySet<string> = new Set(['replied', 'closed', 'archived']);

/** @throws BadInput, Refusal */
function assertJoinable(order: WorkOrderRow, parent: WorkOrderRow | undefined, parentNo: string): void {
  if (parent === undefined)
    throw new BadInput([{ field: 'parentNo', rule: 'must be an order that exists', got: parentNo, message: `没有工单 ${parentNo}` }]);
  if (parent.orderNo === order.orderNo)
    throw new BadInput([{ field: 'parentNo', rule: 'must be another order', got: parentNo, message: '不能并入自身' }]);
  if (parent.state === 'joined')
    throw new Refusal('parent-is-joined', `${parentNo} is joined itself`, `${parentNo} 已并入 ${parent.parentNo}，请并入该主单`);
  if (parent.state === 'refused') throw new Refusal('parent-refused', `${parentNo} was refused`, `${parentNo} 不予受理，不能作为主单`);
}

/** @throws BadInput where there is no such day or time */
export function existing(field: string, text: string): Date {
  const at = readInstant(text);
  if (at === null)
    throw new BadInput([{ field, rule: 'must be a day and time that exist', got: text, message: `${field}：没有这个日期或时间` }]);
  return at;
}

/** What a step carries, without the instants that are told beside it. */
function detailOf(step: OrderStep): Record<string, unknown> {
  const { action: _, ...rest } = step as OrderStep & Record<string, unknown>;
  return rest;
}
