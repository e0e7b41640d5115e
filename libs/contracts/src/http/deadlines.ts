import { z } from 'zod';
import type { Role } from './accounts.js';
import type { ActionView } from './cases.js';
import { instantField } from './fields.js';

/** State of a clock on the console's one fixed scale. */
export type DeadlineState = 'running' | 'paused' | 'met' | 'met-late' | 'overdue' | 'cancelled';

/** One legal clock (时限) as every list shows it. */
export interface DeadlineView {
  id: string;
  ruleId: string;
  /** e.g. 首次权威信息 */
  ruleName: string;
  /** e.g. 国办发〔2016〕80号 */
  citation: string;
  /** `no` of its case, order or document; `link` leads to it on the console. */
  subject: { kind: 'case' | 'task' | 'order' | 'document'; id: string; no: string; title: string; link: string };
  /** null for a clock of a hotline order or a policy document. */
  caseId: string | null;
  /** Who must act: a department's name or a role in words. */
  responsible: string;
  startedAt: string;
  dueAt: string;
  /** What the clock stands for: first-response, press-conference, evaluation … */
  milestone: string;
  /** The later end that was asked for (延期申请) and nobody has decided on; the clock goes on meanwhile. */
  askedUntil: string | null;
  /** Whole length in seconds from startedAt to dueAt. */
  lengthSeconds: number;
  /** A reminder of the house (持续发布), no legal clock: never overdue, counted nowhere as such. */
  isReminder: boolean;
  state: DeadlineState;
  metAt: string | null;
  /** True where the calendar of a needed year is not published yet. */
  provisional: boolean;
}

/** GET /api/deadlines/:id/why: the ledger of a due instant. */
export interface DeadlineWhy {
  deadline: DeadlineView;
  rule: {
    id: string;
    version: string;
    name: string;
    text: string;
    /** 文号 and clause. */
    citation: string;
    /** How sure the source is, in words (e.g. 转载核对，条款号待复核). */
    certainty: string;
    jurisdiction: 'national' | 'province' | 'city';
    length: string;
    owner: string;
  };
  start: { at: string; fact: string; statedBy: string };
  /** Each stretch or day, counted or skipped, and why. Sums to the length. */
  ledger: LedgerLine[];
  /** Stretches that do not count, with ground, reason and approver; the last may last still (to = null). */
  pauses: { from: string; to: string | null; ground: string; reason: string; approvedBy: string }[];
  /** Approved extensions (延期); the ledger sums to the rule's length and these. */
  extensions: { length: string; reason: string; approvedBy: string; approvedAt: string }[];
  steps: { kind: 'warn' | 'breach'; percent: number; at: string; firedAt: string | null; late: boolean }[];
  /** What met it, where met. */
  evidence: EvidenceView[];
  /** Requests for a later end, oldest first. */
  requests: ExtensionView[];
  /** How far the rule lets it be extended, in words; null where it does not. */
  extensionLimit: { most: string; left: string; times: number; approver: string } | null;
  /** Grounds on which it may stand (暂停计时). */
  pausableFor: string[];
  /** extend · pause · resume */
  actions: ActionView[];
}

/** 待批准 · 已批准 · 未批准 · 已撤回 · 已失效（时限已先完成或取消） */
export type ExtensionViewState = 'asked' | 'approved' | 'refused' | 'withdrawn' | 'lapsed';

/** A request for a later end. GET /api/extensions?state=waiting|all&cursor= → Page<ExtensionView>, newest first; a department sees its own. */
export interface ExtensionView {
  id: string;
  deadlineId: string;
  ruleName: string;
  subject: DeadlineView['subject'];
  severity: string;
  departmentName: string | null;
  /** e.g. 5个工作日 */
  length: string;
  /** The end as it stood when this was asked, and as it was asked for. */
  dueAt: string;
  until: string;
  reason: string;
  state: ExtensionViewState;
  askedAt: string;
  askedBy: string;
  decidedAt: string | null;
  decidedBy: string | null;
  note: string | null;
  /** approve-extension · refuse-extension · withdraw-extension */
  actions: ActionView[];
}

/**
 * POST /api/deadlines/:id/extensions → { requestId }: 延期申请, before the clock runs out and within what its rule allows. `until` is the
 * end that is asked for. 409 clock-not-running, clock-not-extendable, extensions-used-up, extension-too-long, extension-asked.
 */
export const extendRequest = z.object({ until: instantField, reason: z.string().trim().min(5).max(2000) }).strict();
export type ExtendRequest = z.infer<typeof extendRequest>;

/**
 * POST /api/extensions/:id/approve, /refuse (supervisor, never who asked); /withdraw (who asked) has no body. A refusal needs its grounds.
 * 409 extension-approved, extension-refused, extension-withdrawn, clock-not-running; 403 for one's own.
 */
export const approveExtensionRequest = z.object({ note: z.string().trim().max(2000).nullable().default(null) }).strict();
export type ApproveExtensionRequest = z.input<typeof approveExtensionRequest>;

/** POST /api/deadlines/:id/pause (supervisor): on one of the rule's grounds. POST /api/deadlines/:id/resume has no body. 409 clock-not-pausable, clock-already-paused, clock-not-paused. */
export const pauseRequest = z.object({ ground: z.string().trim().min(1).max(200), reason: z.string().trim().min(5).max(2000) }).strict();
export type PauseRequest = z.infer<typeof pauseRequest>;

export interface LedgerLine {
  /** 2026-02-14 or an instant for hour rules. */
  from: string;
  to: string;
  counted: boolean;
  /** Hours or days this line adds. */
  amount: number;
  unit: 'hours' | 'workingDays' | 'naturalDays';
  /** e.g. 首日不计 · 春节放假 · 调休上班 · 连续计时，夜间照走 */
  why: string;
}

/** Proof that something was said in public. An uploaded file is read at GET /api/evidence/:id/file. */
export interface EvidenceView {
  id: string;
  /** `acknowledgement` (签收) is no publication; it appears only as what met an acknowledgement clock. `report`: a paper of an investigation. */
  kind: 'statement' | 'press-conference' | 'clarification' | 'interpretation' | 'reply' | 'acknowledgement' | 'report';
  url: string | null;
  publishedAt: string;
  note: string;
  fileName: string | null;
  /** SHA-256 (hex) of the captured page or the uploaded file; null where neither could be kept. */
  sha256: string | null;
  /** Why the page at `url` could not be kept, in Chinese; null where it was kept or none was asked for. */
  captureFailure?: string | null;
  registeredAt: string;
  registeredBy: string;
}

export type ResponsibleRole = Role | 'department';
