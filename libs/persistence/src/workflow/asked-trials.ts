import type { SourceTrialResult } from '@huiying/contracts';
import type { Queries } from '../database.js';

export interface AskedTrial {
  trialId: string;
  askedAt: Date;
  result: SourceTrialResult | null;
}

/** Trials of settings that staff asked for, and what came of them; kept for a day. */
export class AskedTrials {
  constructor(private readonly on: Queries) {}

  async ask(trialId: string, personId: string, at: Date): Promise<void> {
    await this.on.query(`DELETE FROM workflow.source_trial WHERE asked_at < $1::timestamptz - interval '1 day'`, [at]);
    await this.on.query(`INSERT INTO workflow.source_trial (trial_id, asked_at, person_id) VALUES ($1, $2, $3)`, [trialId, at, personId]);
  }

  async answer(trialId: string, result: SourceTrialResult): Promise<void> {
    await this.on.query(`UPDATE workflow.source_trial SET result = $2 WHERE trial_id = $1 AND result IS NULL`, [
      trialId,
      JSON.stringify(result),
    ]);
  }

  /** Of the one who asked. */
  async find(trialId: string, personId: string): Promise<AskedTrial | null> {
    const [row] = await this.on.query<AskedTrial>(
      `SELECT trial_id AS "trialId", asked_at AS "askedAt", result FROM workflow.source_trial WHERE trial_id = $1 AND person_id = $2`,
      [trialId, personId],
    );
    return row ?? null;
  }
}
