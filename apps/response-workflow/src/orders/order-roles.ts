import type { ActionView, OrderStepName } from '@huiying/contracts/http';
import { orderRefusal } from '@huiying/domain';
import type { WorkOrderRow } from '@huiying/persistence';
import { isAtDesk, type Actor } from '../accounts/index.js';

/** What the handling department does; everything else is the desk's. */
const DEPARTMENT_STEPS: ReadonlySet<OrderStepName> = new Set(['sign', 'return', 'extend', 'contact', 'progress', 'reply']);

/** The steps a page offers, in the order in which they come. A visit's result is the hotline's; here it can be entered for it. */
const OFFERED: readonly OrderStepName[] = [
  'sign',
  'contact',
  'progress',
  'reply',
  'extend',
  'return',
  'accept',
  'refuse',
  'dispatch',
  'rule-return',
  'rule-extension',
  'send-back',
  'close',
  'visit-result',
  'rework',
  'urge',
  'supervise',
  'join',
  'split',
];

/** Null where the person may take the step by his or her role; else why not. A supervisor may act in a department's place (代办). */
export function whyNotYours(
  order: Pick<WorkOrderRow, 'departmentId' | 'dispatchedAt'>,
  action: OrderStepName,
  actor: Actor,
): string | null {
  if (!DEPARTMENT_STEPS.has(action)) return isAtDesk(actor) ? null : '由值班台办理';
  if (actor.role === 'supervisor') return null;
  // 直接答复: nobody was asked to handle it.
  if (action === 'reply' && order.dispatchedAt === null && isAtDesk(actor)) return null;
  // A unit without an account is acted for by the desk.
  if (order.departmentId === null && isAtDesk(actor)) return null;
  return actor.role === 'department-lead' && actor.departmentId === order.departmentId ? null : '由承办单位办理';
}

/** What this person may do with the order now; what is not for them at all is left out. */
export function orderActions(order: WorkOrderRow, actor: Actor): ActionView[] {
  return OFFERED.flatMap((action) => {
    if (actor.role === 'department-lead' && !DEPARTMENT_STEPS.has(action)) return [];
    const refusal = orderRefusal(order.state, action);
    const pending = pendingRefusal(order, action);
    const whyNot = whyNotYours(order, action, actor) ?? refusal?.said ?? pending;
    return [{ action, allowed: whyNot === null, whyNot }];
  });
}

function pendingRefusal(order: WorkOrderRow, action: OrderStepName): string | null {
  if (action === 'rule-extension' && order.askedExtension === null) return '没有待审批的延期申请';
  if (action === 'extend' && order.askedExtension !== null) return '延期申请正在审批';
  return null;
}
