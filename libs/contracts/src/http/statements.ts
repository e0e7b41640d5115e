import { z } from 'zod';
import type { Severity } from './alerts.js';
import { evidenceRequest, type ActionView } from './cases.js';
import { citesField, type CiteView } from './knowledge.js';

/** 起草中 · 保密审查中 · 待审批 · 已批准 · 已发布 · 已作废 */
export type StatementState = 'draft' | 'review' | 'cleared' | 'approved' | 'published' | 'withdrawn';

/** One version of a statement and what became of it. */
export interface StatementVersionView {
  version: number;
  title: string;
  text: string;
  writtenBy: string;
  writtenAt: string;
  submittedAt: string | null;
  clearedBy: string | null;
  clearedAt: string | null;
  clearedNote: string | null;
  approvedBy: string | null;
  approvedAt: string | null;
  /** What the one who approved said of the open points. */
  approvedNote: string | null;
  sentBackBy: string | null;
  sentBackAt: string | null;
  sentBackReason: string | null;
  publishedAt: string | null;
  evidenceId: string | null;
}

/**
 * A statement (口径). GET /api/cases/:id/statements → StatementView[]
 * GET /api/statements?published=true&state=&topic=&q=&cursor= → Page<StatementView>; `published=true` is the library: the published
 * version of each, for everybody. GET /api/statements.csv: the same as a file.
 */
export interface StatementView extends StatementVersionView {
  id: string;
  caseId: string;
  caseNo: string;
  caseTitle: string;
  severity: Severity;
  topic: { code: string; name: string } | null;
  departmentName: string | null;
  state: StatementState;
  /** Where it was published. */
  url: string | null;
  updatedAt: string;
  actions: ActionView[];
}

/** What a draft must be looked at for, each with its citation. A help, not a verdict. */
export interface StatementChecks {
  /** What people asked and the draft does not answer, asked by most first. */
  unanswered: { text: string; said: string; askedBy: number; opinionIds: string[] }[];
  /** Where it states otherwise than what was published. */
  contradictions: { said: string; value: string; earlierValue: string; earlierId: string; earlierTitle: string; isExplained: boolean }[];
  secrecy: { weight: 'stop' | 'look'; matched: string; said: string }[];
}

/** GET /api/statements/:id */
export interface StatementDetail extends StatementView {
  /** Oldest first. A reader who is not of the case gets the published one only. */
  versions: StatementVersionView[];
  /** Null for a reader who is not of the case. */
  checks: StatementChecks | null;
  /** Entries of the knowledge base that it cites. */
  cites: CiteView[];
}

const text = (max: number) => z.string().trim().min(1).max(max);

/** POST /api/cases/:id/statements → { statementId }. 409 case-closed. */
export const draftStatementRequest = z.object({ title: text(200), text: text(20_000), cites: citesField }).strict();
export type DraftStatementRequest = z.input<typeof draftStatementRequest>;

/** POST /api/statements/:id/edit: `version` is the one that was read, 409 statement-changed where another was saved since. Also for /revise. */
export const editStatementRequest = draftStatementRequest
  .extend({ uncite: citesField.describe('不再引用的知识条目'), version: z.int().min(1), writtenAt: z.iso.datetime({ offset: true }) })
  .strict();
export type EditStatementRequest = z.input<typeof editStatementRequest>;

/** POST /api/statements/:id/clear, /approve: a note is needed where checks are open. POST …/submit has no body. */
export const noteRequest = z.object({ note: z.string().trim().max(2000).nullable().default(null) }).strict();
export type NoteRequest = z.input<typeof noteRequest>;

/** POST /api/statements/:id/send-back, /withdraw */
export const reasonRequest = z.object({ reason: z.string().trim().min(2).max(2000) }).strict();
export type ReasonRequest = z.infer<typeof reasonRequest>;

/** POST /api/statements/:id/publish: the proof; it meets the clocks of the case. Answers { evidenceId, metDeadlineIds }. */
export const publishStatementRequest = evidenceRequest.omit({ kind: true, note: true });
export type PublishStatementRequest = z.input<typeof publishStatementRequest>;

/** POST /api/cases/:id/statements/check → StatementChecks */
export const checkStatementRequest = z.object({ text: text(20_000) }).strict();
export type CheckStatementRequest = z.infer<typeof checkStatementRequest>;
