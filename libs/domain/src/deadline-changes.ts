import type { WorkCalendar } from './calendar.js';
import { lengthSeconds, stampedRule, type Deadline } from './deadline.js';
import { isOpen, isPaused } from './deadline-state.js';
import { dueAt, stepsOf, type DeadlineStep, type Pause, type Timing } from './deadline-timing.js';
import { localTimeText } from './local-time.js';
import { BadInput, Refusal, type Fault } from './refusals.js';
import { lengthText, type DeadlineRule } from './rules.js';

/** Who lets a clock stand or run longer, and why; both are kept in its ledger. */
export interface Approval {
  reason: string;
  approvedBy: string;
}

/** The clock's rule with the length that its extensions allow. */
export function timingOf({ rule, extensions }: Pick<Deadline, 'rule' | 'extensions'>): Timing {
  return { ...rule, length: extensions.reduce((length, { amount }) => length + amount, rule.length) };
}

/**
 * The clock as another calendar would have it: what a newly published notice moves. Met and cancelled clocks never move;
 * a step that has fired stays fired. Gives the same object where nothing changes.
 */
export function withCalendar(deadline: Deadline, calendar: WorkCalendar): Deadline {
  if (!isOpen(deadline)) return deadline;
  const next = restamped(deadline, calendar);
  return next.dueAt.getTime() === deadline.dueAt.getTime() && next.provisional === deadline.provisional ? deadline : next;
}

/**
 * An open clock under a changed rule: its start fact stays, its length, warnings and text become the new rule's. Met and
 * cancelled clocks never move, nor does one already stamped by this version. Gives the same object where nothing changes.
 */
export function withRule(deadline: Deadline, rule: DeadlineRule, calendar: WorkCalendar): Deadline {
  const same = deadline.rule.version === rule.version && deadline.rule.jurisdiction === rule.jurisdiction;
  if (!isOpen(deadline) || deadline.rule.id !== rule.id || same) return deadline;
  return restamped({ ...deadline, rule: stampedRule(rule) }, calendar);
}

/**
 * Lets a clock stand (暂停计时), only on a ground its rule names, with reason and approver.
 * @throws BadInput without reason or approver
 * @throws Refusal clock-not-running, clock-already-paused, clock-not-pausable
 */
export function pauseDeadline(deadline: Deadline, at: Date, ground: string, approval: Approval): Deadline {
  assertApproved(approval);
  assertRunning(deadline, at, '暂停');
  if (isPaused(deadline)) throw new Refusal('clock-already-paused', `clock ${deadline.id} is paused`, '该时限已在暂停中');
  const { pausableFor, name, id } = deadline.rule;
  if (!pausableFor.includes(ground)) {
    const allowed = pausableFor.length === 0 ? '其规则不允许暂停' : `只可因${pausableFor.join('、')}暂停`;
    throw new Refusal('clock-not-pausable', `rule ${id} allows no pause for ${ground}`, `${name}不能因此暂停：${allowed}`);
  }
  return { ...deadline, pauses: [...deadline.pauses, { from: at, to: null, ground, ...trimmed(approval) }] };
}

/**
 * Lets a paused clock run on; what it stood does not count.
 * @throws Refusal clock-not-paused
 */
export function resumeDeadline(deadline: Deadline, at: Date, calendar: WorkCalendar): Deadline {
  const last = deadline.pauses.at(-1);
  if (!isOpen(deadline) || !last || last.to !== null) {
    throw new Refusal('clock-not-paused', `clock ${deadline.id} is not paused`, '该时限没有在暂停');
  }
  const ended: Pause = { ...last, to: at < last.from ? last.from : at };
  return restamped({ ...deadline, pauses: [...deadline.pauses.slice(0, -1), ended] }, calendar);
}

/**
 * Gives a clock a later end (延期): asked before it runs out, within what its rule allows in all, with reason and approver.
 * @param amount in the rule's unit
 * @param askedAt when it was asked for; an approval may come later
 * @throws BadInput for an amount that is none, or without reason or approver
 * @throws Refusal clock-not-running, clock-not-extendable, extensions-used-up, extension-too-long
 */
export function extendDeadline(
  deadline: Deadline,
  amount: number,
  { askedAt, approvedAt, ...approval }: Approval & { askedAt: Date; approvedAt: Date },
  calendar: WorkCalendar,
): Deadline {
  assertApproved(approval);
  assertExtendable(deadline, amount, askedAt);
  return restamped({ ...deadline, extensions: [...deadline.extensions, { amount, approvedAt, ...trimmed(approval) }] }, calendar);
}

/**
 * Whether a clock may be asked to end later by so much (延期申请): whoever asks hears of it before anybody decides.
 * @throws BadInput for an amount that is none
 * @throws Refusal clock-not-running, clock-not-extendable, extensions-used-up, extension-too-long
 */
