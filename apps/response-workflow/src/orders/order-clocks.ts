import { Inject, Injectable } from '@nestjs/common';
import { extendDeadline, stampDeadlines, type Deadline, type OrderClockTimes, type OrderHandling, type RuleTrigger } from '@huiying/domain';
import type { Queries } from '@huiying/persistence';
import { CityBook, LawKeeper } from '../city/index.js';

const NO_CLOCKS: OrderClockTimes = { signDueAt: null, dueAt: null, returnUntil: null };

/** When signing, finishing and returning of a work order fall due, by the rules in force (HL-04, HL-05, HL-06). */
@Injectable()
export class OrderClocks {
  constructor(
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(LawKeeper) private readonly law: LawKeeper,
  ) {}

  /** What was entered elsewhere holds from now on; once per change, before any clock is computed. */
  async refresh(tx: Queries): Promise<void> {
    await this.law.refresh(tx);
  }

  /** The clocks that a dispatch starts. Rules may differ by the sort of appeal (咨询 …). */
  ofDispatch(orderNo: string, appealType: string | null, dispatchedAt: Date, statedBy: string): OrderClockTimes {
    const clocks = this.stamp('order-dispatched', orderNo, appealType, dispatchedAt, statedBy);
    const window = this.stamp('order-returnable', orderNo, appealType, dispatchedAt, statedBy);
    const due = (all: Deadline[], milestone: string) => all.find(({ rule }) => rule.milestone === milestone)?.dueAt ?? null;
    return {
      ...NO_CLOCKS,
      signDueAt: due(clocks, 'acknowledgement'),
      dueAt: due(clocks, 'handling'),
      returnUntil: due(window, 'window'),
    };
  }

  /**
   * The finish clock's later end (延期).
   * @throws Refusal clock-not-extendable, extensions-used-up, extension-too-long, clock-not-running
   */
  extended(
    order: OrderHandling & { orderNo: string; appealType: string | null },
    approval: { amount: number; reason: string; approvedBy: string; askedAt: Date; approvedAt: Date },
  ): Date {
    const start = order.dispatchedAt ?? approval.askedAt;
    const clock = this.stamp('order-dispatched', order.orderNo, order.appealType, start, '派单').find(
      ({ rule }) => rule.milestone === 'handling',
    );
    if (clock === undefined) return order.dueAt!;
    // Earlier extensions are known by their number only; their days stand in the due instant already.
    const before = Array.from({ length: order.extensions }, () => ({ amount: 0, reason: '', approvedBy: '', approvedAt: start }));
    const { amount, ...rest } = approval;
    return extendDeadline({ ...clock, extensions: before }, amount, rest, this.city.parts.calendar).dueAt;
  }

  private stamp(trigger: RuleTrigger, orderNo: string, appealType: string | null, at: Date, statedBy: string): Deadline[] {
    const { rules, calendar } = this.city.parts;
    return stampDeadlines({
      trigger,
      subject: { kind: 'order', id: orderNo },
      severity: 'IV',
      ...(appealType === null ? {} : { matter: appealType }),
      facts: [{ fact: 'dispatched', at, statedBy }],
      rules,
      calendar,
    });
  }
}
