import type { SourceSetting } from '@huiying/contracts';
import type { Queries } from '../database.js';

export interface TrialRow {
  trialId: string;
  setting: SourceSetting;
}

/** Settings that somebody wants tried out before they are kept. */
export class SourceTrials {
  constructor(private readonly on: Queries) {}

  async ask(trialId: string, setting: SourceSetting, at: Date): Promise<void> {
    await this.on.query(`INSERT INTO collector.source_trial (trial_id, asked_at, setting) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, [
      trialId,
      at,
      JSON.stringify(setting),
    ]);
  }

  /** Takes the trial that has waited longest, for this process until `until`; one that a killed process held is free again then. */
  async take(now: Date, until: Date): Promise<TrialRow | null> {
    const [row] = await this.on.query<TrialRow>(
      `UPDATE collector.source_trial SET taken_until = $2 WHERE trial_id = (
         SELECT trial_id FROM collector.source_trial WHERE taken_until IS NULL OR taken_until <= $1
         ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING trial_id AS "trialId", setting`,
      [now, until],
    );
    return row ?? null;
  }

  /** True where it was still there: the answer is told by the caller in the same transaction, once. */
  async close(trialId: string): Promise<boolean> {
    const rows = await this.on.query(`DELETE FROM collector.source_trial WHERE trial_id = $1 RETURNING 1`, [trialId]);
    return rows.length > 0;
  }
}
