import { z } from 'zod';
import { envelope, severityLevel } from './envelope.js';

/** One person is to be told one fact. Topic notice.requested, key recipientId. v1 2026-11 first form. */
export const noticeRequestedV1 = envelope.extend({
  type: z.literal('notice.requested'),
  version: z.literal(1),
  data: z.object({
    /** Same fact and same person give the same id, so that nobody is told twice. */
    noticeId: z.uuid(),
    /** e.g. alert:ID:raised, deadline:ID:warned:80. */
    fact: z.string(),
    recipientId: z.uuid(),
    urgency: z.enum(['normal', 'urgent']),
    title: z.string(),
    body: z.string(),
    /** Path on the console, e.g. /alerts/ID. */
    link: z.string(),
    /** The case it is about, whose timeline shows what became of it. */
    caseId: z.uuid().optional(),
    /** Of the alert or case, where the fact has one: I and II break quiet hours. */
    severity: severityLevel.optional(),
  }),
});
export type NoticeRequestedV1 = z.infer<typeof noticeRequestedV1>;
