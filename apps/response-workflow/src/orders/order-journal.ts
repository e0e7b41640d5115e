import { Inject, Injectable } from '@nestjs/common';
import { isEnteredLate, isOrderOwed, localTimeText, type OrderHandling } from '@huiying/domain';
import { AuditTrail, Changes, WorkOrders, type OrderEventRow, type Tx, type WorkOrderRow } from '@huiying/persistence';
import { CallbackOutbox } from '../callbacks/index.js';
import { CityBook } from '../city/index.js';
import { OrderClocks } from './order-clocks.js';

/** Who does something to a work order: a person here, or a system by its key. */
export interface OrderDoer {
  /** As the timeline names them. */
  name: string;
  /** null for a system and for the log. */
  personId: string | null;
  /** Name of the system's key; null for a person. */
  client: string | null;
  origin: string;
}

/** One thing that happened to one order. */
export interface OrderChange {
  before: WorkOrderRow | null;
  /** The order as it is now, its number of changes not yet counted on. */
  after: WorkOrderRow;
  /** An OrderAction, or `record`. */
  action: string;
  text: string;
  at: Date;
  doer: OrderDoer;
  detail?: Record<string, unknown>;
}

/** More changes than these in one go are told to open consoles as one. */
const TOLD_ONE_BY_ONE = 5;

/** Keeps what happened to work orders: the orders, their history, the change stream and the audit trail, in the transaction of what made it happen. */
@Injectable()
export class OrderJournal {
  constructor(
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(OrderClocks) private readonly clocks: OrderClocks,
    @Inject(CallbackOutbox) private readonly outbox: CallbackOutbox,
  ) {}

  /** In the order they happened; one order may change several times. @returns the events as they were kept */
  async write(tx: Tx, now: Date, changes: readonly OrderChange[]): Promise<OrderEventRow[]> {
    const last = new Map<string, WorkOrderRow>();
    const events = changes.map((change): OrderEventRow => {
      const seq = (last.get(change.after.orderNo)?.seq ?? change.before?.seq ?? 0) + 1;
      last.set(change.after.orderNo, this.settled({ ...change.after, seq, changedAt: now }));
      return {
        orderNo: change.after.orderNo,
        seq,
        at: change.at,
        action: change.action,
        actor: change.doer.name,
        client: change.doer.client,
        stateBefore: change.before?.state ?? null,
        state: change.after.state,
        ...entered(change, now),
      };
    });
    const orders = new WorkOrders(tx);
    await orders.save([...last.values()]);
    await orders.addEvents(events);
    await this.clocks.follow(
      tx,
      now,
      changes.map((change, i) => ({ ...change, after: { ...change.after, changedAt: change.at }, seq: events[i]!.seq })),
    );
    await this.outbox.add(
      tx,
      now,
      events.map((event, i) => ({ event, order: changes[i]!.after })),
    );
    await this.tellConsoles(tx, now, changes);
    return events;
  }

  /** A step, for the audit trail. */
  async audit(
    tx: Tx,
    at: Date,
    { action, orderNo, text }: { action: string; orderNo: string; text: string },
    doer: OrderDoer,
  ): Promise<void> {
    const { personId, name: who, origin } = doer;
    await new AuditTrail(tx).add({ at, personId, who, action: `order.${action}`, subject: `order:${orderNo}`, origin, detail: { text } });
  }

  /** What is derived: the departments of its units, and what falls due next. */
  private settled(order: WorkOrderRow): WorkOrderRow {
    const coDepartmentIds = order.coUnits.flatMap((unit) => this.city.departmentNamed(unit, order.changedAt) ?? []);
    return { ...order, coDepartmentIds, nextDueAt: nextDueAt(order) };
  }

  private async tellConsoles(tx: Tx, at: Date, changes: readonly OrderChange[]): Promise<void> {
    const told = changes.slice(0, changes.length > TOLD_ONE_BY_ONE ? 1 : changes.length);
    await new Changes(tx).add(
      told.map(({ after, action, text }) => ({
        at,
        kind: `order.${action}`,
        subject: { kind: 'order' as const, id: after.orderNo },
        departmentId: told.length < changes.length ? null : after.departmentId,
        title: after.title,
        text: told.length < changes.length ? `${changes.length} 张工单有变化` : `${after.orderNo} ${text}`,
      })),
    );
  }
}

/** What is said of a change; of a step that was told late also when it was entered. A record tells its own times. */
function entered({ action, at, text, detail = {} }: OrderChange, now: Date): Pick<OrderEventRow, 'text' | 'detail'> {
  if (action === 'record' || !isEnteredLate(at, now)) return { text, detail };
  return { text: `${text}（${localTimeText(now)} 补录）`, detail: { ...detail, enteredAt: now.toISOString() } };
}

/** What an open order owes next: signing while it is unsigned, then finishing. */
export function nextDueAt(order: OrderHandling): Date | null {
  if (!isOrderOwed(order.state)) return null;
  const due = [order.signedAt === null ? order.signDueAt : null, order.dueAt].filter((at): at is Date => at !== null);
  return due.length === 0 ? null : new Date(Math.min(...due.map((at) => at.getTime())));
}
