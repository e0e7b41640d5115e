import { z } from 'zod';
import type { ActionView } from './cases.js';
import type { DeadlineView } from './deadlines.js';
import { hotlineTime, hotlineVisit } from './hotline.js';
import type { TimelineEntry } from './cases.js';

const words = (max: number) => z.string().trim().min(1).max(max);
const reason = words(2_000).describe('理由');
const maybe = (max: number) => z.string().trim().max(max).nullable().default(null);
const units = z
  .array(z.string().trim().min(1).max(100))
  .max(20)
  .default([])
  .refine((list) => new Set(list).size === list.length, { message: 'must name each unit once' });

/** What each step of a work order asks for; the same for a person on the console and a system at the API. */
export const ORDER_STEP_REQUESTS = {
  accept: z.object({}).strict(),
  refuse: z.object({ reason }).strict(),
  dispatch: z
    .object({
      leadUnit: words(100).describe('主办单位'),
      coUnits: units.describe('协办单位'),
      instruction: maybe(2_000).describe('办理要求'),
    })
    .strict(),
  sign: z.object({}).strict(),
  return: z
    .object({
      reason,
      ground: z.enum(['not-ours', 'insufficient']).default('not-ours').describe('not-ours 非本单位职责；insufficient 信息不足'),
      suggestedUnit: maybe(100).describe('建议改派的单位'),
    })
    .strict(),
  'rule-return': z.object({ reason }).strict(),
  extend: z.object({ workingDays: z.int().min(1).max(60).describe('申请延长的工作日数'), reason }).strict(),
  'rule-extension': z.object({ granted: z.boolean().describe('是否同意'), reason }).strict(),
  contact: z.object({ text: words(2_000).describe('联系情况') }).strict(),
  progress: z.object({ text: words(2_000).describe('办理进展') }).strict(),
  reply: z
    .object({
      text: words(20_000).describe('答复内容'),
      mode: maybe(50).describe('答复方式，如 电话、短信'),
      legalBasis: maybe(2_000).describe('依据'),
    })
    .strict(),
  'send-back': z.object({ reason }).strict(),
  close: z.object({ opinion: maybe(2_000).describe('审核意见') }).strict(),
  'visit-result': hotlineVisit,
  rework: z.object({ reason }).strict(),
  urge: z.object({ reason }).strict(),
  supervise: z.object({ level: z.enum(['一般', '重点', '挂牌']).describe('督办级别'), reason }).strict(),
  join: z.object({ parentNo: words(64).describe('主单号') }).strict(),
  split: z.object({}).strict(),
} as const;
export type OrderStepName = keyof typeof ORDER_STEP_REQUESTS;
export type OrderStepRequest<A extends OrderStepName> = z.output<(typeof ORDER_STEP_REQUESTS)[A]>;

/** What another system says of a step besides what the step asks for: who took it, and when, where that was not now. */
export const orderStepBy = z.object({
  by: words(100).describe('操作人或单位'),
  at: hotlineTime.nullable().default(null).describe('发生时间；不填为现在'),
});

export const orderStates = z.enum([
  'received',
  'accepted',
  'dispatched',
  'signed',
  'handling',
  'returning',
  'replied',
  'closed',
  'archived',
  'joined',
  'refused',
]);
export type OrderStateName = z.infer<typeof orderStates>;

/** A work order as lists show it. */
export interface OrderView {
  orderNo: string;
  state: OrderStateName;
  stateWord: string;
  title: string;
  appealType: string | null;
  urgency: string | null;
  region: string | null;
  category: string | null;
  source: string | null;
  leadUnit: string | null;
  departmentId: string | null;
  receivedAt: string;
  dispatchedAt: string | null;
  /** The clock that runs out next: signing, or finishing; null where nothing is owed. */
  clock: { word: string; startedAt: string; dueAt: string; state: 'running' | 'overdue'; metAt: null; provisional: boolean } | null;
  light: 'green' | 'yellow' | 'red' | null;
  urges: number;
  supervision: string | null;
  reworks: number;
  askedReturn: boolean;
  askedExtension: boolean;
  parentNo: string | null;
}

/** GET /api/orders/:orderNo. */
export interface OrderDetail extends OrderView {
  version: number;
  opinionId: string;
  content: string;
  occurredAt: string | null;
  address: string | null;
  channelRef: string | null;
  risk: string | null;
  isRepeat: boolean;
  isConfidential: boolean;
  keywords: string[];
  attachments: { name: string; url: string }[];
  caller: { name: string | null; phone: string | null; gender: string | null };
  coUnits: string[];
  instruction: string | null;
  signedAt: string | null;
  signedBy: string | null;
  contactedAt: string | null;
  signDueAt: string | null;
  dueAt: string | null;
  returnUntil: string | null;
  extensions: number;
  returns: number;
  pendingReturn: { reason: string; suggestedUnit: string | null; by: string; at: string } | null;
  pendingExtension: { amount: number; reason: string; by: string; at: string } | null;
  reply: string | null;
  repliedAt: string | null;
  repliedBy: string | null;
  legalBasis: string | null;
  auditOpinion: string | null;
  closedAt: string | null;
  visit: {
    at: string;
    result: string;
    resolved: string | null;
    satisfaction: string | null;
    comment: string | null;
    exempt: boolean;
  } | null;
  /** Orders that were joined to this one (并单). */
  joined: { orderNo: string; title: string; stateWord: string }[];
  /** The story it belongs to, with what else is in it (同源合并); null until it was judged. */
  story: {
    storyId: string;
    opinionCount: number;
    hotlineCount: number;
    orders: { orderNo: string; title: string; stateWord: string }[];
    opinions: { id: string; title: string; sourceName: string }[];
    alertId: string | null;
    caseId: string | null;
  } | null;
  /** Its clocks with their rules, those that were stopped left out. */
  deadlines: DeadlineView[];
  timeline: TimelineEntry[];
  actions: ActionView[];
}

/** GET /api/orders/counts: how many are in each state, under the list's other filters. */
export interface OrderCounts {
  byState: Partial<Record<OrderStateName, number>>;
  overdue: number;
  asked: number;
}

/** GET /api/orders/figures: 三率 and the other indicators, of all and of each unit. */
export interface OrderFiguresView {
  from: string;
  to: string;
  weights: { response: number; resolution: number; satisfaction: number };
  units: {
    /** null: of all. */
    unit: string | null;
    received: number;
    score: number | null;
    indicators: { id: string; name: string; formula: string; part: number; whole: number; rate: number | null }[];
  }[];
}
