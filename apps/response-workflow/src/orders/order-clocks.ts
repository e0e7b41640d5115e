import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  extendDeadline,
  isOrderOwed,
  stampDeadlines,
  type Deadline,
  type EvidenceKind,
  type OrderClockTimes,
  type RuleTrigger,
} from '@huiying/domain';
import { Deadlines, EvidenceFiles, type DeadlineRow, type Tx, type WorkOrderRow } from '@huiying/persistence';
import { CityBook, LawKeeper } from '../city/index.js';
import { DeadlineBook, nextStepAt } from '../deadlines/index.js';
import type { OrderChange } from './order-journal.js';

/** The part of a work order that its clocks are stamped from. */
type Clocked = Pick<WorkOrderRow, 'orderNo' | 'opinionId' | 'appealType'>;
interface Start {
  at: Date;
  statedBy: string;
  /** Part of the clocks' ids, so that an order that is dispatched again has new ones. */
  round: number;
}

/** 签收、办结时限 of a work order (HL-04, HL-06), and until when it may be returned (HL-05): stamped with a dispatch, met by the steps, moved by an extension. */
@Injectable()
export class OrderClocks {
  constructor(
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(LawKeeper) private readonly law: LawKeeper,
    @Inject(DeadlineBook) private readonly book: DeadlineBook,
  ) {}

  /** What was entered elsewhere holds from now on; once per change, before any clock is computed. */
  async refresh(tx: Tx): Promise<void> {
    await this.law.refresh(tx);
  }

  /** When what a dispatch starts falls due; null where this city has no such rule. Rules may differ by the sort of appeal (咨询 …). */
  ofDispatch(order: Clocked, at: Date): OrderClockTimes {
    const start = { at, statedBy: '', round: 0 };
    const clocks = [...this.stamp('order-dispatched', order, start), ...this.stamp('order-returnable', order, start)];
    const due = (milestone: string) => clocks.find(({ rule }) => rule.milestone === milestone)?.dueAt ?? null;
    return { signDueAt: due('acknowledgement'), dueAt: due('handling'), returnUntil: due('window') };
  }

  /**
   * The finish clock's later end (延期) without keeping it: refused where no ruling could grant it.
   * @throws Refusal clock-not-extendable, extensions-used-up, extension-too-long, clock-not-running
   */
  async extended(tx: Tx, order: WorkOrderRow, asked: { amount: number; reason: string; by: string; at: Date }, now: Date): Promise<Date> {
    const row = await this.finishClock(tx, order);
    if (row === undefined) return order.dueAt!;
    const approval = { reason: asked.reason, approvedBy: asked.by, askedAt: asked.at, approvedAt: now };
    return extendDeadline(row.deadline, asked.amount, approval, this.city.parts.calendar).dueAt;
  }

  /** The same, kept. */
  async extend(tx: Tx, order: WorkOrderRow, asked: { amount: number; reason: string; by: string; at: Date }, now: Date): Promise<Date> {
    const row = await this.finishClock(tx, order);
    if (row === undefined) return order.dueAt!;
    return (await this.book.extend(tx, row, asked.amount, { reason: asked.reason, approvedBy: asked.by, askedAt: asked.at }, now)).dueAt;
  }

  /** Lets the clocks follow what happened. Those of orders that came in many at once are kept in one go. */
  async follow(tx: Tx, now: Date, changes: readonly (OrderChange & { seq: number })[]): Promise<void> {
    const fresh: { row: WorkOrderRow; clocks: Deadline[] }[] = [];
    for (const change of changes) {
      const { before, after, seq } = change;
      if (before !== null && isSentBack(before, after)) await this.book.reopen(tx, await this.metFinishClocks(tx, before), now);
      else if (before !== null && hasClocks(before)) await this.settle(tx, now, change);
      const start = startOf(before, after);
      if (start === null) continue;
      // The end of the time in which an order may be returned (HL-05) is no breach: it is kept with the order, not as a clock.
      const all = this.stamp('order-dispatched', after, { at: start.at, statedBy: change.doer.name, round: seq });
      const owed = start.onlyFinish ? all.filter(({ rule }) => rule.milestone === 'handling') : all;
      fresh.push({ row: after, clocks: owed.map((clock) => metAtBirth(clock, after)) });
    }
    await new Deadlines(tx).add(fresh.flatMap(({ row, clocks }) => clocks.map((deadline) => clockRow(row, deadline, now))));
  }

