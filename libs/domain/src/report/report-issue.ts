import { told, type Conflict } from '../conflict.js';
import { Refusal } from '../refusals.js';

/** 起草 · 送审 · 已签发 · 已更正（被新版本取代）· 已撤回 */
export type ReportState = 'draft' | 'submitted' | 'approved' | 'corrected' | 'withdrawn';
/** `correct` opens a new version; the old one stands as `corrected` once that is approved. */
export type ReportAction = 'edit' | 'recount' | 'submit' | 'return' | 'approve' | 'correct' | 'withdraw';

export const REPORT_STATE_WORDS: Record<ReportState, string> = {
  draft: '起草',
  submitted: '送审',
  approved: '已签发',
  corrected: '已更正',
  withdrawn: '已撤回',
};

export const REPORT_ACTION_WORDS: Record<ReportAction, string> = {
  edit: '编辑',
  recount: '重新取数',
  submit: '送审',
  return: '退回修改',
  approve: '签发',
  correct: '更正',
  withdraw: '撤回',
};

/** What may be done with an issue of a report in each state. What is approved is frozen: it is corrected by a new version or withdrawn. */
export const REPORT_STEPS: Record<ReportState, Partial<Record<ReportAction, ReportState>>> = {
  draft: { edit: 'draft', recount: 'draft', submit: 'submitted', withdraw: 'withdrawn' },
  submitted: { return: 'draft', approve: 'approved' },
  approved: { correct: 'approved', withdraw: 'withdrawn' },
  corrected: {},
  withdrawn: {},
};

/** Why an action is refused in a state, or null where it is lawful. */
export function reportRefusal(state: ReportState, action: ReportAction, conflict?: Conflict): Refusal | null {
  if (REPORT_STEPS[state][action] !== undefined) return null;
  const said = told(`该期报告处于“${REPORT_STATE_WORDS[state]}”，不能${REPORT_ACTION_WORDS[action]}`, conflict);
  return new Refusal(`report-${state}`, `report is ${state}: cannot ${action}`, said, conflict);
}

/** @throws Refusal report-draft, report-submitted, report-approved, report-corrected, report-withdrawn */
export function stepReport(state: ReportState, action: ReportAction, conflict?: Conflict): ReportState {
  const refusal = reportRefusal(state, action, conflict);
  if (refusal) throw refusal;
  return REPORT_STEPS[state][action]!;
}
