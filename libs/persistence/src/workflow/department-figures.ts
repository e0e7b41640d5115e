import { NO_COUNTS, type DepartmentCounts } from '@huiying/domain';
import type { Queries } from '../database.js';
import { clockCounts, fellDue } from './deadline-sql.js';
import { ASKED, SATISFIED } from './order-figures.js';
import type { ReportSpan } from './report-figures.js';

export interface DepartmentFigure extends DepartmentCounts {
  /** The span's place among those that were asked for, from 0. */
  span: number;
  /** null: the whole city. */
  departmentId: string | null;
}

/** Each table is counted once for all spans; over an index by its time. */
const PARTS = [
  part('workflow.opinion o', 'o.lead_department_id', 'o.captured_at', `count(*)::int AS opinions`, 'o.flagged'),
  part('workflow.case_file c', 'c.lead_department_id', 'c.opened_at', `count(*)::int AS cases`),
  part('workflow.task t', 't.department_id', 't.assigned_at', `count(*)::int AS tasks`),
  part('workflow.work_order w', 'w.department_id', 'w.received_at', `count(*)::int AS orders`),
  part(
    'workflow.work_order w',
    'w.department_id',
    'w.closed_at',
    `count(*)::int AS "ordersClosed", (count(*) FILTER (WHERE ${ASKED}))::int AS visited,
       (count(*) FILTER (WHERE ${SATISFIED}))::int AS satisfied`,
  ),
  `SELECT s.i AS span, d.department_id AS department, GROUPING(d.department_id) AS whole, ${clockCounts('s.as_of')}
   FROM span s JOIN workflow.deadline d ON ${fellDue('s.from_at', 's.to_at', 's.as_of')}
   GROUP BY GROUPING SETS ((s.i), (s.i, d.department_id))`,
];

function part(table: string, department: string, at: string, counts: string, only = 'true'): string {
  return `SELECT s.i AS span, ${department} AS department, GROUPING(${department}) AS whole, ${counts}
   FROM span s JOIN ${table} ON ${at} >= s.from_at AND ${at} < s.to_at AND ${only}
   GROUP BY GROUPING SETS ((s.i), (s.i, ${department}))`;
}

/**
 * What every department had to do and did, span by span, and the city as a whole. A past span gives the figures of its report, whenever it
 * is asked for. Departments and spans of which there is nothing to count are left out.
 */
export async function departmentFigures(on: Queries, spans: readonly ReportSpan[]): Promise<DepartmentFigure[]> {
  const found = new Map<string, DepartmentFigure>();
  for (const sql of PARTS) {
    const rows = await on.query<Partial<DepartmentCounts> & { span: number; department: string | null; whole: number }>(
      `WITH span AS (SELECT * FROM unnest($1::int[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[]) AS t(i, from_at, to_at, as_of)) ${sql}`,
      [spans.map((_, i) => i), spans.map(({ from }) => from), spans.map(({ to }) => to), spans.map(({ asOf }) => asOf)],
    );
    for (const { span, department, whole, ...counts } of rows) {
      if (whole === 0 && department === null) continue; // of nobody yet: in the city's sum alone
      const key = `${span} ${department ?? ''}`;
      const before = found.get(key) ?? { span, departmentId: department, ...NO_COUNTS };
      found.set(key, { ...before, ...counts });
    }
  }
  return [...found.values()].sort((a, b) => a.span - b.span || ((a.departmentId ?? '') < (b.departmentId ?? '') ? -1 : 1));
}
