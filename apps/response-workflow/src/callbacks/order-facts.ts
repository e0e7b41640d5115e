import type { WorkOrderRow } from '@huiying/persistence';

/** What another system is told of an order, by our API and in our callbacks alike. Nothing of the caller is in it. */
export function orderFacts(order: WorkOrderRow) {
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    channelRef: order.channelRef,
    appealType: order.appealType,
    urgency: order.urgency,
    categoryCode: order.categoryCode,
    category: order.category,
    regionCode: order.regionCode,
    region: order.region,
    location: order.appeal.location ?? null,
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
  };
}
