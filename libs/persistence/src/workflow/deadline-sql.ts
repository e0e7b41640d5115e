/** What several readers of `workflow.deadline d` mean by the same words. */

/** Legal clocks first, then the house's own after closing (效果评估), then what only reminds (持续发布) and is never overdue. The index bears it. */
export const RANK = `(CASE d.rule->>'milestone' WHEN 'reminder' THEN 2 WHEN 'evaluation' THEN 1 ELSE 0 END)`;
/** What can be overdue: neither a reminder nor a window (退单), and not while it stands. */
export const RUNS_OUT = `${RANK} < 2 AND d.rule->>'milestone' <> 'window' AND (d.pauses = '[]' OR d.pauses -> -1 ->> 'to' IS NOT NULL)`;
