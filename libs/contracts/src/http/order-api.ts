import { z } from 'zod';
import { orderStates } from './orders.js';
import { instantField } from './fields.js';

const line = z.string().nullable();
const instantText = z.iso.datetime();
const time = instantText.nullable();

/** Where handling stands, as systems see it. Nothing of the caller is in it. */
const standing = z.object({
  version: z.int().describe('热线记录的版本号'),
  channelRef: line.describe('渠道编号'),
  appealType: line.describe('诉求类型'),
  urgency: line.describe('紧急程度'),
  categoryCode: line.describe('事项代码'),
  category: line.describe('事项'),
  regionCode: line.describe('区划代码'),
  location: z
    .object({ longitude: z.number().describe('经度'), latitude: z.number().describe('纬度') })
    .nullable()
    .describe('WGS84，精确到约 100 米；要求保密的不给'),
  region: line.describe('区域'),
  receivedAt: instantText.describe('受理时间'),
  parentNo: line.describe('主单号（并单）'),
  leadUnit: line.describe('主办单位'),
  coUnits: z.array(z.string()).describe('协办单位'),
  dispatchedAt: time.describe('派单时间'),
  signedAt: time.describe('签收时间'),
  signedBy: line.describe('签收人'),
  contactedAt: time.describe('首次联系诉求人'),
  signDueAt: time.describe('签收期限'),
  dueAt: time.describe('办结期限'),
  extensions: z.int().describe('延期次数'),
  extensionReason: line.describe('延期理由'),
  returns: z.int().describe('退单次数'),
  returnReason: line.describe('退单理由'),
  reply: line.describe('答复内容'),
  repliedAt: time.describe('答复时间'),
  replyMode: line.describe('答复方式'),
  legalBasis: line.describe('依据'),
  auditOpinion: line.describe('审核意见'),
  closedAt: time.describe('办结时间'),
  urges: z.int().describe('催办次数'),
  supervision: line.describe('督办级别'),
  reworks: z.int().describe('重办次数'),
  visit: z
    .object({ at: instantText, result: z.string(), resolved: line, satisfaction: line, comment: line, exempt: z.boolean() })
    .nullable()
    .describe('回访结果'),
});

/** What another system is told of one thing that happened to a work order (回调). `id` is also the header idempotency-key. */
export const orderCallback = z.object({
  id: z.string().describe('工单号-序号；每件事一个，重发不变'),
  orderNo: z.string().describe('工单号'),
  seq: z.int().describe('该工单第几件事，从 1 起；同一工单按序送达'),
  action: z.string().describe('动作，见各接口；record 为收到热线记录'),
  at: instantText.describe('发生时间'),
  by: z.string().describe('操作人或单位'),
  previousState: line.describe('之前的状态'),
  state: z.string().describe('之后的状态'),
  text: z.string().describe('一句话说明'),
  order: standing.describe('此后工单的全貌'),
});

/** GET /api/hotline/v1/orders/:orderNo. */
export const apiOrder = standing.extend({
  orderNo: z.string().describe('工单号'),
  seq: z.int().describe('最近一件事的序号'),
  changedAt: instantText.describe('最近变化时间'),
  state: orderStates.describe('状态'),
  stateWord: z.string().describe('状态的中文'),
  title: z.string().describe('标题'),
  light: z.enum(['green', 'yellow', 'red']).nullable().describe('绿黄红灯'),
  pendingReturn: z.object({ reason: z.string(), suggestedUnit: line }).nullable().describe('待审核的退单'),
  pendingExtension: z.object({ workingDays: z.int(), reason: z.string() }).nullable().describe('待审批的延期'),
});
export type ApiOrder = z.infer<typeof apiOrder>;

export const apiOrderPage = z.object({ items: z.array(apiOrder), next: z.string().nullable().describe('下一页的 cursor；null 为到头') });

export const apiOrderEvents = z.object({
  items: z.array(
    z.object({
      seq: z.int(),
      at: instantText,
      action: z.string(),
      by: z.string(),
      client: line.describe('由哪个密钥所为；null 为本系统的人'),
      previousState: line,
      state: z.string(),
      text: z.string(),
    }),
  ),
});

/** What a step answers; the same again where its idempotency key comes again. */
export const apiStepAnswer = z.object({
  orderNo: z.string(),
  seq: z.int().describe('这一步的序号'),
  state: orderStates.describe('此后的状态'),
  text: z.string().describe('一句话说明'),
  order: apiOrder,
});
export type ApiStepAnswer = z.infer<typeof apiStepAnswer>;

const flagText = z.string().trim().max(200);
export const apiOrderQuery = z
  .object({
    changedSince: instantField.optional().describe('只要此后有变化的'),
    state: z.string().max(200).optional().describe('状态，逗号分隔'),
    cursor: z.string().max(500).optional().describe('上一页的 next'),
    limit: z.coerce.number().int().min(1).max(500).default(100).describe('每页条数'),
  })
  .strict();

export const resendRequest = z.object({ orderNo: flagText.nullable().default(null) }).strict();
export const skipRequest = z.object({ orderNo: flagText.min(1), reason: flagText.min(2) }).strict();

/** POST /api/callbacks/:target/unskip (补发) */
export const unskipRequest = z.object({ orderNo: flagText.min(1), seq: z.int32().min(1) }).strict();

/** GET /api/callbacks/skipped: what was left out (略过) and not sent since. */
export interface SkippedCallbackView {
  target: string;
  orderNo: string;
  seq: number;
  action: string;
  text: string;
  skippedAt: string;
  skippedBy: string | null;
  reason: string | null;
}

/** GET /api/callbacks: a system that is told of work orders. */
export interface CallbackTargetView {
  id: string;
  name: string;
  host: string;
  adapter: string;
  hasSecret: boolean;
  giveUpDays: number;
  /** Orders of which something waits to be told, of those that were not taken last time, and of those given up. */
  waiting: number;
  failing: number;
  dead: number;
  oldestWaitingAt: string | null;
}

/** GET /api/callbacks/dead: a callback that was given up (死信); what comes after it in the same order waits behind it. */
export interface DeadCallbackView {
  target: string;
  orderNo: string;
  seq: number;
  action: string;
  text: string;
  createdAt: string;
  attempts: number;
  failingSince: string | null;
  deadAt: string;
  error: string | null;
  behind: number;
}
