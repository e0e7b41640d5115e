import { hotlineRecord, YEARS, type HotlineRecord } from '@huiying/contracts/http';
import type { Fault } from '@huiying/domain';
import { faultsOf } from '@huiying/platform';
import { readFeedDate } from '../feeds/index.js';
import { storable } from './storable.js';

const BEIJING = 480;
/** Clocks differ, and a zone may be left out; more is a mistake. */
const AHEAD_MS = 24 * 3_600_000;

/** A record as the schema reads it, its times as instants. */
export interface ReadRecord {
  record: HotlineRecord;
  receivedAt: Date;
}
export interface UnreadableRecord {
  faults: Fault[];
  /** Where at least the order number can be told. */
  orderNo: string | null;
}

/** Checks one record. All its faults at once. */
export function readRecord(value: unknown, now: Date): ReadRecord | UnreadableRecord {
  const read = hotlineRecord.safeParse(value);
  if (!read.success) return { faults: faultsOf(hotlineRecord, value, read.error), orderNo: orderNoOf(value) };
  const { orderNo, receivedAt } = read.data;
  const faults: Fault[] = [];
  const received = readFeedDate(receivedAt, BEIJING);
  if (/\p{C}/u.test(orderNo)) {
    faults.push({ field: 'orderNo', rule: 'must hold no control characters', message: 'orderNo：工单编号不得含控制字符' });
  }
  if (received === null) faults.push(noTime('receivedAt', receivedAt));
  else if (received.getTime() > now.getTime() + AHEAD_MS) faults.push(ahead('receivedAt', receivedAt));
  for (const [field, time] of timesOf(read.data)) {
    if (time !== null && readFeedDate(time, BEIJING) === null) faults.push(noTime(field, time));
  }
  return faults.length > 0 || received === null ? { faults, orderNo } : { record: storable(read.data), receivedAt: received };
}

/** Every other time of a record, by its field. */
function timesOf(record: HotlineRecord): [field: string, time: string | null][] {
  return [
    ...(['repliedAt', 'occurredAt', 'dispatchedAt', 'signedAt', 'dueAt', 'contactedAt'] as const).map((field): [string, string | null] => [
      field,
      record[field],
    ]),
    ...record.processLog.map(({ at }, i): [string, string] => [`processLog.${i}.at`, at]),
    ['visit.at', record.visit?.at ?? null],
  ];
}

function ahead(field: string, got: string): Fault {
  return { field, rule: 'must not lie more than 24 hours ahead', got, message: `${field}：不得晚于现在 24 小时以上（${got}）` };
}

function noTime(field: string, got: string): Fault {
  const [first, last] = YEARS;
  const year = Number(got.slice(0, 4));
  if (year < first || year > last)
    return { field, rule: `must lie in the years ${first} to ${last}`, got, message: `${field}：年份应在 ${first}–${last} 之间（${got}）` };
  return { field, rule: 'must be a real date and time', got, message: `${field}：日期或时间不存在（${got}）` };
}

function orderNoOf(value: unknown): string | null {
  const orderNo = typeof value === 'object' && value !== null ? (value as { orderNo?: unknown }).orderNo : undefined;
  return typeof orderNo === 'string' ? orderNo.slice(0, 64) : null;
}
