import type { Role } from './accounts.js';

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
}

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
  /** `acknowledgement` (签收) is no publication; it appears only as what met an acknowledgement clock. */
  kind: 'statement' | 'press-conference' | 'reply' | 'acknowledgement';
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
