import { z } from 'zod';
import type { Severity } from './alerts.js';
import type { ActionView, TimelineEntry } from './cases.js';
import type { DeadlineView, EvidenceView } from './deadlines.js';
import { evidenceRequest } from './cases.js';
import { citesField, type CiteView } from './knowledge.js';

/** 待签收 · 已签收处置中 · 已退回 · 已反馈 · 已办结 */
export type TaskState = 'assigned' | 'acknowledged' | 'returned' | 'replied' | 'closed';

/** GET /api/tasks?state=&mine=true&cursor= → Page<TaskView>, open tasks by time left, soonest first, then the newest. A department lead gets only the department's tasks, whatever is asked. */
export interface TaskView {
  id: string;
  caseId: string;
  caseNo: string;
  caseTitle: string;
  severity: Severity;
  departmentId: string;
  departmentName: string;
  role: 'lead' | 'co';
  state: TaskState;
  instruction: string;
  assignedAt: string;
  assignedBy: string;
  acknowledgedAt: string | null;
  acknowledgedBy: string | null;
  returnedReason: string | null;
  reworkReason: string | null;
  replyText: string | null;
  repliedAt: string | null;
  /** This task's own clocks and the case's that this department answers for, soonest first. */
  deadlines: DeadlineView[];
  actions: ActionView[];
}

/** GET /api/tasks/:id */
export interface TaskDetail extends TaskView {
  summary: string;
  opinions: {
    id: string;
    title: string;
    text: string;
    sourceName: string;
    url: string | null;
    publishedAt: string | null;
    capturedAt: string;
  }[];
  evidence: EvidenceView[];
  /** Entries of the knowledge base that its reply cites. */
  cites: CiteView[];
  timeline: TimelineEntry[];
}

/** POST /api/tasks/:id/acknowledgement — 签收, no body. 409 already-acknowledged names who and when. */

/** POST /api/tasks/:id/return — 退回, allowed before or after 签收 until a reply. The case's clocks go on. */
export const returnRequest = z
  .object({
    reason: z.string().trim().min(2).max(2000),
    /** `not-ours` (非本单位职责) opens the 30 minutes in which a leader rules whose it is; `insufficient`: 信息不足. */
    ground: z.enum(['not-ours', 'insufficient']).default('not-ours'),
    suggestedDepartmentId: z.string().nullable().default(null),
  })
  .strict();
export type ReturnRequest = z.input<typeof returnRequest>;

/** POST /api/tasks/:id/reply — 反馈; `evidence` is needed to meet a clock, text alone meets none. */
export const replyRequest = z
  .object({ text: z.string().trim().min(1).max(10_000), evidence: evidenceRequest.nullable().default(null), cites: citesField })
  .strict();
export type ReplyRequest = z.input<typeof replyRequest>;
