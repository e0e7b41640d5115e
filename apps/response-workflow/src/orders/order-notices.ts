import { Inject, Injectable } from '@nestjs/common';
import { localTimeText, type OrderAction, type TellFact } from '@huiying/domain';
import type { Tx, WorkOrderRow } from '@huiying/persistence';
import { DutyDesk } from '../duty/index.js';
import { noticeRequests } from '../notifying/index.js';
import type { OrderChange } from './order-journal.js';

/** Steps of which the handling department must be told, and those of which the desk must. */
const FOR_DEPARTMENT: Partial<Record<OrderAction, string>> = {
  dispatch: '新工单',
  'rule-return': '退单驳回',
  'rule-extension': '延期审批',
  'send-back': '退回重办',
  rework: '重办',
  urge: '催办',
  supervise: '督办',
};
const FOR_DESK: Partial<Record<OrderAction, string>> = { return: '退单申请', extend: '延期申请' };
const PRESSING: ReadonlySet<string> = new Set(['urge', 'supervise', 'rework']);

interface StepTold {
  order: WorkOrderRow;
  seq: number;
  action: OrderAction;
  text: string;
}

/** Tells people what happened to work orders; each fact once. */
@Injectable()
export class OrderNotices {
  constructor(@Inject(DutyDesk) private readonly duty: DutyDesk) {}

  async ofStep(tx: Tx, now: Date, { order, seq, action, text }: StepTold): Promise<void> {
    const forDesk = FOR_DESK[action];
    const word = forDesk ?? FOR_DEPARTMENT[action];
    const about: TellFact | null =
      forDesk !== undefined
        ? { kind: 'desk-asked' }
        : order.departmentId === null
          ? null
          : { kind: 'department-told', departmentId: order.departmentId };
    if (word === undefined || about === null) return;
    const fact = {
      fact: `order:${order.orderNo}:${seq}`,
      about,
      severity: 'IV' as const,
      urgency: order.urgency === '特急' || PRESSING.has(action) ? ('urgent' as const) : ('normal' as const),
      title: `【${word}】${order.orderNo} ${order.title}`,
      body: `${text}${order.dueAt === null ? '' : `。${localTimeText(order.dueAt)} 前办结`}`,
      link: `/orders/${encodeURIComponent(order.orderNo)}`,
      caseId: null,
      causedBy: null,
    };
    tx.send(...noticeRequests(fact, await this.duty.tellable(tx, now), now));
  }

  /** Orders that came dispatched already: one notice for each department, however many came together. */
  async ofRecords(tx: Tx, now: Date, changes: readonly OrderChange[]): Promise<void> {
    const dispatched = changes.filter(
      ({ before, after }) => after.state === 'dispatched' && before?.dispatchedAt?.getTime() !== after.dispatchedAt?.getTime(),
    );
    const byDepartment = new Map<string, OrderChange[]>();
    for (const change of dispatched) {
      const { departmentId } = change.after;
      if (departmentId !== null) byDepartment.set(departmentId, [...(byDepartment.get(departmentId) ?? []), change]);
    }
    if (byDepartment.size === 0) return;
    const people = await this.duty.tellable(tx, now);
    for (const [departmentId, ones] of byDepartment) {
      const { after } = ones[0]!;
      const isOne = ones.length === 1;
      const fact = {
        fact: `orders:${after.orderNo}:${after.version}:${ones.length}`,
        about: { kind: 'department-told' as const, departmentId },
        severity: 'IV' as const,
        urgency: ones.some((one) => one.after.urgency === '特急') ? ('urgent' as const) : ('normal' as const),
        title: isOne ? `【新工单】${after.orderNo} ${after.title}` : `【新工单】${ones.length} 张工单待签收`,
        body: ones
          .slice(0, 5)
          .map((one) => `${one.after.orderNo} ${one.after.title}`)
          .join('\n'),
        link: isOne ? `/orders/${encodeURIComponent(after.orderNo)}` : '/orders',
        caseId: null,
        causedBy: null,
      };
      tx.send(...noticeRequests(fact, people, now));
    }
  }
}
