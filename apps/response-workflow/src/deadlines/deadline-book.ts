import { Inject, Injectable } from '@nestjs/common';
import {
  cancelDeadline,
  extendDeadline,
  meets,
  nextStep,
  pauseDeadline,
  restampDeadlines,
  resumeDeadline,
  stampDeadlines,
  type Approval,
  type Deadline,
  type Evidence,
  type StampRequest,
} from '@huiying/domain';
import { Deadlines, moveDeadlines, type ClockOwner, type DeadlineRow, type NewDeadline, type Queries } from '@huiying/persistence';
import { CityBook, LawKeeper } from '../city/index.js';
import { noteClocksChanged } from '../timeline/index.js';

/** What starts clocks: the domain's request without what the city's book adds. */
export type ClockRequest = Omit<StampRequest, 'rules' | 'calendar'> &
  ClockOwner & {
    /** Who must act, where it is known and the rule leaves it to a department. */
    departmentId: string | null;
  };

/** Stamps, meets and cancels clocks inside the transaction of what makes it happen. The caller has locked the case, order or document. */
@Injectable()
export class DeadlineBook {
  /** Transactions that have looked up the law that holds. */
  private readonly lookedUp = new WeakSet<Queries>();

  constructor(
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(LawKeeper) private readonly law: LawKeeper,
  ) {}

  /**
   * Asks now which law holds, so that the question travels with what else is asked in this turn; what this transaction stamps then asks
   * no more. To be asked after what it waits for: a case's lock, the next number.
   */
  async lookUpLaw(tx: Queries): Promise<void> {
    await this.law.refresh(tx);
    this.lookedUp.add(tx);
  }

  /** The clocks a fact starts, kept with their steps; of them only those that `keep` takes. */
  async stamp(tx: Queries, request: ClockRequest, now: Date, keep: (deadline: Deadline) => boolean = () => true): Promise<Deadline[]> {
    const deadlines = (await this.reckon(tx, request)).filter(keep);
    await this.keepNew(tx, deadlines, request, now);
    return deadlines;
  }

  /** The clocks a fact starts, by the law that holds; nothing is kept. */
  async reckon(tx: Queries, request: ClockRequest): Promise<Deadline[]> {
    if (!this.lookedUp.has(tx)) await this.lookUpLaw(tx);
    const { rules, calendar } = this.city.parts;
    return stampDeadlines({ ...request, rules, calendar });
  }

  /** Keeps the clocks of a case that is new, and was opened with their soonest due instant. */
  async keepOfNewCase(
    tx: Queries,
    deadlines: readonly Deadline[],
    owner: ClockOwner & { departmentId: string | null },
    now: Date,
  ): Promise<void> {
    await new Deadlines(tx).add(rowsOf(deadlines, owner, now));
  }

  /** What a changed severity, or a case that comes back, does to its clocks: the start facts stay, what is owed anew is added. */
  async restamp(
    tx: Queries,
    clocks: readonly DeadlineRow[],
    request: ClockRequest & { caseId: string; evidence: readonly Evidence[] },
    now: Date,
  ): Promise<{ added: Deadline[]; cancelled: Deadline[] }> {
    const { evidence, ...stamp } = request;
    const { rules, calendar } = this.city.parts;
    const own = clocks.filter(({ deadline }) => deadline.subject.kind === 'case').map(({ deadline }) => deadline);
    const { added, cancelled } = restampDeadlines(own, { ...stamp, rules, calendar }, now, evidence);
    await this.keepNew(tx, added, request, now);
    const byId = new Map(clocks.map((row) => [row.deadline.id, row]));
    await this.settle(
      tx,
      cancelled.map((deadline) => ({ ...byId.get(deadline.id)!, deadline })),
      now,
    );
    return { added, cancelled };
  }

  /** The clocks of a case that a proof stops, each as it now stands; steps no longer owed are cancelled with it. */
  async meet(
    tx: Queries,
    clocks: readonly DeadlineRow[],
    proof: Pick<Evidence, 'id' | 'kind' | 'publishedAt'>,
    now: Date,
  ): Promise<DeadlineRow[]> {
    const met = clocks
      .filter(({ deadline }) => meets(deadline, proof))
      .map((row) => ({ ...row, deadline: { ...row.deadline, metAt: proof.publishedAt, metByEvidenceId: proof.id } }));
    await this.settle(tx, met, now);
    return met;
  }

