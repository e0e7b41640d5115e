import type { ActionView, InvestigationView } from '@huiying/contracts/http';
import { investigationRefusal, type InvestigationAction } from '@huiying/domain';
import type { DeadlineRow, InvestigationRow } from '@huiying/persistence';
import { isAtDesk, type Actor } from '../accounts/index.js';
import type { CityBook } from '../city/index.js';
import { statedOccurrence } from './investigation-desk.js';

const UNSTATED = {
  state: 'none',
  team: null,
  departmentId: null,
  departmentName: null,
  begunAt: null,
  reportedAt: null,
  approvedAt: null,
  changedBy: null,
  changedAt: null,
} as const;

/** An investigation as people read it, and what this person may state of it now. */
export function toInvestigation(
  row: InvestigationRow | null,
  clocks: readonly DeadlineRow[],
  by: { actor: Actor; isOver: boolean; city: CityBook },
): InvestigationView {
  const state = row?.state ?? 'none';
  const act = (action: InvestigationAction): ActionView => {
    const mayNot = !isAtDesk(by.actor) ? '由值班台登记' : by.isOver ? '该舆情单已办结' : null;
    const whyNot = mayNot ?? investigationRefusal(state, action)?.said ?? null;
    return { action, allowed: whyNot === null, whyNot };
  };
  const actions = (['begin', 'report', 'approve'] as const).map(act);
  if (row === null) return { ...UNSTATED, occurredAt: statedOccurrence(clocks)?.at.toISOString() ?? null, actions };
  return {
    state,
    team: row.team,
    departmentId: row.departmentId,
    departmentName: row.departmentId === null ? null : by.city.departmentName(row.departmentId),
    occurredAt: row.occurredAt.toISOString(),
    begunAt: row.begunAt.toISOString(),
    reportedAt: row.reportedAt?.toISOString() ?? null,
    approvedAt: row.approvedAt?.toISOString() ?? null,
    changedBy: row.changedBy,
    changedAt: row.changedAt.toISOString(),
    actions,
  };
}
