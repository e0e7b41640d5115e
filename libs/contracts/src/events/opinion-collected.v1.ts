import { z } from 'zod';
import { envelope, instant } from './envelope.js';

/** Where a piece of opinion was seen. */
export const channel = z.enum(['news', 'weibo', 'wechat', 'forum', 'gov-site', 'hotline', 'other']);

/** The part of a 12345 work order (工单) that judging needs. No caller data crosses the log. */
export const hotlineOrder = z.object({
  orderNo: z.string(),
  version: z.int().min(1),
  /** 咨询 求助 投诉 举报 意见建议 */
  appealType: z.string().nullable(),
  /** 一般 紧急 特急 */
  urgency: z.string().nullable(),
  category: z.string().nullable(),
  region: z.string().nullable(),
  leadUnit: z.string().nullable(),
});

/**
 * A piece of opinion (舆情信息) was collected, or an edited version of it was.
 * Topic opinion.collected, key opinionId. v1 2026-11 first form.
 * Published means frozen: a new meaning is v2, and both are sent until the last v1 reader is gone.
 */
export const opinionCollectedV1 = envelope.extend({
  type: z.literal('opinion.collected'),
  version: z.literal(1),
  data: z.object({
    opinionId: z.uuid(),
    /** 1 for the first sight, +1 for each edit seen at the source. */
    revision: z.int().min(1),
    sourceId: z.string(),
    sourceName: z.string(),
    channel,
    title: z.string(),
    /** Plain text, personal data of callers masked. */
    text: z.string(),
    url: z.string().nullable(),
    author: z.string().nullable(),
    /** null where the source gives no date: an undated entry stays undated. */
    publishedAt: instant.nullable(),
    capturedAt: instant,
    /** SHA-256 (hex) of the original bytes kept as evidence. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    order: hotlineOrder.nullable(),
    /** The source is a local one: a text without a place name is taken to be about this city. */
    fromCity: z.boolean().optional(),
  }),
});
export type OpinionCollectedV1 = z.infer<typeof opinionCollectedV1>;
