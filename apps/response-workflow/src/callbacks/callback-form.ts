import { z } from 'zod';
import type { OrderEventRow, WorkOrderRow } from '@huiying/persistence';
import { orderCallback } from '@huiying/contracts/http';
import { orderFacts } from './order-facts.js';

export type OrderCallback = z.infer<typeof orderCallback>;

/** What a receiver is told of one thing that happened, in our own words. Nothing of the caller is in it. */
export function callbackOf(event: OrderEventRow, order: WorkOrderRow): OrderCallback {
  return {
    id: `${event.orderNo}-${event.seq}`,
    orderNo: event.orderNo,
    seq: event.seq,
    action: event.action,
    at: event.at.toISOString(),
    by: event.actor,
    previousState: event.stateBefore,
    state: event.state,
    text: event.text,
    order: {
      version: order.version,
      ...orderFacts(order),
    },
  };
}
