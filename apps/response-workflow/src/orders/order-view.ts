import type { OrderView } from '@huiying/contracts/http';
import { lightOf, ORDER_STATE_WORDS } from '@huiying/domain';
import type { OrderEventRow, WorkOrderRow } from '@huiying/persistence';
import type { TimelineEntry } from '@huiying/contracts/http';

export function toOrderView(order: WorkOrderRow, now: Date): OrderView {
  return {
    orderNo: order.orderNo,
    state: order.state,
    stateWord: ORDER_STATE_WORDS[order.state],
    title: order.title,
    appealType: order.appealType,
    urgency: order.urgency,
    region: order.region,
    category: order.category,
    source: order.source,
    leadUnit: order.leadUnit,
    departmentId: order.departmentId,
    receivedAt: order.receivedAt.toISOString(),
    dispatchedAt: iso(order.dispatchedAt),
    clock: clockOf(order, now),
    light: lightOf(order, now),
    urges: order.urges,
    supervision: order.supervision,
    reworks: order.reworks,
    askedReturn: order.askedReturn !== null,
    askedExtension: order.askedExtension !== null,
    parentNo: order.parentNo,
  };
}

function clockOf(order: WorkOrderRow, now: Date): OrderView['clock'] {
  if (order.nextDueAt === null) return null;
  const isSigning = order.signedAt === null && order.signDueAt?.getTime() === order.nextDueAt.getTime();
  return {
    word: isSigning ? '签收' : '办结',
    startedAt: (order.dispatchedAt ?? order.receivedAt).toISOString(),
    dueAt: order.nextDueAt.toISOString(),
    state: now > order.nextDueAt ? 'overdue' : 'running',
    metAt: null,
    provisional: false,
  };
}

export function toOrderTimeline(events: readonly OrderEventRow[]): TimelineEntry[] {
  return events.map(({ orderNo, seq, at, action, text, actor, detail }) => ({
    id: `${orderNo}:${seq}`,
    at: at.toISOString(),
    kind: `order.${action}`,
    text,
    actor,
    detail,
  }));
}

export const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
