import { z } from 'zod';
import { evidenceRequest, type ActionView } from './cases.js';
import { dayField, instantField } from './fields.js';

const words = (most: number) => z.string().trim().min(2).max(most);

/** 未安排 · 已安排 · 已召开 · 经批准不举行 */
export type ConferenceState = 'none' | 'planned' | 'held' | 'waived';

/** GET /api/cases/:id/casework: what is done on a case beside its tasks and statements. */
export interface CaseworkView {
  conference: {
    state: ConferenceState;
    plannedFor: string | null;
    place: string | null;
    spokesperson: string | null;
    record: string | null;
    reason: string | null;
    changedBy: string | null;
    changedAt: string | null;
    actions: ActionView[];
  };
  investigation: InvestigationView;
  /** Claims found to be false, the newest first. */
  rumours: RumourView[];
  /** `find`: whether this person may state a claim to be false. */
  rumourActions: ActionView[];
  /** Null where the case owes none and none was begun. */
  analysis: AnalysisView | null;
  commitments: CommitmentView[];
  /** Sentences of replies and published statements that promise something and are in no ledger yet. */
  suggestions: { text: string; departmentId: string | null; dueText: string | null; dueOn: string | null; source: string }[];
}

/** 事故调查 (国务院令第493号): 未登记 · 调查中 · 报告已提交 · 已批复. Instants as they were stated. */
export interface InvestigationView {
  state: 'none' | 'begun' | 'reported' | 'approved';
  /** Who investigates, e.g. 市政府事故调查组. */
  team: string | null;
  departmentId: string | null;
  departmentName: string | null;
  /** Of the accident. Before an investigation is stated: as the case has it, null where nobody has stated it. */
  occurredAt: string | null;
  begunAt: string | null;
  reportedAt: string | null;
  approvedAt: string | null;
  changedBy: string | null;
  changedAt: string | null;
  /** begin, report, approve. */
  actions: ActionView[];
}

/** 不实信息: a claim that somebody verified to be false or incomplete. 待澄清 · 已澄清 · 已撤回认定 */
export interface RumourView {
  id: string;
  state: 'open' | 'clarified' | 'withdrawn';
  claim: string;
  /** Where it was seen. */
  url: string | null;
  /** 核实情况: what is true, and by whom and how it was verified. */
  finding: string;
  departmentId: string | null;
  departmentName: string | null;
  foundAt: string;
  /** 造谣传谣线索已移交公安、网信 (OP-06). */
  isReferred: boolean;
  statedBy: string;
  statedAt: string;
  clarifiedAt: string | null;
  /** Of the clarification; null where a statement or conference answered it, which stands with the proofs. */
  proofUrl: string | null;
  settledBy: string | null;
  settledAt: string | null;
  /** Of the clarification, or why the finding was withdrawn. */
  note: string | null;
  /** clarify, withdraw. */
  actions: ActionView[];
}

export interface AnalysisView {
  nature: string;
  trend: string;
  risks: string;
  proposal: string;
  writtenBy: string | null;
  writtenAt: string | null;
  submittedBy: string | null;
  submittedAt: string | null;
  /** In Chinese: parts without which it cannot be submitted. */
  missing: string[];
}

/** 兑现中 · 已兑现 · 已取消. GET /api/commitments?state=&overdue=true&q= → CommitmentView[], soonest due first · GET /api/commitments.csv */
export interface CommitmentView {
  id: string;
  caseId: string;
  caseNo: string;
  caseTitle: string;
  text: string;
  departmentId: string;
  departmentName: string;
  /** YYYY-MM-DD. */
  dueOn: string | null;
  source: string;
  state: 'open' | 'kept' | 'dropped';
  isOverdue: boolean;
  madeAt: string;
  madeBy: string;
  settledBy: string | null;
  settledAt: string | null;
  note: string | null;
  proofUrl: string | null;
  actions: ActionView[];
}

