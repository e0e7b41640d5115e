import type { OrderTally } from '@huiying/domain';
import type { Queries } from '../database.js';
import type { RowScope } from './case-files.js';
import { Conditions } from './conditions.js';

/** Counts of a handling unit; `unit` null: of all. */
export interface OrderFigures extends OrderTally {
  unit: string | null;
}

const OWED = `w.state IN ('dispatched', 'signed', 'handling', 'returning')`;
/** 有效回访, and content with it: what every figure of visits counts. Over `workflow.work_order w`. */
const VISITED = `w.visit->>'result' = '接通' AND NOT (w.visit->>'exempt')::boolean`;
export const ASKED = `${VISITED} AND w.visit->>'satisfaction' IS NOT NULL`;
export const SATISFIED = `${VISITED} AND w.visit->>'satisfaction' IN ('非常满意', '满意', '基本满意')`;

/** What the indicators are made of, for orders received from one instant to before another, as it stands at `now`: all units, and each. */
export async function orderFigures(on: Queries, from: Date, to: Date, now: Date, scope: RowScope): Promise<OrderFigures[]> {
  const conditions = new Conditions()
    .add(from, (p) => `w.received_at >= ${p}`)
    .add(to, (p) => `w.received_at < ${p}`)
    .add(scope?.departmentId, (p) => `w.department_id = ${p}`);
  const at = `${conditions.parameter(now)}::timestamptz`;
  const count = (name: string, condition: string) => `count(*) FILTER (WHERE ${condition})::int AS "${name}"`;
  const contactDue = `w.dispatched_at + interval '24 hours'`;
  return on.query<OrderFigures>(
    `SELECT w.lead_unit AS unit, count(*)::int AS received,
       ${count('dispatched', 'w.dispatched_at IS NOT NULL')},
       ${count('contactOwed', `w.dispatched_at IS NOT NULL AND (w.contacted_at IS NOT NULL OR ${contactDue} <= ${at})`)},
       ${count('contactedInTime', `w.contacted_at <= ${contactDue}`)},
       ${count('signed', 'w.signed_at IS NOT NULL AND w.sign_due_at IS NOT NULL')},
       ${count('signedInTime', 'w.signed_at <= w.sign_due_at')},
       ${count('unsignedOverdue', `${OWED} AND w.signed_at IS NULL AND w.sign_due_at < ${at}`)},
       ${count('replied', 'w.replied_at IS NOT NULL AND w.due_at IS NOT NULL')},
       ${count('repliedInTime', 'w.replied_at <= w.due_at')},
       ${count('openOverdue', `${OWED} AND w.replied_at IS NULL AND w.due_at < ${at}`)},
       ${count('returned', 'w.returns > 0')},
       ${count('extended', 'w.extensions > 0')},
       ${count('reworked', 'w.reworks > 0')},
       ${count('repeated', 'w.is_repeat OR w.parent_no IS NOT NULL')},
       ${count('visitsResolvedKnown', `${VISITED} AND w.visit->>'resolved' IS NOT NULL`)},
       ${count('resolved', `${VISITED} AND w.visit->>'resolved' = '已解决'`)},
       ${count('visitsSatisfactionKnown', ASKED)},
       ${count('satisfied', SATISFIED)}
     FROM workflow.work_order w ${conditions.where}
     GROUP BY GROUPING SETS ((), (w.lead_unit)) HAVING GROUPING(w.lead_unit) = 1 OR w.lead_unit IS NOT NULL
     ORDER BY GROUPING(w.lead_unit) DESC, received DESC, unit`,
    conditions.parameters,
  );
}
