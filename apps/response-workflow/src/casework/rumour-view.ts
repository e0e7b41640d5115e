import type { ActionView, RumourView } from '@huiying/contracts/http';
import { rumourRefusal, type RumourAction } from '@huiying/domain';
import type { DeadlineRow, RumourRow } from '@huiying/persistence';
import { isAtDesk, type Actor } from '../accounts/index.js';
import type { CityBook } from '../city/index.js';
import { rumourStateOf } from './rumour-desk.js';

interface By {
  actor: Actor;
  isOver: boolean;
  city: CityBook;
}

const barredOf = ({ actor, isOver }: By) => (!isAtDesk(actor) ? '由值班台登记' : isOver ? '该舆情单已办结' : null);

/** Whether this person may state a claim to be false. */
export function rumourActions(by: By): ActionView[] {
  const whyNot = barredOf(by);
  return [{ action: 'find', allowed: whyNot === null, whyNot }];
}

/** A claim found to be false, as people read it. */
export function toRumour(row: RumourRow, clocks: readonly DeadlineRow[], by: By): RumourView {
  const clock = clocks.find(({ deadline }) => deadline.id === row.deadlineId) ?? null;
  const state = rumourStateOf(row, clock);
  const act = (action: RumourAction): ActionView => {
    const whyNot = barredOf(by) ?? rumourRefusal(state, action)?.said ?? null;
    return { action, allowed: whyNot === null, whyNot };
  };
  const { id, claim, url, finding, departmentId, isReferred, statedBy, proofUrl, settledBy, note } = row;
  const clarifiedAt = state !== 'clarified' ? null : (row.publishedAt ?? clock?.deadline.metAt ?? null);
  return {
    ...{ id, state, claim, url, finding, departmentId, isReferred, statedBy, proofUrl, settledBy, note },
    departmentName: departmentId === null ? null : by.city.departmentName(departmentId),
    foundAt: row.foundAt.toISOString(),
    statedAt: row.statedAt.toISOString(),
    clarifiedAt: clarifiedAt?.toISOString() ?? null,
    settledAt: row.settledAt?.toISOString() ?? null,
    actions: (['clarify', 'withdraw'] as const).map(act),
  };
}
