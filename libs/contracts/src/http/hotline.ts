import { z } from 'zod';

const text = (max: number) => z.string().trim().max(max);
/** A time as ISO 8601 with zone, or the hotlines' own `yyyy-MM-dd HH:mm:ss`, read as Asia/Shanghai. */
export const hotlineTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/, 'must be ISO 8601 or yyyy-MM-dd HH:mm:ss');

/** One 12345 work order (工单) as POST /api/hotline/records takes it. Idempotent by orderNo and version. */
export const hotlineRecord = z
  .object({
    orderNo: text(64).min(1),
    /** Grows with each change of the order. */
    version: z.int().min(1).default(1),
    title: text(500).default(''),
    content: text(20_000).min(1),
    appealType: z.enum(['咨询', '求助', '投诉', '举报', '意见建议']).nullable().default(null),
    urgency: z.enum(['一般', '紧急', '特急']).nullable().default(null),
    source: text(50).nullable().default(null),
    category: text(100).nullable().default(null),
    region: text(100).nullable().default(null),
    address: text(500).nullable().default(null),
    leadUnit: text(100).nullable().default(null),
    receivedAt: hotlineTime,
    caller: z
      .object({ name: text(50).nullable().default(null), phone: text(30).nullable().default(null) })
      .strict()
      .nullable()
      .default(null),
    confidential: z.boolean().default(false),
    reply: text(20_000).nullable().default(null),
    repliedAt: hotlineTime.nullable().default(null),
  })
  .strict();
export type HotlineRecord = z.infer<typeof hotlineRecord>;
export type HotlineRecordInput = z.input<typeof hotlineRecord>;

/** POST /api/hotline/records takes one record or { records: [1..1000] }; key in the header `x-api-key`. Answers 200 with one line per record, in order. */
export interface HotlineIntakeAnswer {
  accepted: number;
  unchanged: number;
  rejected: number;
  results: {
    index: number;
    orderNo: string | null;
    /** accepted: new order or new version; unchanged: had it already (or a newer version); rejected: see faults. */
    outcome: 'accepted' | 'unchanged' | 'rejected';
    opinionId: string | null;
    faults?: { field: string; rule: string; message: string }[];
  }[];
}
