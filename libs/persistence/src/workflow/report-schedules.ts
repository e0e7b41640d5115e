import type { ReportSchedule } from '@huiying/domain';
import type { Queries } from '../database.js';

/** A schedule of drafts with its next run. */
export interface ReportScheduleRow extends ReportSchedule {
  id: string;
  name: string;
  isOn: boolean;
  /** The day of its next run before any move, YYYY-MM-DD, and when that is due; null while not worked out. */
  nextDay: string | null;
  nextAt: Date | null;
  changedAt: Date;
  changedBy: string;
}

export interface ReportRunRow {
  scheduleId: string;
  /** Of the schedule's now; null where it is gone. */
  scheduleName: string | null;
  nominalDay: string;
  firstDay: string;
  lastDay: string;
  dueAt: Date;
  madeAt: Date;
  outcome: 'made' | 'existed';
  issueId: string | null;
  movedBecause: string | null;
}

const COLUMNS = `schedule_id AS id, name, kind, weekday, month_day AS "monthDay", at_time AS time, on_day_off AS "onDayOff", is_on AS "isOn",
  next_day AS "nextDay", next_at AS "nextAt", changed_at AS "changedAt", changed_by AS "changedBy"`;

export class ReportSchedules {
  constructor(private readonly on: Queries) {}

  list(): Promise<ReportScheduleRow[]> {
    return this.on.query(`SELECT ${COLUMNS} FROM workflow.report_schedule ORDER BY kind, name, schedule_id`);
  }

  /** Of one schedule, until the transaction ends. */
  async take(id: string): Promise<ReportScheduleRow | null> {
    const sql = `SELECT ${COLUMNS} FROM workflow.report_schedule WHERE schedule_id = $1 FOR UPDATE`;
    const [row] = await this.on.query<ReportScheduleRow>(sql, [id]);
    return row ?? null;
  }

  /** One that is due at an instant, or has no next run yet, which no other process has in hand. */
  async takeDue(now: Date): Promise<ReportScheduleRow | null> {
    const [row] = await this.on.query<ReportScheduleRow>(
      `SELECT ${COLUMNS} FROM workflow.report_schedule WHERE is_on AND (next_at IS NULL OR next_at <= $1)
       ORDER BY next_at NULLS FIRST, schedule_id LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [now],
    );
    return row ?? null;
  }

  async nextAt(): Promise<Date | null> {
    const [row] = await this.on.query<{ at: Date | null }>(`SELECT min(next_at) AS at FROM workflow.report_schedule WHERE is_on`);
    return row?.at ?? null;
  }

  async put(row: ReportScheduleRow): Promise<void> {
    await this.on.query(
      `INSERT INTO workflow.report_schedule VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       ON CONFLICT (schedule_id) DO UPDATE SET name = excluded.name, kind = excluded.kind, weekday = excluded.weekday,
         month_day = excluded.month_day, at_time = excluded.at_time, on_day_off = excluded.on_day_off, is_on = excluded.is_on,
         next_day = excluded.next_day, next_at = excluded.next_at, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
      [
        ...[row.id, row.name, row.kind, row.weekday, row.monthDay, row.time, row.onDayOff, row.isOn, row.nextDay, row.nextAt],
        ...[row.changedAt, row.changedBy],
      ],
    );
  }

  async remove(id: string): Promise<void> {
    await this.on.query(`DELETE FROM workflow.report_schedule WHERE schedule_id = $1`, [id]);
  }

  /** Whether this run is new: each day of a schedule is run once. */
  async addRun(run: Omit<ReportRunRow, 'scheduleName'>): Promise<boolean> {
    const added = await this.on.query(
      `INSERT INTO workflow.report_run (schedule_id, nominal_day, first_day, last_day, due_at, made_at, outcome, issue_id, moved_because)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING schedule_id`,
      [...[run.scheduleId, run.nominalDay, run.firstDay, run.lastDay, run.dueAt, run.madeAt, run.outcome, run.issueId], run.movedBecause],
    );
    return added.length > 0;
  }

  /** The newest first. */
  runs(most: number): Promise<ReportRunRow[]> {
    return this.on.query(
      `SELECT r.schedule_id AS "scheduleId", s.name AS "scheduleName", r.nominal_day AS "nominalDay", r.first_day AS "firstDay",
         r.last_day AS "lastDay", r.due_at AS "dueAt", r.made_at AS "madeAt", r.outcome, r.issue_id AS "issueId",
         r.moved_because AS "movedBecause"
       FROM workflow.report_run r LEFT JOIN workflow.report_schedule s USING (schedule_id)
       ORDER BY r.made_at DESC, r.due_at DESC, r.schedule_id LIMIT $1`,
      [most],
    );
  }
}