  /** Meets, and stops what is not owed any more. */
  private async settle(tx: Tx, now: Date, { before, after, doer, text }: OrderChange): Promise<void> {
    const proof = proofOf(before!, after);
    const ends = endOf(before!, after);
    if (proof === null && ends === null) return;
    let clocks = await new Deadlines(tx).lockOfSubject(after.opinionId);
    if (proof !== null && clocks.length > 0) {
      const met = { id: randomUUID(), kind: proof.kind, publishedAt: proof.at };
      const kept = { caseId: null, of: { kind: 'order' as const, id: after.opinionId }, taskId: null, url: null };
      const rest = {
        note: text.slice(0, 2_000),
        fileName: null,
        sha256: null,
        captureFailure: null,
        registeredAt: now,
        registeredBy: doer.name,
      };
      await new EvidenceFiles(tx).add({ ...met, ...kept, ...rest }, null);
      const done = await this.book.meet(tx, clocks, met, now);
      clocks = clocks.filter(({ deadline }) => !done.some((one) => one.deadline.id === deadline.id));
    }
    if (ends !== null) await this.book.cancel(tx, clocks, ends, now);
  }

  private async finishClock(tx: Tx, order: WorkOrderRow): Promise<DeadlineRow | undefined> {
    const clocks = await new Deadlines(tx).lockOfSubject(order.opinionId);
    return clocks.findLast(
      ({ deadline }) => deadline.rule.milestone === 'handling' && deadline.metAt === null && deadline.cancelledAt === null,
    );
  }

  /** The finish clock that the answer had met. */
  private async metFinishClocks(tx: Tx, { opinionId, repliedAt }: WorkOrderRow): Promise<DeadlineRow[]> {
    const clocks = await new Deadlines(tx).lockOfSubject(opinionId);
    const isMet = ({ deadline }: DeadlineRow) =>
      deadline.rule.milestone === 'handling' && deadline.cancelledAt === null && deadline.metAt?.getTime() === repliedAt?.getTime();
    return clocks.filter(isMet).slice(-1);
  }

  private stamp(trigger: RuleTrigger, { opinionId, appealType }: Clocked, { at, statedBy, round }: Start): Deadline[] {
    const { rules, calendar } = this.city.parts;
    return stampDeadlines({
      trigger,
      subject: { kind: 'order', id: opinionId },
      severity: 'IV',
      ...(appealType === null ? {} : { matter: appealType }),
      facts: [{ fact: 'dispatched', at, statedBy }],
      rules,
      calendar,
      round,
    });
  }
}

function hasClocks({ dispatchedAt, state }: WorkOrderRow): boolean {
  return dispatchedAt !== null && (isOrderOwed(state) || state === 'replied' || state === 'closed' || state === 'archived');
}

/** What starts clocks: a dispatch, or an order that is done again, which owes only to be finished. Pure. */
export function startOf(before: WorkOrderRow | null, after: WorkOrderRow): { at: Date; onlyFinish: boolean } | null {
  if (!isOrderOwed(after.state)) return null;
  const { dispatchedAt } = after;
  if (dispatchedAt !== null && before?.dispatchedAt?.getTime() !== dispatchedAt.getTime()) return { at: dispatchedAt, onlyFinish: false };
  // Clocks of an order that was joined or not worked on here before begin where it comes back to be worked on.
  if (dispatchedAt !== null && before !== null && after.reworks > before.reworks) return { at: after.changedAt, onlyFinish: true };
  return null;
}

/** An answer that did not pass is none: its clock goes on. Pure. */
export function isSentBack(before: WorkOrderRow, after: WorkOrderRow): boolean {
  return before.state === 'replied' && after.state === 'handling' && before.repliedAt !== null && after.reworks === before.reworks;
}

/** What happened that a clock waits for. Pure. */
export function proofOf(before: WorkOrderRow, after: WorkOrderRow): { kind: EvidenceKind; at: Date } | null {
  if (after.repliedAt !== null && before.repliedAt === null) return { kind: 'reply', at: after.repliedAt };
  if (after.signedAt !== null && before.signedAt === null) return { kind: 'acknowledgement', at: after.signedAt };
  return null;
}

/** Why what still runs is not owed any more; null where it is. Pure. */
export function endOf(before: WorkOrderRow, after: WorkOrderRow): string | null {
  if (after.state === 'joined' && before.state !== 'joined') return `已并入主单 ${after.parentNo}`;
  if (after.state === 'refused') return '不予受理';
  if (after.dispatchedAt?.getTime() !== before.dispatchedAt?.getTime()) return '已改派';
  if (after.repliedAt !== null && before.repliedAt === null) return '已答复';
  return null;
}

/** An order that came signed already: its signing clock is met by that. */
function metAtBirth(clock: Deadline, { signedAt }: WorkOrderRow): Deadline {
  if (signedAt === null) return clock;
  return clock.rule.milestone === 'acknowledgement' ? { ...clock, metAt: signedAt } : clock;
}

function clockRow({ orderNo, title, departmentId }: WorkOrderRow, deadline: Deadline, now: Date) {
  return {
    caseId: null,
    shown: { no: orderNo, title, severity: 'IV' as const },
    deadline,
    departmentId: deadline.rule.owner === 'department' ? departmentId : null,
    nextStepAt: nextStepAt(deadline, now),
  };
}
