import { z } from 'zod';
import type { Severity } from './alerts.js';
import { idField, instantField } from './fields.js';

export const dutyKind = z.enum(['officer', 'leader']);
export type DutyName = z.infer<typeof dutyKind>;
const instant = instantField;
const because = z.string().trim().min(2).max(500);

/** GET /api/duty/plan?from=YYYY-MM-DD&days=14: who is on duty when, day by day; which stretches nobody covers. */
export interface DutyPlan {
  from: string;
  days: {
    date: string;
    /** e.g. 周三 · 春节放假 · 调休上班（春节） */
    why: string;
    isWorkday: boolean;
    shifts: { name: string; from: string; to: string; officers: DutySlot[]; leaders: DutySlot[] }[];
  }[];
  gaps: { duty: DutyName; from: string; to: string }[];
  /** Who may stand in. */
  people: { id: string; name: string; duty: DutyName }[];
  changes: {
    id: string;
    duty: DutyName;
    from: string;
    to: string;
    name: string;
    reason: string;
    madeBy: string;
    madeAt: string;
    isSwap: boolean;
  }[];
}
export interface DutySlot {
  personId: string;
  name: string;
  /** Not by the roster: changed or swapped. */
  isOverride: boolean;
  isMe: boolean;
}

/** POST /api/duty/changes (leader, administrator) — 调班. POST /api/duty/changes/:id/cancel. */
export const changeDutyRequest = z.object({ duty: dutyKind, from: instant, to: instant, personId: idField, reason: because }).strict();
export type ChangeDutyRequest = z.infer<typeof changeDutyRequest>;

/** POST /api/duty/swaps — 换班: my shift that begins at `from`; `backFrom`: the other's shift that I take in return. Answers { swapId }. */
export const askSwapRequest = z
  .object({ duty: dutyKind, from: instant, askedOf: idField, backFrom: instant.nullable().default(null), reason: because })
  .strict();
export type AskSwapRequest = z.input<typeof askSwapRequest>;
/** POST /api/duty/swaps/:id/agree · /decline (who was asked) · /withdraw (who asked). 409 swap-settled, shift-begun, not-your-shift, on-duty-then. */
export const answerSwapRequest = z.object({ answer: z.string().trim().min(1).max(500).nullable().default(null) }).strict();
export type AnswerSwapRequest = z.input<typeof answerSwapRequest>;

/** GET /api/duty/swaps: mine; a leader and an administrator see all. */
export interface SwapView {
  id: string;
  duty: DutyName;
  askedBy: { id: string; name: string };
  askedOf: { id: string; name: string };
  from: string;
  to: string;
  back: { from: string; to: string } | null;
  reason: string;
  state: 'asked' | 'agreed' | 'declined' | 'withdrawn';
  askedAt: string;
  answeredAt: string | null;
  answer: string | null;
  /** What I may do with it now. */
  may: ('agree' | 'decline' | 'withdraw')[];
}

/** What is open between two shifts. */
export interface HandoverContent {
  alerts: { id: string; title: string; severity: Severity; raisedAt: string; state: string }[];
  cases: { id: string; caseNo: string; title: string; severity: Severity; state: string; nextDueAt: string | null }[];
  overdue: { caseId: string | null; name: string; no: string; dueAt: string }[];
  tasks: { id: string; departmentName: string; caseTitle: string; assignedAt: string }[];
  sources: { id: string; name: string; said: string }[];
  escalations: { title: string; link: string; bornAt: string; acknowledgedBy: string | null }[];
}

/** GET /api/duty/handover: what would be handed over now. POST /api/duty/handovers { note } signs it as the giver, POST …/:id/take { remark } as the taker. */
export const giveHandoverRequest = z.object({ note: z.string().trim().max(4_000).default('') }).strict();
export type GiveHandoverRequest = z.input<typeof giveHandoverRequest>;
export const takeHandoverRequest = z.object({ remark: z.string().trim().max(2_000).nullable().default(null) }).strict();
export type TakeHandoverRequest = z.input<typeof takeHandoverRequest>;

/** GET /api/duty/handovers: newest first. */
export interface HandoverView {
  id: string;
  content: HandoverContent;
  note: string;
  givenBy: { id: string; name: string };
  givenAt: string;
  takenBy: { id: string; name: string } | null;
  takenAt: string | null;
  remark: string | null;
}

/** GET /api/duty/feed · POST makes a new address (the old one ends), DELETE ends it. The address is shown once. */
export interface DutyFeed {
  madeAt: string | null;
  url: string | null;
}
