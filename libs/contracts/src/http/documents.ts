import { z } from 'zod';
import type { ActionView, TimelineEntry } from './cases.js';
import type { DeadlineView, EvidenceView } from './deadlines.js';
import { dayField, idField, instantField } from './fields.js';

/** 起草中 · 报批中 · 已签发 · 已公开待解读 · 已解读 · 无需解读 */
export type DocumentState = 'drafting' | 'submitted' | 'signed' | 'published' | 'interpreted' | 'exempt';

export interface PlanView {
  outline: string;
  forms: string[];
  channels: string[];
  /** YYYY-MM-DD. */
  plannedOn: string | null;
  responsible: string;
}

/** A policy document (政策文件) of the register. GET /api/documents?state=&department=&q=&overdue=true&cursor= · GET /api/documents.csv */
export interface DocumentView {
  id: string;
  title: string;
  documentNo: string | null;
  /** Who drafted it, and so interprets it; null where the collector found it and nobody has said. */
  departmentId: string | null;
  departmentName: string | null;
  kind: string;
  /** `deploy`: 同步组织、审签、部署. `publish`: 同步发布 as well. */
  syncMode: 'deploy' | 'publish';
  state: DocumentState;
  url: string | null;
  publishedAt: string | null;
  source: string;
  createdAt: string;
  createdBy: string;
  /** What the plan of interpretation lacks, in words; none = complete. */
  missingOfPlan: string[];
  /** Interpretations registered; of how many the links were checked and hold both ways. */
  interpretationCount: number;
  linkedCount: number;
  /** Null while it is in force. */
  ended: DocumentEndView | null;
  /** Its clock, once it is public. */
  deadline: DeadlineView | null;
}

/** 失效: how it ended. */
export interface DocumentEndView {
  how: 'repealed' | 'expired' | 'replaced';
  word: string;
  /** YYYY-MM-DD, the last day it is in force. */
  lastDay: string;
  replacedBy: string | null;
  reason: string;
  at: string;
  by: string;
}

/** An entry of the knowledge base that rests on a document. */
export interface DocumentKnowledgeView {
  id: string;
  title: string;
  version: number;
  stateWord: string;
  expiresOn: string | null;
  /** The document is no longer in force and it would outlast it: 随政策失效 or 随政策延续. */
  outlasts: boolean;
}

export interface InterpretationView {
  evidence: EvidenceView | null;
  title: string;
  url: string;
  form: string;
  channels: string[];
  /** Every element, and whether this one has it. */
  elements: { key: string; name: string; demanded: boolean; held: boolean }[];
  publishedAt: string;
  registeredAt: string;
  registeredBy: string;
  /** 0–1, word for word from the document; null where its text is not known. */
  copiedShare: number | null;
  copiedReason: string | null;
  links: { documentLeads: boolean | null; interpretationLeads: boolean | null; failure: string | null; at: string } | null;
}

/** GET /api/documents/:id */
export interface DocumentDetail extends DocumentView {
  plan: PlanView | null;
  reason: string | null;
  hasText: boolean;
  interpretations: InterpretationView[];
  timeline: TimelineEntry[];
  knowledge: DocumentKnowledgeView[];
  /** The document that takes its place. */
  replacement: { id: string; title: string; documentNo: string | null } | null;
  /** edit · plan · submit · send-back · sign · publish · interpret · exempt · check-links · end · knowledge-expire · knowledge-carry-on, as `document-…` */
  actions: ActionView[];
  choices: { kinds: string[]; forms: string[]; channels: string[]; elements: { key: string; name: string; demanded: boolean }[] };
}

const title = z.string().trim().min(4).max(300);
/** Of a 文号 and of an address, each of which is there once: an index holds no more. */
export const DOCUMENT_NO_AT_MOST = 100;
export const ADDRESS_BYTES_AT_MOST = 2_000;
export const isIndexable = (address: string): boolean => new TextEncoder().encode(address).length <= ADDRESS_BYTES_AT_MOST;
const documentNo = z
  .string()
  .trim()
  .max(DOCUMENT_NO_AT_MOST)
  .regex(/^[\u4e00-\u9fff]{2,}〔\d{4}〕\d+号$/, 'must be like 望政办发〔2026〕31号')
  .nullable();