export function assertExtendable(deadline: Deadline, amount: number, askedAt: Date): void {
  if (!(amount > 0) || (deadline.rule.unit !== 'hours' && !Number.isInteger(amount))) {
    const rule = deadline.rule.unit === 'hours' ? 'must be more than 0 hours' : 'must be a whole number of days above 0';
    throw new BadInput([{ field: 'amount', rule, got: amount, message: '延长的时间应为正数，按日计的须为整日' }]);
  }
  assertRunning(deadline, askedAt, '延期');
  assertWithinLimit(deadline, amount);
}

function assertWithinLimit({ rule, extensions }: Deadline, amount: number): void {
  const limit = rule.extension;
  if (limit === null) throw new Refusal('clock-not-extendable', `rule ${rule.id} allows no extension`, `${rule.name}的规则不允许延期`);
  if (extensions.length >= limit.times) {
    throw new Refusal(
      'extensions-used-up',
      `rule ${rule.id} allows ${limit.times} extensions`,
      `${rule.name}最多延期 ${limit.times} 次，已用完`,
    );
  }
  const all = extensions.reduce((sum, one) => sum + one.amount, amount);
  if (all > limit.most) {
    const most = lengthText({ length: limit.most, unit: rule.unit });
    throw new Refusal('extension-too-long', `rule ${rule.id} allows ${limit.most} in all, got ${all}`, `${rule.name}合计最多延长${most}`);
  }
}

function assertRunning(deadline: Deadline, at: Date, act: string): void {
  if (!isOpen(deadline)) throw new Refusal('clock-not-running', `clock ${deadline.id} is over`, `该时限已结束，不能${act}`);
  if (!isPaused(deadline) && at >= deadline.dueAt) {
    const due = localTimeText(deadline.dueAt);
    throw new Refusal(
      'clock-not-running',
      `clock ${deadline.id} ran out at ${deadline.dueAt.toISOString()}`,
      `${act}须在到期（${due}）之前提出`,
    );
  }
}

function assertApproved({ reason, approvedBy }: Approval): void {
  const faults: Fault[] = [];
  if (reason.trim() === '') faults.push({ field: 'reason', rule: 'must not be empty', message: '请写明理由' });
  if (approvedBy.trim() === '') faults.push({ field: 'approvedBy', rule: 'must not be empty', message: '请写明批准人' });
  if (faults.length > 0) throw new BadInput(faults);
}

function trimmed({ reason, approvedBy }: Approval): Approval {
  return { reason: reason.trim(), approvedBy: approvedBy.trim() };
}

/**
 * What of a stored clock is not as its facts have it, in Chinese; empty = all is right. The auditor's question.
 * Met and cancelled clocks are never asked.
 */
export function clockFaults(deadline: Deadline, calendar: WorkCalendar): string[] {
  if (!isOpen(deadline)) return [];
  const right = restamped(deadline, calendar);
  const faults: string[] = [];
  if (right.dueAt.getTime() !== deadline.dueAt.getTime()) {
    faults.push(`到期应为 ${localTimeText(right.dueAt)}，记为 ${localTimeText(deadline.dueAt)}`);
  } else if (right.provisional !== deadline.provisional) faults.push(right.provisional ? '应标为暂定' : '不应再标为暂定');
  const known = new Map(deadline.steps.map((step) => [step.percent, step]));
  for (const step of right.steps) {
    const kept = known.get(step.percent);
    if (!kept || (kept.firedAt === null && kept.at.getTime() !== step.at.getTime())) {
      faults.push(
        `${step.kind === 'breach' ? '到期' : `${step.percent}%`}一步应在 ${localTimeText(step.at)}，${kept ? `记为 ${localTimeText(kept.at)}` : '没有记下'}`,
      );
    }
  }
  return faults;
}

/**
 * The clock computed anew from its start fact, rule, pauses and extensions; steps that have fired stay fired. A warning of a time up to
 * which it has warned already is not owed: where the end moved, the same "one working day left" would come twice. An end that was told as
 * run out and has moved to a later one (延期 approved after it) runs out anew, and that is told too.
 */
export function restamped(deadline: Deadline, calendar: WorkCalendar): Deadline {
  const { start, pauses } = deadline;
  const timing = { ...deadline.rule, ...timingOf(deadline) };
  const due = dueAt(timing, start.at, calendar, pauses);
  const fired = deadline.steps.filter((step) => step.firedAt !== null);
  const steps = stepsOf(timing, start.at, due.dueAt, calendar, pauses).map((step) => (step.kind === 'breach' ? anew(step, fired) : step));
  return {
    ...deadline,
    ...due,
    lengthSeconds: lengthSeconds(start.at, due.dueAt),
    steps: [
      ...fired,
      ...steps.filter(
        (step) => !fired.some((old) => old.percent === step.percent) && (step.percent >= 100 || !fired.some((old) => step.at <= old.at)),
      ),
    ],
  };
}

/** The breach of an end later than the one that was told has the next percent: 101, 102 … */
function anew(breach: DeadlineStep, fired: readonly DeadlineStep[]): DeadlineStep {
  const told = fired.filter(({ kind }) => kind === 'breach');
  const isLater = told.length > 0 && told.every(({ at }) => at < breach.at);
  return isLater ? { ...breach, percent: Math.max(...told.map(({ percent }) => percent)) + 1 } : breach;
}
