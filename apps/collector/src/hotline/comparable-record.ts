import { hotlineRecord, type HotlineRecord } from '@huiying/contracts/http';

/** Fields that the first form of a record did not have. */
const ADDED = new Set([
  ...['parentNo', 'channelRef', 'queryCode', 'occurredAt', 'regionCode', 'location', 'categoryCode', 'keywords', 'attachments', 'isRepeat'],
  ...['risk', 'isAnonymous', 'consentsToPublish', 'dispatchedAt', 'coUnits', 'signedAt', 'signedBy', 'dueAt', 'extensions', 'handler'],
  ...['extensionReason', 'returns', 'returnReason', 'processLog', 'replyMode', 'contactedAt', 'legalBasis', 'urges', 'supervision'],
  ...['auditOpinion', 'reworks', 'visit', 'idNo', 'gender', 'contactPreference'],
]);

/** What two records of one version are compared by. A field that came later and says nothing is left out, so that a record of before it compares equal. */
export function comparable(record: HotlineRecord): string {
  const isEmpty = (value: unknown) => value === null || value === false || value === 0 || (Array.isArray(value) && value.length === 0);
  return JSON.stringify(record, (key, value: unknown) => (ADDED.has(key) && isEmpty(value) ? undefined : value));
}

/** What a record says apart from the time it came at, null for what is no record. */
export function apartFromTime(value: unknown): string | null {
  const read = hotlineRecord.safeParse(value);
  return read.success ? comparable({ ...read.data, receivedAt: '' }) : null;
}
