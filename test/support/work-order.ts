import { randomUUID } from 'node:crypto';
import type { HotlineOrderReceivedV1 } from '@huiying/contracts';
import { stableId, type Clock } from '@huiying/domain';
import type { WorkflowCity } from './workflow-city.js';

export type OrderSketch = Partial<HotlineOrderReceivedV1['data']>;

/** A hotline-order.received of the fictional city. */
export function orderReceived(clock: Clock, sketch: OrderSketch = {}): HotlineOrderReceivedV1 {
  const now = clock.now().toISOString();
  const orderNo = sketch.orderNo ?? `WC${randomUUID().slice(0, 8)}`;
  return {
    id: randomUUID(),
    type: 'hotline-order.received',
    version: 1,
    occurredAt: now,
    causedBy: null,
    data: {
      orderNo,
      version: 1,
      opinionId: stableId('hotline', orderNo),
      parentNo: null,
      source: '电话',
      channelRef: null,
      appealType: '投诉',
      urgency: '一般',
      title: '和平里小区停水',
      content: '青梧区和平里小区停水三天，物业说不清何时恢复。',
      receivedAt: now,
      occurredAt: null,
      regionCode: null,
      region: '青梧区',
      address: '青梧区学府街道',
      categoryCode: null,
      category: '供水',
      keywords: [],
      attachments: [],
      isRepeat: false,
      risk: null,
      isAnonymous: false,
      isConfidential: false,
      location: null,
      consentsToPublish: null,
      caller: { name: '李**', phone: '138****5678', gender: null },
      dispatchedAt: null,
      leadUnit: null,
      coUnits: [],
      signedAt: null,
      signedBy: null,
      dueAt: null,
      extensions: 0,
      extensionReason: null,
      returns: 0,
      returnReason: null,
      handler: null,
      processLog: [],
      reply: null,
      repliedAt: null,
      replyMode: null,
      contactedAt: null,
      legalBasis: null,
      urges: 0,
      supervision: null,
      auditOpinion: null,
      reworks: 0,
      visit: null,
      capturedAt: now,
      sha256: 'a'.repeat(64),
      ...sketch,
    },
  };
}

export async function publishOrders(city: WorkflowCity, ...events: HotlineOrderReceivedV1[]): Promise<void> {
  await city.platform.log.publish(events.map((event) => ({ topic: event.type, key: event.data.orderNo, value: JSON.stringify(event) })));
}
