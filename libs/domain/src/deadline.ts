import type { WorkCalendar } from './calendar.js';
import { dueAt, stepsOf, type DeadlineStep, type Pause } from './deadline-timing.js';
import { validMs } from './local-time.js';
import { BadInput } from './refusals.js';
import type { RuleTrigger, StartFact } from './rule-words.js';
import { rulesInForce, type DeadlineRule } from './rules.js';
import type { SeverityLevel } from './severity-level.js';
import { idBeside } from './stable-id.js';

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
export type StampedRule = Omit<DeadlineRule, 'trigger' | 'severities' | 'matters' | 'adopted' | 'effectiveFrom' | 'effectiveUntil'>;

/** A later end that was asked for in time and approved (延期). */
export interface Extension {
  /** In the rule's unit. */
  amount: number;
  reason: string;
  approvedBy: string;
  approvedAt: Date;
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
  /** In order; at most the last one lasts still. */
  pauses: Pause[];
  extensions: Extension[];
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
  /** What sort of matter it is, e.g. 咨询; rules for other sorts do not apply. */
  matter?: string;
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
    .filter((rule) => applies(rule, request))
    .map((rule) => stampOne(rule, request))
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.rule.id < b.rule.id ? -1 : 1));
}

/** When the first of these ends that still runs; what only reminds does not hasten a case. null: none does. */
export function soonestDue(clocks: readonly Deadline[]): Date | null {
  const running = clocks.filter(({ metAt, cancelledAt, rule }) => metAt === null && cancelledAt === null && rule.milestone !== 'reminder');
  return running.length === 0 ? null : new Date(Math.min(...running.map(({ dueAt }) => dueAt.getTime())));
}

/** Stops a clock that is no longer owed. A met clock is left as it is. */
export function cancelDeadline(deadline: Deadline, at: Date, reason: string): Deadline {
  if (deadline.metAt !== null || deadline.cancelledAt !== null) return deadline;
  return { ...deadline, cancelledAt: at, cancelledReason: reason };
}

/** The same for the same subject, rule and round, so that a second delivery stamps nothing twice. */
export function deadlineId(subject: DeadlineSubject, ruleId: string, round = 0): string {
  return idBeside(subject.id, 'deadline', subject.kind, subject.id, ruleId, round);
}

function applies(rule: DeadlineRule, { trigger, severity, matter }: StampRequest): boolean {
  if (!rule.adopted || rule.trigger !== trigger || !rule.severities.includes(severity)) return false;
  return rule.matters.length === 0 || (matter !== undefined && rule.matters.includes(matter));
}

function stampOne(rule: DeadlineRule, request: StampRequest): Deadline {
  const start = startOf(rule, request.facts);
  const due = dueAt(rule, start.at, request.calendar);
  return {
    id: deadlineId(request.subject, rule.id, request.round),
    subject: request.subject,
    rule: stampedRule(rule),
    start,
    ...due,
    lengthSeconds: lengthSeconds(start.at, due.dueAt),
    steps: stepsOf(rule, start.at, due.dueAt, request.calendar),
    pauses: [],
    extensions: [],
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

/** The part of a rule a clock keeps. */
export function stampedRule(rule: DeadlineRule): StampedRule {
  const { trigger: _t, severities: _s, matters: _m, adopted: _a, effectiveFrom: _f, effectiveUntil: _u, ...stamped } = rule;
  return stamped;
}

export function lengthSeconds(start: Date, due: Date): number {
  return Math.round((due.getTime() - start.getTime()) / 1000);
}
