import type { Queries } from '../database.js';
import type { DeadlineRow } from './deadline-rows.js';
import { Deadlines } from './deadlines.js';

/** The steps of clocks that have come due: taken by one process, fired, and out of the way. */
export class DueSteps {
  constructor(private readonly on: Queries) {}

  /**
   * Takes clocks whose next step is due, the longest waiting first, locked until the transaction ends. What another process
   * has is skipped; what it has just committed is seen as it now stands, so no step is taken twice.
   */
  async claim(now: Date, most: number): Promise<DeadlineRow[]> {
    const claimed = await this.on.query<{ id: string }>(
      `SELECT deadline_id AS id FROM workflow.deadline WHERE next_step_at <= $1
       ORDER BY next_step_at, deadline_id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED`,
      [now, most],
    );
    if (claimed.length === 0) return [];
    const ids = claimed.map((row) => row.id);
    const rows = await new Deadlines(this.on).ofIds(ids);
    const order = new Map(ids.map((id, i) => [id, i]));
    return rows.sort((a, b) => order.get(a.deadline.id)! - order.get(b.deadline.id)!);
  }

  /** When the next step of any clock is due. */
  async nextAt(): Promise<Date | null> {
    const [row] = await this.on.query<{ at: Date | null }>(
      `SELECT min(next_step_at) AS at FROM workflow.deadline WHERE next_step_at IS NOT NULL`,
    );
    return row!.at;
  }

  async markFired(steps: readonly { id: string; percent: number; at: Date; nextStepAt: Date | null }[]): Promise<void> {
    await this.on.query(
      `UPDATE workflow.deadline_step s SET fired_at = t.at FROM unnest($1::uuid[], $2::real[], $3::timestamptz[]) AS t(id, percent, at)
       WHERE s.deadline_id = t.id AND s.percent = t.percent AND s.fired_at IS NULL`,
      [steps.map((s) => s.id), steps.map((s) => s.percent), steps.map((s) => s.at)],
    );
    await this.on.query(
      `UPDATE workflow.deadline d SET next_step_at = t.at FROM unnest($1::uuid[], $2::timestamptz[]) AS t(id, at) WHERE d.deadline_id = t.id`,
      [steps.map((s) => s.id), steps.map((s) => s.nextStepAt)],
    );
  }
}
