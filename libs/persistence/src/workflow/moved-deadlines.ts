import type { Deadline } from '@huiying/domain';
import type { Queries } from '../database.js';
import { stepColumns } from './deadline-rows.js';
import { NAMED_STEP_WAITS } from './deadline-sql.js';

/** What of a moved clock is written: where it now stands, and the rule it stands under. */
export interface MovedDeadline {
  deadline: Deadline;
  nextStepAt: Date | null;
}

/** What lists show of a work order's clocks follows the clocks when they are moved. */
const ORDERS_FOLLOW = `UPDATE workflow.work_order w SET sign_due_at = t.sign_due, due_at = t.due,
    extensions = GREATEST(w.extensions, t.extensions),
    next_due_at = CASE WHEN w.next_due_at IS NULL THEN NULL ELSE LEAST(CASE WHEN w.signed_at IS NULL THEN t.sign_due END, t.due) END
  FROM (SELECT w.order_no,
      COALESCE((array_agg(d.due_at ORDER BY d.start_at DESC) FILTER (WHERE d.rule->>'milestone' = 'acknowledgement'))[1], w.sign_due_at) AS sign_due,
      COALESCE((array_agg(d.due_at ORDER BY d.start_at DESC) FILTER (WHERE d.rule->>'milestone' = 'handling'))[1], w.due_at) AS due,
      COALESCE(max(jsonb_array_length(d.extensions)) FILTER (WHERE d.rule->>'milestone' = 'handling'), 0) AS extensions
    FROM workflow.work_order w JOIN workflow.deadline d ON d.subject_id = w.opinion_id AND d.subject_kind = 'order' AND d.cancelled_at IS NULL
    WHERE w.opinion_id = ANY($1::uuid[]) GROUP BY w.order_no) t
  WHERE w.order_no = t.order_no`;

/** Keeps clocks that another calendar, a changed rule, a pause or an extension moved; steps that have not fired are the new ones. */
export async function moveDeadlines(on: Queries, clocks: readonly MovedDeadline[]): Promise<void> {
  if (clocks.length === 0) return;
  const ids = clocks.map((c) => c.deadline.id);
  await on.query(
    `UPDATE workflow.deadline d SET rule = t.rule, due_at = t.due_at, length_seconds = t.seconds, provisional = t.provisional,
         pauses = t.pauses, extensions = t.extensions, next_step_at = t.next_at
       FROM unnest($1::uuid[], $2::jsonb[], $3::timestamptz[], $4::int[], $5::boolean[], $6::jsonb[], $7::jsonb[], $8::timestamptz[])
         AS t(id, rule, due_at, seconds, provisional, pauses, extensions, next_at)
       WHERE d.deadline_id = t.id`,
    [
      ids,
      clocks.map((c) => JSON.stringify(c.deadline.rule)),
      clocks.map((c) => c.deadline.dueAt),
      clocks.map((c) => c.deadline.lengthSeconds),
      clocks.map((c) => c.deadline.provisional),
      clocks.map((c) => JSON.stringify(c.deadline.pauses)),
      clocks.map((c) => JSON.stringify(c.deadline.extensions)),
      clocks.map((c) => c.nextStepAt),
    ],
  );
  await on.query(`DELETE FROM workflow.deadline_step s WHERE s.deadline_id = ANY($1) AND ${NAMED_STEP_WAITS}`, [ids]);
  await addSteps(
    on,
    clocks.map((c) => c.deadline),
  );
  const orders = clocks.filter((c) => c.deadline.subject.kind === 'order').map((c) => c.deadline.subject.id);
  if (orders.length > 0) await on.query(ORDERS_FOLLOW, [orders]);
}

async function addSteps(on: Queries, deadlines: readonly Deadline[]): Promise<void> {
  await on.query(
    `INSERT INTO workflow.deadline_step (deadline_id, percent, kind, scheduled_at)
       SELECT * FROM unnest($1::uuid[], $2::real[], $3::text[], $4::timestamptz[]) ON CONFLICT DO NOTHING`,
    stepColumns(deadlines),
  );
}
