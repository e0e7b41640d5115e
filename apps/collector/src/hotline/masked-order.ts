import type { HotlineOrderReceivedV1 } from '@huiying/contracts';
import type { HotlineRecord } from '@huiying/contracts/http';
import { maskAddress, maskName, maskPhone, maskPlace } from '@huiying/domain';
import { plainLine, plainText } from '@huiying/fetching/pages';
import { readFeedDate } from '../feeds/index.js';
import { maskerOf, type MaskedOpinion } from './masked-opinion.js';

type Order = HotlineOrderReceivedV1['data'];

const BEIJING = 480;
const LONGEST_LINE = 500;
const LONGEST_TEXT = 20_000;

/** A work order as it may leave the collector: what handling needs, with the caller masked in every field and in all free text. */
export function maskedOrder(record: HotlineRecord, { title, text }: MaskedOpinion): Omit<Order, 'opinionId' | 'capturedAt' | 'sha256'> {
  const mask = maskerOf(record);
  const line = (text: string | null) => (text === null ? null : mask(plainLine(text, LONGEST_LINE)) || null);
  const long = (text: string | null) => (text === null ? null : mask(plainText(text, LONGEST_TEXT)) || null);
  return {
    orderNo: record.orderNo,
    version: record.version,
    parentNo: record.parentNo,
    source: line(record.source),
    channelRef: line(record.channelRef),
    appealType: record.appealType,
    urgency: record.urgency,
    title,
    content: text,
    receivedAt: timeOf(record.receivedAt)!,
    occurredAt: timeOf(record.occurredAt),
    regionCode: record.regionCode,
    region: line(record.region),
    address: record.address === null || record.confidential ? null : maskAddress(record.address),
    location: record.location === null || record.confidential ? null : maskPlace(record.location),
    categoryCode: record.categoryCode,
    category: line(record.category),
    keywords: record.keywords.map((word) => mask(word)),
    attachments: record.attachments.map(({ name, url }) => ({ name: mask(name), url: mask(url) })),
    isRepeat: record.isRepeat,
    risk: line(record.risk),
    isAnonymous: record.isAnonymous,
    isConfidential: record.confidential,
    consentsToPublish: record.consentsToPublish,
    caller: callerOf(record),
    ...handlingOf(record, line, long),
  };
}

function handlingOf(record: HotlineRecord, line: (text: string | null) => string | null, long: (text: string | null) => string | null) {
  return {
    dispatchedAt: timeOf(record.dispatchedAt),
    leadUnit: line(record.leadUnit),
    coUnits: record.coUnits,
    signedAt: timeOf(record.signedAt),
    signedBy: line(record.signedBy),
    dueAt: timeOf(record.dueAt),
    extensions: record.extensions,
    extensionReason: long(record.extensionReason),
    returns: record.returns,
    returnReason: long(record.returnReason),
    handler: line(record.handler),
    processLog: record.processLog.map(({ at, by, text }) => ({
      at: timeOf(at) ?? record.receivedAt,
      by: line(by),
      text: long(text) ?? '',
    })),
    reply: long(record.reply),
    repliedAt: timeOf(record.repliedAt),
    replyMode: line(record.replyMode),
    contactedAt: timeOf(record.contactedAt),
    legalBasis: long(record.legalBasis),
    urges: record.urges,
    supervision: line(record.supervision),
    auditOpinion: long(record.auditOpinion),
    reworks: record.reworks,
    visit: record.visit && { ...record.visit, at: timeOf(record.visit.at)!, comment: long(record.visit.comment) },
  };
}

/** Of a confidential order (要求保密, GB/T 33358) nothing of the caller is told, not even masked. */
function callerOf({ caller, confidential }: HotlineRecord): Order['caller'] {
  if (caller === null || confidential) return { name: null, phone: null, gender: null };
  return {
    name: caller.name === null ? null : maskName(caller.name),
    phone: caller.phone === null ? null : maskPhone(caller.phone),
    gender: caller.gender,
  };
}

/** The intake refuses a record with a time that does not exist, so null is only what was left out. */
function timeOf(text: string | null): string | null {
  return text === null ? null : (readFeedDate(text, BEIJING)?.toISOString() ?? null);
}
