import type { WorkCalendar } from './calendar.js';
import { HOUR_MS, instantAt, localDateOf, validMs, type LocalDate } from './local-time.js';
import { BadInput } from './refusals.js';
import { rulesInForce, type DeadlineRule, type RuleTrigger, type StartFact, type WarnPoint } from './rules.js';
import type { SeverityLevel } from './severity-level.js';
import { stableId } from './stable-id.js';

/** A fact that may start a clock, and who stated it. */
export interface StatedFact {
  fact: StartFact;
  at: Date;
  statedBy: string;
}

export interface DeadlineSubject {
  kind: 'case' | 'task' | 'document' | 'order';
  id: string;
}

/** The part of a rule a deadline keeps for ever: later edits of the rule do not reach it. */
export type StampedRule = Omit<DeadlineRule, 'trigger' | 'severities' | 'effectiveFrom' | 'effectiveUntil'>;

export interface DeadlineStep {
  kind: 'warn' | 'breach';
  /** Share of the length that has passed; 100 for the breach and for a reminder. One deadline never has two steps of one percent. */
  percent: number;
  at: Date;
  firedAt: Date | null;
}

/** One legal clock (时限), stamped when it was born. */
export interface Deadline {
  id: string;
  subject: DeadlineSubject;
  rule: StampedRule;
  start: StatedFact;
  /** Evidence of this very instant is still in time; without any the clock is overdue from this instant on. */
  dueAt: Date;
  lengthSeconds: number;
  steps: DeadlineStep[];
  /** True where a year's notice that the due instant rests on is not published. */
  provisional: boolean;
  metAt: Date | null;
  metByEvidenceId: string | null;
  cancelledAt: Date | null;
  cancelledReason: string | null;
}

export interface StampRequest {
  trigger: RuleTrigger;
  subject: DeadlineSubject;
  severity: SeverityLevel;
  facts: readonly StatedFact[];
  /** All rules known; those in force at the latest of the facts are used. */
  rules: readonly DeadlineRule[];
  calendar: WorkCalendar;
  /** Grows when the same rule is owed anew by one subject (持续发布, a level that came back); part of the id. */
  round?: number;
}

/**
 * The facts a case starts with. Detection is what the system saw; occurrence is what an officer states, or null.
 * OP-01 names no start: the default is the earlier of occurrence and detection (domain rule [D], 国办发〔2016〕80号).
 * @throws BadInput when the stated occurrence lies after the confirmation
 */
export function caseFacts(known: { occurredAt: Date | null; detectedAt: Date; confirmedAt: Date; statedBy: string }): StatedFact[] {
  const facts: StatedFact[] = [
    { fact: 'detected', at: known.detectedAt, statedBy: '系统' },
    { fact: 'confirmed', at: known.confirmedAt, statedBy: known.statedBy },
  ];
  if (known.occurredAt !== null && known.occurredAt > known.confirmedAt) {
    const message = '发生时间不能晚于现在';
    throw new BadInput([{ field: 'occurredAt', rule: 'must not be in the future', got: known.occurredAt.toISOString(), message }]);
  }
  if (known.occurredAt !== null) facts.push({ fact: 'occurred', at: known.occurredAt, statedBy: known.statedBy });
  return facts;
}

/**
 * Every clock a trigger starts for a subject, each stamped with its rule, start and due instant, soonest first.
 * @throws BadInput when a rule names only start facts that were not given
 */
export function stampDeadlines(request: StampRequest): Deadline[] {
  const latest = request.facts.reduce((max, { at }) => Math.max(max, validMs(at)), -Infinity);
  if (latest === -Infinity) throw new BadInput([{ field: 'facts', rule: 'must hold at least one fact', message: '缺少起算事实' }]);
  return rulesInForce(request.rules, new Date(latest))
    .filter((rule) => rule.trigger === request.trigger && rule.severities.includes(request.severity))
    .map((rule) => stampOne(rule, request))
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.rule.id < b.rule.id ? -1 : 1));
}

/**
 * When a rule's time runs out. Hours run through nights, weekends and holidays (民法典第201条②); working days skip the first
 * day and days off and end at the rule's cutoff (第201条①, 第203条). 24:00 is the day's last millisecond, so that the
 * instant still lies on the working day it belongs to.
 * @throws RangeError when start is not a valid instant
 */
export function dueAt(
  rule: Pick<DeadlineRule, 'length' | 'unit' | 'cutoff'>,
  start: Date,
  calendar: WorkCalendar,
): { dueAt: Date; provisional: boolean } {
  if (rule.unit === 'hours') return { dueAt: new Date(validMs(start) + Math.round(rule.length * HOUR_MS)), provisional: false };
  const last = calendar.addWorkingDays(localDateOf(start), rule.length);
  return { dueAt: endOfDay(last.date, rule.cutoff), provisional: last.provisional };
}

