import type { INestApplicationContext } from '@nestjs/common';
import { Refusal } from '@huiying/domain';
import { WorkOrders, type Database, type WorkOrderRow } from '@huiying/persistence';
import { OrderDesk } from '../../../response-workflow/src/index.js';
import { DEMO_PEOPLE, orderWork, type OrderWorkStep } from '../demo/index.js';

const PAGE = 500;

/** Plays what the units did with the hotline's orders in the past, through the desk that does it every day. */
export async function playOrders(services: INestApplicationContext, database: Database, until: Date): Promise<void> {
  const desk = services.get(OrderDesk);
  const orders = new WorkOrders(database);
  for (let cursor: string | null = null; ;) {
    const page = await orders.page({ state: ['dispatched'] }, null, 'newest', cursor, PAGE);
    for (const order of page.items) await playOrder(desk, order, until);
    if (page.next === null) return;
    cursor = page.next;
  }
}

async function playOrder(desk: OrderDesk, order: WorkOrderRow, until: Date): Promise<void> {
  for (const step of orderWork(order, until)) {
    try {
      const doer = { name: nameOf(order, step), personId: null, client: null, origin: 'demo' };
      const request = step.action === 'visit-result' ? { ...step.request, at: step.at.toISOString() } : step.request;
      await desk.take({ orderNo: order.orderNo, action: step.action, request, doer, scope: null, at: step.at });
    } catch (error) {
      // A step that came too late to be lawful, e.g. 延期 after the end: as in life, it is not taken.
      if (!(error instanceof Refusal)) throw error;
    }
  }
}

function nameOf({ departmentId }: WorkOrderRow, { byUnit }: OrderWorkStep): string {
  const person = byUnit
    ? DEMO_PEOPLE.find((one) => one.departmentId === departmentId)
    : DEMO_PEOPLE.find((one) => one.role === 'duty-officer');
  return person?.name ?? '承办单位';
}
