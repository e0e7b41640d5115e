import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ORDER_API_REQUESTS, type ApiOrder, type ApiStepAnswer, type OrderStepName } from '@huiying/contracts/http';
import { BadInput, Clock, lightOf, NotFound, ORDER_STATE_WORDS, Refusal } from '@huiying/domain';
import { check } from '@huiying/platform';
import { OrderRequests, WorkOrders, type WorkOrderRow } from '@huiying/persistence';
import { WorkflowStore } from '../timeline/index.js';
import { orderFacts } from '../callbacks/index.js';
import { existing, OrderDesk } from './order-desk.js';

/** What another system asks of one order. */
export interface SystemStep {
  orderNo: string;
  action: OrderStepName;
  body: unknown;
  /** Name of its key. */
  client: string;
  /** Header idempotency-key. */
  key: string | undefined;
}

/** Steps of other systems: each idempotency key once, with the answer that it had. */
@Injectable()
export class OrderApiDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(OrderDesk) private readonly desk: OrderDesk,
  ) {}

  /** @throws BadInput, NotFound, Refusal idempotency-key-reused and those of the work order's machine */
  take({ orderNo, action, body, client, key }: SystemStep): Promise<{ answer: ApiStepAnswer; isAgain: boolean }> {
    if (key === undefined || !/^[\x21-\x7e]{1,128}$/.test(key))
      throw new BadInput([
        {
          field: 'idempotency-key',
          rule: 'the header must be 1 to 128 visible ASCII characters, e.g. ORDER_NO-ACTION-SEQ',
          message: '请求头 idempotency-key 应为 1–128 个可见 ASCII 字符，如 工单号-动作-序号',
        },
      ]);
    const { by, at, request } = this.read(action, body);
    const digest = createHash('sha256')
      .update(JSON.stringify([orderNo, action, body]))
      .digest('hex');
    return this.store.change(async (tx, now) => {
      const requests = new OrderRequests(tx);
      const first = await requests.take(client, key, digest, now);
      if (first !== null) {
        if (first.digest !== digest)
          throw new Refusal('idempotency-key-reused', `${key} came before with another content`, `幂等键 ${key} 已用于其他内容，请换一个`);
        return { answer: first.answer as ApiStepAnswer, isAgain: true };
      }
      const doer = { name: by, personId: null, client, origin: `key:${client}` };
      const { order, seq, text } = await this.desk.takeIn(tx, now, { orderNo, action, request, doer, scope: null, at });
      const answer = { orderNo, seq, state: order.state, text, order: toApiOrder(order, now) };
      await requests.answered(client, key, answer);
      return { answer, isAgain: false };
    });
  }

  async order(orderNo: string): Promise<ApiOrder> {
    const order = await new WorkOrders(this.store.database).find(orderNo, null);
    if (order === null) throw new NotFound('work order', orderNo);
    return toApiOrder(order, this.clock.now());
  }

  /** Who took the step and when, apart from what it asks for. A visit's time is part of what it says. */
  private read(action: OrderStepName, body: unknown): { by: string; at: Date | null; request: Record<string, unknown> } {
    const { by, ...rest } = check(ORDER_API_REQUESTS[action], body) as { by: string; at?: string | null };
    if (action === 'visit-result') return { by, at: null, request: rest };
    const { at, ...request } = rest;
    return { by, at: at ? existing('at', at) : null, request };
  }
}

export function toApiOrder(order: WorkOrderRow, now: Date): ApiOrder {
  const { askedReturn, askedExtension } = order;
  return {
    orderNo: order.orderNo,
    seq: order.seq,
    version: order.version,
    changedAt: order.changedAt.toISOString(),
    state: order.state,
    stateWord: ORDER_STATE_WORDS[order.state],
    title: order.title,
    ...orderFacts(order),
    light: lightOf(order, now),
    pendingReturn: askedReturn && { reason: askedReturn.reason, suggestedUnit: askedReturn.suggestedUnit },
    pendingExtension: askedExtension && { workingDays: askedExtension.amount, reason: askedExtension.reason },
  };
}