/** Stops a clock that is no longer owed. A met clock is left as it is. */
export function cancelDeadline(deadline: Deadline, at: Date, reason: string): Deadline {
  if (deadline.metAt !== null || deadline.cancelledAt !== null) return deadline;
  return { ...deadline, cancelledAt: at, cancelledReason: reason };
}

/**
 * The clock as another calendar would have it: what a newly published notice moves. Met and cancelled clocks never move;
 * a step that has fired stays fired. Gives the same object where nothing changes.
 */
export function withCalendar(deadline: Deadline, calendar: WorkCalendar): Deadline {
  if (deadline.metAt !== null || deadline.cancelledAt !== null) return deadline;
  const next = dueAt(deadline.rule, deadline.start.at, calendar);
  if (next.dueAt.getTime() === deadline.dueAt.getTime() && next.provisional === deadline.provisional) return deadline;
  const steps = stepsOf(deadline.rule, deadline.start.at, next.dueAt, calendar);
  const fired = deadline.steps.filter((step) => step.firedAt !== null);
  return {
    ...deadline,
    ...next,
    lengthSeconds: lengthSeconds(deadline.start.at, next.dueAt),
    steps: [...fired, ...steps.filter((step) => !fired.some((old) => old.percent === step.percent))],
  };
}

/** The same for the same subject, rule and round, so that a second delivery stamps nothing twice. */
export function deadlineId(subject: DeadlineSubject, ruleId: string, round = 0): string {
  return stableId('deadline', subject.kind, subject.id, ruleId, round);
}

function stampOne(rule: DeadlineRule, request: StampRequest): Deadline {
  const start = startOf(rule, request.facts);
  const due = dueAt(rule, start.at, request.calendar);
  const { trigger: _trigger, severities: _severities, effectiveFrom: _from, effectiveUntil: _until, ...stamped } = rule;
  return {
    id: deadlineId(request.subject, rule.id, request.round),
    subject: request.subject,
    rule: stamped,
    start,
    ...due,
    lengthSeconds: lengthSeconds(start.at, due.dueAt),
    steps: stepsOf(rule, start.at, due.dueAt, request.calendar),
    metAt: null,
    metByEvidenceId: null,
    cancelledAt: null,
    cancelledReason: null,
  };
}

function startOf(rule: DeadlineRule, facts: readonly StatedFact[]): StatedFact {
  const known = facts.filter(({ fact }) => rule.startsFrom.includes(fact));
  if (known.length === 0) {
    throw new BadInput([
      {
        field: 'facts',
        rule: `must hold one of ${rule.startsFrom.join(', ')} for rule ${rule.id}`,
        message: `缺少 ${rule.id}（${rule.name}）的起算事实`,
      },
    ]);
  }
  return known.reduce((earliest, fact) => (fact.at < earliest.at ? fact : earliest));
}

function stepsOf(
  rule: Pick<DeadlineRule, 'warnAt' | 'length' | 'milestone'>,
  start: Date,
  due: Date,
  calendar: WorkCalendar,
): DeadlineStep[] {
  const steps = new Map<number, DeadlineStep>();
  for (const point of rule.warnAt) {
    if ('workingDaysLeft' in point && point.workingDaysLeft >= rule.length) continue; // no day has passed yet
    const at = warnInstant(point, start, due, calendar);
    const percent = 'percent' in point ? point.percent : shareOf(start, at, due);
    if (at > start && at < due && percent < 100) steps.set(percent, { kind: 'warn', percent, at, firedAt: null });
  }
  // A reminder breaks no rule when its time is over: its last step reminds, too.
  const last = rule.milestone === 'reminder' ? 'warn' : 'breach';
  steps.set(100, { kind: last, percent: 100, at: due, firedAt: null });
  return [...steps.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
}

function warnInstant(point: WarnPoint, start: Date, due: Date, calendar: WorkCalendar): Date {
  if ('percent' in point) return new Date(start.getTime() + Math.round(((due.getTime() - start.getTime()) * point.percent) / 100));
  let date: LocalDate = localDateOf(due);
  for (let left = point.workingDaysLeft; left > 0; left--) date = calendar.workdayBefore(date);
  return instantAt(date, point.at);
}

/** Whole percent, cut off, so that it never reads 100 before the due instant. */
function shareOf(start: Date, at: Date, due: Date): number {
  return Math.floor(((at.getTime() - start.getTime()) / (due.getTime() - start.getTime())) * 100);
}

function endOfDay(date: LocalDate, cutoff: string): Date {
  const end = instantAt(date, cutoff);
  return cutoff === '24:00' ? new Date(end.getTime() - 1) : end;
}

function lengthSeconds(start: Date, due: Date): number {
  return Math.round((due.getTime() - start.getTime()) / 1000);
}
