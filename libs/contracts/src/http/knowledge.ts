import { z } from 'zod';
import type { ActionView } from './cases.js';
import { DAY_RULE, dayField, idField, isOfOurYears, YEARS_RULE } from './fields.js';

const line = (max: number) => z.string().trim().max(max).nullable().default(null);
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, DAY_RULE)
  .refine(isOfOurYears, YEARS_RULE)
  .nullable()
  .default(null);

export const knowledgeStates = z.enum(['draft', 'active', 'expired', 'withdrawn']);
export type KnowledgeStateName = z.infer<typeof knowledgeStates>;

/** What an editor writes of an entry (知识条目). */
export const knowledgeContent = z
  .object({
    title: z.string().trim().min(2).max(200),
    question: z.string().trim().min(2).max(1_000),
    answer: z.string().trim().max(20_000).default(''),
    /** 依据: 文号 and name. */
    legalBasis: line(1_000),
    url: z
      .url({ protocol: /^https?$/ })
      .max(1_000)
      .nullable()
      .default(null),
    departmentId: line(60),
    region: line(100),
    keywords: z.array(z.string().trim().min(1).max(50)).max(30).default([]),
    validFrom: day,
    expiresOn: day,
  })
  .strict();
export type KnowledgeContent = z.output<typeof knowledgeContent>;
/** POST /api/knowledge → { id } */
export const newKnowledgeRequest = knowledgeContent;
/** POST /api/knowledge/:id: a new version. 409 changed-meanwhile where `version` is not the last. */
export const changeKnowledgeRequest = knowledgeContent
  .extend({ version: z.int().min(1), reason: z.string().trim().max(500).default('') })
  .strict();
/** POST /api/knowledge/:id/withdraw */
export const withdrawKnowledgeRequest = z.object({ reason: z.string().trim().min(2).max(500) }).strict();
/** POST /api/knowledge/expire-with: every entry of a policy document expires with it. */
export const expireKnowledgeRequest = z
  .object({ documentId: idField, expiresOn: dayField, reason: z.string().trim().min(2).max(500) })
  .strict();

/** POST /api/knowledge/carry-on: the entries of a document that was replaced rest on the one that took its place. */
export const carryOnKnowledgeRequest = z.object({ documentId: idField, reason: z.string().trim().min(2).max(500) }).strict();

export interface KnowledgeView {
  id: string;
  version: number;
  state: KnowledgeStateName;
  stateWord: string;
  title: string;
  question: string;
  answer: string;
  legalBasis: string | null;
  url: string | null;
  departmentId: string | null;
  departmentName: string | null;
  region: string | null;
  keywords: string[];
  validFrom: string | null;
  expiresOn: string | null;
  /** 口径 · 解读 · 人工, and the id there. */
  source: { kind: 'statement' | 'interpretation' | 'hand'; id: string | null; word: string };
  documentId: string | null;
  changedAt: string;
  changedBy: string;
  /** How often it was cited. */
  cited: number;
}

export interface KnowledgeDetail extends KnowledgeView {
  versions: {
    version: number;
    title: string;
    answer: string;
    expiresOn: string | null;
    changedAt: string;
    changedBy: string;
    reason: string;
  }[];
  cites: CiteOfEntry[];
  /** The document that it rests on has ended; null while that is in force. */
  policyEnded: { documentId: string; title: string; word: string; lastDay: string } | null;
  actions: ActionView[];
}

interface CiteOfEntry {
  kind: 'task' | 'statement';
  id: string;
  version: number;
  at: string;
  by: string;
}

/** A cite (引用) as it stands beside a reply or a statement. */
export interface CiteView {
  entryId: string;
  /** The version that was cited. */
  version: number;
  title: string;
  /** As it stands now: expired, withdrawn, or a newer version; null = nothing is wrong with it. */
  warning: string | null;
  at: string;
  by: string;
}

/** Entries that a reply or a statement cites, as they stand then. */
export const citesField = z.array(idField).max(20).default([]).describe('引用的知识条目');

const text = z.string().nullable();
/** An entry as another system sees it. */
export const apiKnowledge = z.object({
  id: z.string().describe('条目编号'),
  version: z.int().describe('版本'),
  state: knowledgeStates.describe('draft 待补充（不给出）；active 有效；expired 已失效；withdrawn 已下线'),
  title: z.string().describe('标题'),
  question: z.string().describe('问'),
  answer: z.string().describe('答'),
  legalBasis: text.describe('依据文号'),
  url: text.describe('链接'),
  department: text.describe('责任单位'),
  region: text.describe('适用地区'),
  keywords: z.array(z.string()).describe('关键词'),
  validFrom: text.describe('生效日'),
  expiresOn: text.describe('失效日，当日仍有效'),
  source: z.enum(['statement', 'interpretation', 'hand']).describe('来源：口径、解读、人工'),
  changedAt: z.iso.datetime().describe('最近变化时间'),
});
export type ApiKnowledge = z.infer<typeof apiKnowledge>;

export const apiKnowledgeQuery = z
  .object({
    q: z.string().trim().min(1).max(200).optional().describe('搜索标题、问答、关键词'),
    cursor: z.string().max(500).optional().describe('上一页的 next'),
    limit: z.coerce.number().int().min(1).max(200).default(50).describe('每页条数'),
  })
  .strict();
export const apiKnowledgePage = z.object({ items: z.array(apiKnowledge), next: text.describe('下一页的 cursor；null 为到头') });

export const knowledgeSyncRequest = z
  .object({
    cursor: z.string().max(100).nullable().default(null).describe('上次应答的 cursor；null 从头取'),
    limit: z.int().min(1).max(500).default(100).describe('一次最多条数'),
  })
  .strict();
export const knowledgeSyncAnswer = z.object({
  items: z.array(apiKnowledge).describe('此后有变化的条目，按变化先后；失效、下线的也在其中，收到后停用'),
  cursor: text.describe('记下，下次带来；没有变化时不变'),
  more: z.boolean().describe('是否还有，有则接着取'),
});
