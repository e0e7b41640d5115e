import { Inject, Injectable } from '@nestjs/common';
import type { HotlineOrderReceivedV1 } from '@huiying/contracts';
import { ORDER_STATE_WORDS, takeRecord, type HandlingRecord, type OrderVisit } from '@huiying/domain';
import { WorkOrders, type Tx, type WorkOrderRow } from '@huiying/persistence';
import { CityBook } from '../city/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { OrderClocks } from './order-clocks.js';
import { OrderJournal, type OrderChange, type OrderDoer } from './order-journal.js';
import { OrderNotices } from './order-notices.js';

/** The inbox and consumer-group name. */
export const ORDERS = 'work-orders';

type Record12345 = HotlineOrderReceivedV1['data'];

/** Takes what the hotline handed in: new orders, and newer versions of orders that we work on. */
@Injectable()
export class OrderReceiver {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(OrderClocks) private readonly clocks: OrderClocks,
    @Inject(OrderJournal) private readonly journal: OrderJournal,
    @Inject(OrderNotices) private readonly notices: OrderNotices,
  ) {}

  take(events: readonly HotlineOrderReceivedV1[]): Promise<void> {
    return this.store.once(ORDERS, events, async (tx, fresh, now) => {
      await this.clocks.refresh(tx);
      const changes = await this.changesOf(tx, fresh);
      await this.journal.write(tx, now, changes);
      await this.notices.ofRecords(tx, now, changes);
    });
  }

  private async changesOf(tx: Tx, events: readonly HotlineOrderReceivedV1[]): Promise<OrderChange[]> {
    const held = await new WorkOrders(tx).lock([...new Set(events.map(({ data }) => data.orderNo))]);
    return events.flatMap((event) => {
      const before = held.get(event.data.orderNo) ?? null;
      // An older version that comes late changes nothing.
      if (before !== null && event.data.version < before.version) return [];
      const change = this.changeOf(before, event);
      held.set(event.data.orderNo, change.after);
      return [change];
    });
  }

  private changeOf(before: WorkOrderRow | null, event: HotlineOrderReceivedV1): OrderChange {
    const { data } = event;
    const handling = takeRecord(before, handlingOf(data, this.city.departmentNamed(data.leadUnit, new Date(event.occurredAt))), (at) =>
      this.clocks.ofDispatch(data, at),
    );
    const after: WorkOrderRow = {
      // The appeal after the handling: an order that was known is spread whole by takeRecord.
      ...handling,
      ...appealOf(data),
      seq: before?.seq ?? 0,
      changedAt: new Date(event.occurredAt),
      coDepartmentIds: [],
      nextDueAt: null,
    };
    const moved =
      before === null
        ? '收到工单'
        : before.state === after.state
          ? '热线更新工单'
          : `热线更新工单：${ORDER_STATE_WORDS[before.state]} → ${ORDER_STATE_WORDS[after.state]}`;
    const text = before === null && after.state !== 'received' ? `${moved}（${ORDER_STATE_WORDS[after.state]}）` : moved;
    return { before, after, action: 'record', text, at: new Date(event.occurredAt), doer: HOTLINE, detail: { version: data.version } };
  }
}

const HOTLINE: OrderDoer = { name: '12345热线', personId: null, client: null, origin: 'hotline-record' };

function appealOf(data: Record12345) {
  const { keywords, attachments, isAnonymous, isConfidential, consentsToPublish, location, caller, sha256 } = data;
  return {
    orderNo: data.orderNo,
    opinionId: data.opinionId,
    version: data.version,
    source: data.source,
    channelRef: data.channelRef,
    appealType: data.appealType,
    urgency: data.urgency,
    title: data.title,
    content: data.content,
    receivedAt: new Date(data.receivedAt),
    occurredAt: dateOf(data.occurredAt),
    regionCode: data.regionCode,
    region: data.region,
    address: data.address,
    categoryCode: data.categoryCode,
    category: data.category,
    isRepeat: data.isRepeat,
    risk: data.risk,
    appeal: { keywords, attachments, isAnonymous, isConfidential, consentsToPublish, location, caller, sha256 },
  };
}

/** What the record says of the handling; its words for the call-back are those the intake lets through. */
export function handlingOf(data: Record12345, departmentId: string | null): HandlingRecord {
  return {
    parentNo: data.parentNo,
    leadUnit: data.leadUnit,
    departmentId,
    coUnits: data.coUnits,
    dispatchedAt: dateOf(data.dispatchedAt),
    signedAt: dateOf(data.signedAt),
    signedBy: data.signedBy,
    contactedAt: dateOf(data.contactedAt),
    dueAt: dateOf(data.dueAt),
    extensions: data.extensions,
    extensionReason: data.extensionReason,
    returns: data.returns,
    returnReason: data.returnReason,
    handler: data.handler,
    reply: data.reply,
    repliedAt: dateOf(data.repliedAt),
    replyMode: data.replyMode,
    legalBasis: data.legalBasis,
    auditOpinion: data.auditOpinion,
    urges: data.urges,
    supervision: data.supervision,
    reworks: data.reworks,
    visit: data.visit && ({ ...data.visit, at: new Date(data.visit.at) } as OrderVisit),
    hasProgress: data.processLog.length > 0,
  };
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
