import { createHash } from 'node:crypto';
import type { WorkOrderRow } from '@huiying/persistence';

/**
 * What both sides must have alike of an order, as SHA-256 (hex) of these fields joined by a line feed, empty where there is none, instants as
 * ISO 8601 in UTC with milliseconds: orderNo, state, leadUnit, dispatchedAt, signedAt, dueAt, repliedAt, reply, closedAt, satisfaction.
 */
export function checksumOf(order: WorkOrderRow): string {
  const at = (instant: Date | null) => instant?.toISOString() ?? '';
  const parts = [
    order.orderNo,
    order.state,
    order.leadUnit ?? '',
    at(order.dispatchedAt),
    at(order.signedAt),
    at(order.dueAt),
    at(order.repliedAt),
    order.reply ?? '',
    at(order.closedAt),
    order.visit?.satisfaction ?? '',
  ];
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}