const address = z.url({ protocol: /^https?$/ }).refine(isIndexable, `must be at most ${ADDRESS_BYTES_AT_MOST} bytes`);
const url = address.nullable().default(null);
const text = z.string().trim().max(200_000).nullable();
const instant = instantField;

/** POST /api/documents → { documentId }. 409 document-known names the number or address that is there. */
export const registerDocumentRequest = z
  .object({
    title,
    documentNo: documentNo.default(null),
    departmentId: z.string().min(1),
    kind: z.string().min(1).max(40),
    syncMode: z.enum(['deploy', 'publish']).nullable().default(null),
    text: text.default(null),
    url,
    /** Set where it is public already. */
    publishedAt: instant.nullable().default(null),
  })
  .strict();
export type RegisterDocumentRequest = z.input<typeof registerDocumentRequest>;

/** POST /api/documents/:id/edit: what is named is changed. */
export const editDocumentRequest = z
  .object({
    title: title.optional(),
    documentNo: documentNo.optional(),
    departmentId: z.string().min(1).optional(),
    kind: z.string().min(1).max(40).optional(),
    text: text.optional(),
  })
  .strict();
export type EditDocumentRequest = z.input<typeof editDocumentRequest>;

/** POST /api/documents/:id/plan: 解读方案, kept as it is; the gate asks for it whole. */
export const planDocumentRequest = z
  .object({
    outline: z.string().trim().max(8000).default(''),
    forms: z.array(z.string().max(40)).max(20).default([]),
    channels: z.array(z.string().max(40)).max(20).default([]),
    plannedOn: dayField.nullable().default(null),
    responsible: z.string().trim().max(200).default(''),
  })
  .strict();
export type PlanDocumentRequest = z.input<typeof planDocumentRequest>;

/** POST /api/documents/:id/publish: 登记公开; starts PI-01. `interpretationUrl` is demanded where it must be out at the same time. */
export const publishDocumentRequest = z
  .object({
    url: address,
    publishedAt: instant,
    interpretationUrl: url,
  })
  .strict();
export type PublishDocumentRequest = z.input<typeof publishDocumentRequest>;

/** POST /api/documents/:id/interpret: 登记解读材料 with its proof; meets PI-01. 400 names elements that are missing, 409 interpretation-copied. */
export const interpretDocumentRequest = z
  .object({
    title,
    url: address,
    form: z.string().min(1).max(40),
    channels: z.array(z.string().max(40)).min(1).max(20),
    elements: z.array(z.string().max(40)).max(20).default([]),
    publishedAt: instant,
    /** Why it is no copy although most of it stands word for word in the document. */
    copiedReason: z.string().trim().min(5).max(2000).nullable().default(null),
  })
  .strict();
export type InterpretDocumentRequest = z.input<typeof interpretDocumentRequest>;

/** POST /api/documents/:id/end: 登记失效 on its last day in force; `replacedBy` is demanded where it was replaced. 409 document-ended. */
export const endDocumentRequest = z
  .object({
    how: z.enum(['repealed', 'expired', 'replaced']),
    lastDay: dayField,
    replacedBy: idField.nullable().default(null),
    reason: z.string().trim().min(2).max(2000),
  })
  .strict();
export type EndDocumentRequest = z.input<typeof endDocumentRequest>;

/** POST /api/documents/import: what a table (CSV, XLSX) holds, and with `apply` puts what is good of it into the register. */
export const importDocumentsRequest = z
  .object({ name: z.string().max(200), content: z.base64().max(8_000_000), apply: z.boolean().default(false) })
  .strict();
export type ImportDocumentsRequest = z.input<typeof importDocumentsRequest>;

export interface ImportedDocument {
  /** Of the file, counted from 1. */
  line: number;
  title: string;
  documentNo: string | null;
  /** new: will be added; known: number or address is there; bad: cannot be used. */
  outcome: 'new' | 'known' | 'bad';
  /** In Chinese: what comes of it, or why not. */
  said: string;
}
export interface DocumentImport {
  applied: boolean;
  counts: Record<ImportedDocument['outcome'], number>;
  rows: ImportedDocument[];
}
