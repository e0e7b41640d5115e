import type { Deadline } from './deadline.js';
import type { DeadlineStep } from './deadline-timing.js';
import { spanText } from './local-time.js';

export type DeadlineState = 'running' | 'paused' | 'met' | 'met-late' | 'overdue' | 'cancelled';

/** The console's one scale of time left; null for a cancelled clock. */
export type TimeBand = 'met' | 'ample' | 'half' | 'fifth' | 'overdue' | 'provisional';

/** What must fire next on a clock. */
export interface NextStep {
  step: DeadlineStep;
  /** Its time has come. */
  isDue: boolean;
  /** It comes more than a minute after its time, e.g. after an outage. */
  late: boolean;
  /** In Chinese, for the notice. */
  reason: string;
}

const LATE_AFTER_MS = 60_000;

/** True for a clock of the house that only reminds (持续发布: 国办发〔2016〕61号 names no length). No law is broken when it runs out. */
export function isReminder(deadline: Pick<Deadline, 'rule'>): boolean {
  return deadline.rule.milestone === 'reminder';
}

/** True for a time within which something may be done (退单): its end is no breach. */
function isWindow(deadline: Pick<Deadline, 'rule'>): boolean {
  return deadline.rule.milestone === 'window';
}

/** Neither met nor cancelled: only such a clock may be moved, paused or extended. */
export function isOpen(deadline: Pick<Deadline, 'metAt' | 'cancelledAt'>): boolean {
  return deadline.metAt === null && deadline.cancelledAt === null;
}

/** Stands at the moment (暂停计时): it fires nothing and does not become overdue until it runs on. */
export function isPaused(deadline: Pick<Deadline, 'metAt' | 'cancelledAt' | 'pauses'>): boolean {
  return isOpen(deadline) && deadline.pauses.at(-1)?.to === null;
}

/**
 * Where a clock stands. At the due instant itself an unmet clock is overdue, and evidence of that instant is in time.
 * A reminder is never overdue and never met late: it runs until it is met or cancelled.
 */
export function stateOf(deadline: Deadline, now: Date): DeadlineState {
  if (deadline.cancelledAt !== null) return 'cancelled';
  if (isReminder(deadline)) return deadline.metAt === null ? 'running' : 'met';
  if (deadline.metAt !== null) return deadline.metAt <= deadline.dueAt ? 'met' : 'met-late';
  if (isPaused(deadline)) return 'paused';
  return now >= deadline.dueAt && !isWindow(deadline) ? 'overdue' : 'running';
}

/**
 * The colour band of a clock: half when at most 50 % of the length is left, fifth at most 20 %.
 * A provisional clock shows as such until a fifth is left: then haste matters more than doubt.
 */
export function timeBand(deadline: Deadline, now: Date): TimeBand | null {
  const state = stateOf(deadline, now);
  if (state === 'cancelled') return null;
  if (state === 'met' || state === 'met-late') return 'met';
  if (state === 'overdue') return 'overdue';
  const left = (deadline.dueAt.getTime() - now.getTime()) / (deadline.dueAt.getTime() - deadline.start.at.getTime());
  if (left <= 0.2) return 'fifth';
  if (deadline.provisional) return 'provisional';
  return left <= 0.5 ? 'half' : 'ample';
}

/**
 * The earliest step that has not fired, or null where none is owed any more. Steps come in order, so that after an outage
 * each missed one fires, once, marked late. A clock met late still owes its breach; one met in time owes nothing.
 */
export function nextStep(deadline: Deadline, now: Date): NextStep | null {
  const state = stateOf(deadline, now);
  if (state === 'cancelled' || state === 'met' || state === 'paused') return null;
  const step = deadline.steps.find((one) => one.firedAt === null && (state !== 'met-late' || one.kind === 'breach'));
  if (!step) return null;
  const isDue = now >= step.at;
  return { step, isDue, late: isDue && now.getTime() - step.at.getTime() > LATE_AFTER_MS, reason: stepReason(deadline, step, now) };
}

/** The clock with a step marked fired; firing it again changes nothing. */
export function fireStep(deadline: Deadline, percent: number, at: Date): Deadline {
  return {
    ...deadline,
    steps: deadline.steps.map((step) => (step.percent === percent && step.firedAt === null ? { ...step, firedAt: at } : step)),
  };
}

function stepReason(deadline: Deadline, step: DeadlineStep, now: Date): string {
  const { name } = deadline.rule;
  const left = deadline.dueAt.getTime() - now.getTime();
  if (isReminder(deadline)) return `距上次发布已 ${spanText(now.getTime() - deadline.start.at.getTime())}，请续报工作进展`;
  if (isWindow(deadline) && step.percent === 100) return `${name}的期限已过`;
  if (step.kind === 'breach') return left > 0 ? `${name}剩 ${spanText(left)}到期` : `${name}已逾期 ${spanText(left)}`;
  return left > 0 ? `${name}时限已过 ${step.percent}%，剩 ${spanText(left)}` : `${name}已过时限，此前 ${step.percent}% 预警未能按时发出`;
}
