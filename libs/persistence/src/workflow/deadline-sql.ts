/** What several readers of `workflow.deadline d` mean by the same words. */

/** Legal clocks first, then the house's own after closing (效果评估), then what only reminds (持续发布) and is never overdue. The index bears it. */
export const RANK = `(CASE d.rule->>'milestone' WHEN 'reminder' THEN 2 WHEN 'evaluation' THEN 1 ELSE 0 END)`;
/**
 * Clocks and steps that are still open, of those that a case, a task or a list of ids names. So written that the server cannot take the
 * index of all that are open instead: while few are, its figures call that index empty, and a plan made then reads thousands later.
 */
export const NAMED_OPEN = `COALESCE(d.met_at, d.cancelled_at) IS NULL`;
export const NAMED_STEP_WAITS = `COALESCE(s.fired_at, s.cancelled_at) IS NULL`;
/** What can be overdue: neither a reminder nor a window (退单), and not while it stands. */
export const RUNS_OUT = `${RANK} < 2 AND d.rule->>'milestone' <> 'window' AND (d.pauses = '[]' OR d.pauses -> -1 ->> 'to' IS NOT NULL)`;

/** Met by an instant, as a report sees it. @param at SQL of the instant */
export function metBy(at: string): string {
  return `(d.met_at IS NOT NULL AND d.met_at < ${at})`;
}

/** Clocks that fall due from one instant to before another, of those that were known at a third. All are SQL. */
export function fellDue(from: string, to: string, at: string): string {
  return `d.due_at >= ${from} AND d.due_at < ${to} AND d.start_at < ${at} AND (d.cancelled_at IS NULL OR d.cancelled_at >= ${at}) AND ${RUNS_OUT}`;
}

/** How those stood at the instant, as four counts; see ClockCounts. */
export function clockCounts(at: string): string {
  const met = metBy(at);
  return `(count(*) FILTER (WHERE ${met} AND d.met_at <= d.due_at))::int AS "onTime",
         (count(*) FILTER (WHERE ${met} AND d.met_at > d.due_at))::int AS late,
         (count(*) FILTER (WHERE NOT ${met} AND d.due_at < ${at}))::int AS overdue,
         (count(*) FILTER (WHERE NOT ${met} AND d.due_at >= ${at}))::int AS running`;
}
