import { z } from 'zod';

const TIME_RULE = 'must be ISO 8601 or yyyy-MM-dd HH:mm:ss';
const REGION_RULE = 'must be 6 to 12 digits';
/** The rules that are worded here, for people. */
export const HOTLINE_RULE_WORDS: Readonly<Record<string, string>> = {
  [TIME_RULE]: '应为“2026-11-02 08:30:00”这样的时间',
  [REGION_RULE]: '应为 6–12 位数字',
};

const text = (max: number) => z.string().trim().max(max);
/** A time as ISO 8601 with zone, or the hotlines' own `yyyy-MM-dd HH:mm:ss`, read as Asia/Shanghai. */
export const hotlineTime = z.string().regex(/^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/, TIME_RULE);

/** An optional field that always has a value: not given and null are the same. */
const or = <S extends z.ZodType>(schema: S, value: z.output<S>) =>
  schema
    .nullable()
    .default(value as never)
    .transform((given): z.output<S> => given ?? value);

const line = (max: number) => text(max).nullable().default(null);
const time = hotlineTime.nullable().default(null);
const count = or(z.int().min(0).max(1_000), 0);
const units = or(z.array(text(100).min(1)).max(20), []);

/** How the call-back (回访) went; the words are those of the hotlines. */
export const hotlineVisit = z
  .object({
    at: hotlineTime,
    result: z.enum(['接通', '未接']),
    resolved: z.enum(['已解决', '部分解决', '未解决', '无法解决']).nullable().default(null),
    satisfaction: z.enum(['非常满意', '满意', '基本满意', '不满意']).nullable().default(null),
    comment: line(2_000),
    /** 剔除评价: not counted. */
    exempt: or(z.boolean(), false),
  })
  .strict();

/** What the handling unit and the hotline did with the order so far. */
const handling = {
  dispatchedAt: time,
  coUnits: units,
  signedAt: time,
  signedBy: line(50),
  dueAt: time,
  extensions: count,
  extensionReason: line(1_000),
  returns: count,
  returnReason: line(1_000),
  handler: line(50),
  processLog: or(z.array(z.object({ at: hotlineTime, by: line(100), text: text(2_000).min(1) }).strict()).max(200), []),
  replyMode: line(50),
  /** 首次联系诉求人. */
  contactedAt: time,
  legalBasis: line(2_000),
  urges: count,
  supervision: line(50),
  auditOpinion: line(2_000),
  reworks: count,
  visit: hotlineVisit.nullable().default(null),
};

/** What makes an order findable and comparable besides its text. */
const finding = {
  parentNo: line(64),
  channelRef: line(100),
  /** 查询码: opens the order to whoever knows it, so it is kept like the caller's number. */
  queryCode: line(32),
  occurredAt: time,
  regionCode: z
    .string()
    .regex(/^\d{6,12}$/, REGION_RULE)
    .nullable()
    .default(null),
  location: z
    .object({ longitude: z.number().min(-180).max(180), latitude: z.number().min(-90).max(90) })
    .strict()
    .nullable()
    .default(null),
  categoryCode: line(32),
  keywords: or(z.array(text(50).min(1)).max(30), []),
  attachments: or(z.array(z.object({ name: text(200).min(1), url: z.url({ protocol: /^https?$/ }).max(1_000) }).strict()).max(20), []),
  isRepeat: or(z.boolean(), false),
  /** 群体性、安全、媒体曝光 … in the hotline's words. */
  risk: line(200),
  isAnonymous: or(z.boolean(), false),
  /** 是否同意公开; null: not asked. */
  consentsToPublish: z.boolean().nullable().default(null),
};

/** One 12345 work order (工单) as POST /api/hotline/records takes it. Idempotent by orderNo and version. */
export const hotlineRecord = z
  .object({
    orderNo: text(64).min(1),
    /** Grows with each change of the order. */
    version: or(z.int32().min(1), 1),
    title: or(text(500), ''),
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
      .object({
        name: line(50),
        phone: line(30),
        idNo: line(30),
        gender: z.enum(['男', '女']).nullable().default(null),
        contactPreference: line(100),
      })
      .strict()
      .nullable()
      .default(null),
    confidential: or(z.boolean(), false),
    reply: text(20_000).nullable().default(null),
    repliedAt: hotlineTime.nullable().default(null),
    ...finding,
    ...handling,
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
    /** `got`: what came, where it is short and nothing of the caller. */
    faults?: { field: string; rule: string; message: string; got?: unknown }[];
  }[];
}
