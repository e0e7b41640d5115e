import { z } from 'zod';
import type { OrderEventRow, WorkOrderRow } from '@huiying/persistence';
import { orderCallback } from '@huiying/contracts/http';

export type OrderCallback = z.infer<typeof orderCallback>;

/** What a receiver is told of one thing that happened, in our own words. Nothing of the caller is in it. */
export function callbackOf(event: OrderEventRow, order: WorkOrderRow): OrderCallback {
  const iso = (at: Date | null) => at?.toISOString() ?? null;
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
      channelRef: order.channelRef,
      appealType: order.appealType,
      urgency: order.urgency,
      categoryCode: order.categoryCode,
      category: order.category,
      regionCode: order.regionCode,
      region: order.region,
      receivedAt: order.receivedAt.toISOString(),
      parentNo: order.parentNo,
      leadUnit: order.leadUnit,
      coUnits: order.coUnits,
      dispatchedAt: iso(order.dispatchedAt),
      signedAt: iso(order.signedAt),
      signedBy: order.signedBy,
      contactedAt: iso(order.contactedAt),
      signDueAt: iso(order.signDueAt),
      dueAt: iso(order.dueAt),
      extensions: order.extensions,
      extensionReason: order.extensionReason,
      returns: order.returns,
      returnReason: order.returnReason,
      reply: order.reply,
      repliedAt: iso(order.repliedAt),
      replyMode: order.replyMode,
      legalBasis: order.legalBasis,
      auditOpinion: order.auditOpinion,
      closedAt: iso(order.closedAt),
      urges: order.urges,
      supervision: order.supervision,
      reworks: order.reworks,
      visit: order.visit && { ...order.visit, at: order.visit.at.toISOString() },
    },
  };
}
