import { z } from 'zod';
import { envelope, instant } from './envelope.js';

const line = z.string().nullable();
const time = instant.nullable();

/**
 * A 12345 work order (工单) came in, or a newer version of it did: everything that handling needs, personal data masked. Of a confidential
 * order (要求保密) the caller's part is empty. Topic hotline-order.received, key orderNo. v1 2026-11 first form.
 */
export const hotlineOrderReceivedV1 = envelope.extend({
  type: z.literal('hotline-order.received'),
  version: z.literal(1),
  data: z.object({
    orderNo: z.string(),
    /** As the hotline counts; a later one replaces an earlier one. */
    version: z.int().min(1),
    opinionId: z.uuid(),
    parentNo: line,
    source: line,
    channelRef: line,
    appealType: line,
    urgency: line,
    title: z.string(),
    content: z.string(),
    receivedAt: instant,
    occurredAt: time,
    regionCode: line,
    region: line,
    /** Down to the street. */
    address: line,
    /** WGS84, coarse like the address (about 100 m). Absent from events before 2026-11-27. */
    location: z.object({ longitude: z.number(), latitude: z.number() }).nullable().default(null),
    categoryCode: line,
    category: line,
    keywords: z.array(z.string()),
    attachments: z.array(z.object({ name: z.string(), url: z.string() })),
    isRepeat: z.boolean(),
    risk: line,
    isAnonymous: z.boolean(),
    isConfidential: z.boolean(),
    consentsToPublish: z.boolean().nullable(),
    /** Masked: 张**, 138****5678. */
    caller: z.object({ name: line, phone: line, gender: line }),
    dispatchedAt: time,
    leadUnit: line,
    coUnits: z.array(z.string()),
    signedAt: time,
    signedBy: line,
    dueAt: time,
    extensions: z.int(),
    extensionReason: line,
    returns: z.int(),
    returnReason: line,
    handler: line,
    processLog: z.array(z.object({ at: instant, by: line, text: z.string() })),
    reply: line,
    repliedAt: time,
    replyMode: line,
    contactedAt: time,
    legalBasis: line,
    urges: z.int(),
    supervision: line,
    auditOpinion: line,
    reworks: z.int(),
    visit: z
      .object({
        at: instant,
        result: z.string(),
        resolved: line,
        satisfaction: line,
        comment: line,
        exempt: z.boolean(),
      })
      .nullable(),
    capturedAt: instant,
    /** SHA-256 (hex) of the sealed original. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});
export type HotlineOrderReceivedV1 = z.infer<typeof hotlineOrderReceivedV1>;
