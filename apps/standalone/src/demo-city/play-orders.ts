import type { INestApplicationContext } from '@nestjs/common';
import type { HotlineRecordInput } from '@huiying/contracts/http';
import { NotFound, Refusal } from '@huiying/domain';
import { CityBook, OrderDesk } from '../../../response-workflow/src/index.js';
import { asHandedIn, DEMO_PEOPLE, orderWork, type OrderWorkStep } from '../demo/index.js';

/** Orders older than this come as the hotline would hand in its history: worked on already. Younger ones are worked on here. */
const WORKED_HERE_MS = 4 * 86_400_000;

interface Planned extends OrderWorkStep {
  orderNo: string;
  departmentId: string | null;
}

/** Plays what the units did with the hotline's orders, each step at its own time, through the desk that does it every day. */
export class OrderPlayer {
  private planned: Planned[] = [];

  constructor(
    private readonly services: INestApplicationContext,
    private readonly until: Date,
  ) {}

  /** The record as it is handed in; what will be done with the order here is planned. */
  plan(record: HotlineRecordInput, at: Date): HotlineRecordInput {
    const work = orderWork(
      { orderNo: record.orderNo, category: record.category ?? null, dispatchedAt: record.dispatchedAt ? at : null },
      this.until,
    );
    if (this.until.getTime() - at.getTime() > WORKED_HERE_MS) return asHandedIn(record, work);
    const departmentId = this.services.get(CityBook, { strict: false }).departmentNamed(record.leadUnit ?? null, at);
    this.planned = [...this.planned, ...work.map((step) => ({ ...step, orderNo: record.orderNo, departmentId }))].sort(
      (a, b) => a.at.getTime() - b.at.getTime(),
    );
    return record;
  }

  /** When the next step is planned, if by then. */
  nextAt(by: Date): Date | null {
    const next = this.planned[0];
    return next !== undefined && next.at <= by ? next.at : null;
  }

  /** Takes the next step. A step that came too late to be lawful, e.g. 延期 after the end, is not taken, as in life. */
  async playNext(settle: () => Promise<void>): Promise<void> {
    const step = this.planned.shift()!;
    try {
      await this.take(step);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!(error instanceof NotFound)) return;
      // The record is on its way still.
      await settle();
      await this.take(step);
    }
  }

  private async take({ orderNo, action, request, at, byUnit, departmentId }: Planned): Promise<void> {
    const person = DEMO_PEOPLE.find((one) => (byUnit ? one.departmentId === departmentId : one.role === 'duty-officer'));
    const doer = { name: person?.name ?? '承办单位', personId: null, client: null, origin: 'demo' };
    const body = action === 'visit-result' ? { ...request, at: at.toISOString() } : request;
    await this.services.get(OrderDesk).take({ orderNo, action, request: body, doer, scope: null, at });
  }
}