/** POST /api/cases/:id/conference/plan. 409 conference-held. */
export const planConferenceRequest = z.object({ plannedFor: instantField, place: words(200), spokesperson: words(200) }).strict();
export type PlanConferenceRequest = z.infer<typeof planConferenceRequest>;

/** POST /api/cases/:id/conference/hold: with its record and proof; meets OP-02. */
export const holdConferenceRequest = evidenceRequest
  .omit({ kind: true, note: true })
  .extend({ record: z.string().trim().min(10).max(20_000) });
export type HoldConferenceRequest = z.input<typeof holdConferenceRequest>;

/** POST /api/cases/:id/conference/waive (supervisor): with grounds; cancels OP-02. */
export const waiveConferenceRequest = z
  .object({ reason: z.string().trim().min(10, 'must state the grounds in at least 10 characters').max(2000) })
  .strict();
export type WaiveConferenceRequest = z.infer<typeof waiveConferenceRequest>;

/** A paper of an investigation, by address or file, and the instant it stands for: its beginning, the report's receipt, the decision. */
const investigationPaper = evidenceRequest.omit({ kind: true });

/**
 * POST /api/cases/:id/investigation/begin: starts the clock of the report (OP-12a), from the accident. `departmentId` answers for it; without
 * one the case's lead. `occurredAt` may be left out where the case has it. 409 investigation-begun, case-closed.
 */
export const beginInvestigationRequest = investigationPaper.extend({
  team: words(200),
  departmentId: z.string().min(1).nullable().default(null),
  occurredAt: instantField.nullable().default(null),
});
export type BeginInvestigationRequest = z.input<typeof beginInvestigationRequest>;

/**
 * POST /api/cases/:id/investigation/report: meets OP-12a and starts the clock of the decision (OP-12b, at level I OP-12c), from the receipt.
 * POST /api/cases/:id/investigation/approve: meets that. 409 investigation-not-begun, investigation-not-reported, investigation-reported,
 * investigation-approved, case-closed.
 */
export const investigationRequest = investigationPaper;
export type InvestigationRequest = z.input<typeof investigationRequest>;

/**
 * POST /api/cases/:id/rumours → { rumourId }: starts the clock of clarifying it (OP-05) at `foundAt`, without one now. `departmentId` answers for it;
 * without one the case's lead. 409 case-closed.
 */
export const rumourRequest = z
  .object({
    claim: words(2000),
    url: z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null),
    finding: words(4000),
    departmentId: z.string().min(1).nullable().default(null),
    foundAt: instantField.nullable().default(null),
    isReferred: z.boolean().default(false),
  })
  .strict();
export type RumourRequest = z.input<typeof rumourRequest>;

/** POST /api/rumours/:id/clarify: by what was published, an address or a file. 409 rumour-clarified, rumour-withdrawn. */
export const clarifyRequest = evidenceRequest.omit({ kind: true });
export type ClarifyRequest = z.input<typeof clarifyRequest>;

const part = z.string().trim().max(8000).default('');
/** POST /api/cases/:id/analysis: saved as it is; with `submit` it must be whole and meets OP-14. 400 names each part that is missing. */
export const analysisRequest = z
  .object({ nature: part, trend: part, risks: part, proposal: part, submit: z.boolean().default(false) })
  .strict();
export type AnalysisRequest = z.input<typeof analysisRequest>;

/** POST /api/cases/:id/commitments → { commitmentId } */
export const commitmentRequest = z
  .object({
    text: words(2000),
    departmentId: z.string().min(1),
    dueOn: dayField.nullable().default(null),
    source: z.string().trim().max(200).default('人工登记'),
  })
  .strict();
export type CommitmentRequest = z.input<typeof commitmentRequest>;

/** POST /api/commitments/:id/keep: kept by proof only, an address or a file. 409 already-kept. */
export const keepCommitmentRequest = evidenceRequest.omit({ kind: true });
export type KeepCommitmentRequest = z.input<typeof keepCommitmentRequest>;