  /** What had met these clocks turned out to be none: they go on from their own start to their own end, and what is due meanwhile fires. */
  async reopen(tx: Queries, clocks: readonly DeadlineRow[], now: Date): Promise<void> {
    await new Deadlines(tx).reopen(clocks.map(({ deadline }) => deadline.id));
    const ids = new Set(clocks.map(({ deadline }) => deadline.id));
    for (const subject of new Set(clocks.map(({ deadline }) => deadline.subject.id))) {
      const reopened = (await new Deadlines(tx).lockOfSubject(subject)).filter(({ deadline }) => ids.has(deadline.id));
      await moveDeadlines(
        tx,
        reopened.map(({ deadline }) => ({ deadline, nextStepAt: nextStepAt(deadline, now) })),
      );
    }
  }

  /** Stops clocks that are no longer owed. */
  async cancel(tx: Queries, clocks: readonly DeadlineRow[], reason: string, now: Date): Promise<void> {
    const open = clocks.filter(({ deadline }) => deadline.metAt === null && deadline.cancelledAt === null);
    await this.settle(
      tx,
      open.map((row) => ({ ...row, deadline: cancelDeadline(row.deadline, now, reason) })),
      now,
    );
  }

  /** Lets a clock stand (暂停计时) on a ground its rule allows. @throws BadInput, Refusal as pauseDeadline */
  async pause(tx: Queries, row: DeadlineRow, ground: string, approval: Approval, now: Date): Promise<Deadline> {
    return this.keepMoved(tx, row, pauseDeadline(row.deadline, now, ground, approval), now);
  }

  /** Lets a paused clock run on, later by what it stood. @throws Refusal clock-not-paused */
  async resume(tx: Queries, row: DeadlineRow, now: Date): Promise<Deadline> {
    await this.law.refresh(tx);
    return this.keepMoved(tx, row, resumeDeadline(row.deadline, now, this.city.parts.calendar), now);
  }

  /** Gives a clock a later end (延期), in its rule's unit. @throws BadInput, Refusal as extendDeadline */
  async extend(tx: Queries, row: DeadlineRow, amount: number, approval: Approval & { askedAt: Date }, now: Date): Promise<Deadline> {
    await this.law.refresh(tx);
    const extended = extendDeadline(row.deadline, amount, { ...approval, approvedAt: now }, this.city.parts.calendar);
    return this.keepMoved(tx, row, extended, now);
  }

  private async keepNew(tx: Queries, deadlines: readonly Deadline[], request: ClockRequest, now: Date): Promise<void> {
    await new Deadlines(tx).add(rowsOf(deadlines, request, now));
    await noteClocksChanged(tx, request.caseId);
  }

  private async keepMoved(tx: Queries, { caseId }: DeadlineRow, deadline: Deadline, now: Date): Promise<Deadline> {
    await moveDeadlines(tx, [{ deadline, nextStepAt: nextStepAt(deadline, now) }]);
    await noteClocksChanged(tx, caseId);
    return deadline;
  }

  private async settle(tx: Queries, clocks: readonly DeadlineRow[], now: Date): Promise<void> {
    if (clocks.length === 0) return;
    await new Deadlines(tx).settle(
      clocks.map(({ deadline }) => ({ deadline, nextStepAt: nextStepAt(deadline, now) })),
      now,
    );
    for (const caseId of new Set(clocks.map((row) => row.caseId))) await noteClocksChanged(tx, caseId);
  }
}

function rowsOf(
  deadlines: readonly Deadline[],
  { departmentId, ...of }: ClockOwner & { departmentId: string | null },
  now: Date,
): (NewDeadline & { nextStepAt: Date | null })[] {
  const owner = of.caseId === null ? { caseId: null, shown: of.shown } : { caseId: of.caseId };
  return deadlines.map((deadline) => ({
    ...owner,
    deadline,
    departmentId: deadline.rule.owner === 'department' ? departmentId : null,
    nextStepAt: nextStepAt(deadline, now),
  }));
}

/** When the ticker must look at a clock again; null when it owes no step any more. */
export function nextStepAt(deadline: Deadline, now: Date): Date | null {
  return nextStep(deadline, now)?.step.at ?? null;
}
