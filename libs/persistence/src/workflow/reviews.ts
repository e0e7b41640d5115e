import type { ModelReportedV1 } from '@huiying/contracts';
import type { Queries } from '../database.js';

export interface ReviewRow {
  opinionId: string;
  aspect: string;
  was: string | null;
  now: string;
  judgedBy: string;
  by: string;
  at: Date;
  reason: string | null;
}

/** How often officers found a part of the judgement right, in one week of Beijing. */
export interface WeekRow {
  /** Its Monday, YYYY-MM-DD. */
  week: string;
  aspect: string;
  reviewed: number;
  correct: number;
}

/** What officers said of judgements, and what the classifier said of its models. */
export class Reviews {
  constructor(private readonly on: Queries) {}

  /** The last word on a part of an opinion counts; what the machine had said stays what it said first. */
  async put(row: ReviewRow): Promise<void> {
    await this.on.write(
      `INSERT INTO workflow.review (opinion_id, aspect, was, now, judged_by, said_by, said_at, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (opinion_id, aspect) DO UPDATE SET now = excluded.now, said_by = excluded.said_by, said_at = excluded.said_at, reason = excluded.reason`,
      [row.opinionId, row.aspect, row.was, row.now, row.judgedBy, row.by, row.at, row.reason],
    );
  }

  async ofOpinion(opinionId: string): Promise<ReviewRow[]> {
    return this.on.query<ReviewRow>(
      `SELECT opinion_id AS "opinionId", aspect, was, now, judged_by AS "judgedBy", said_by AS by, said_at AS at, reason
       FROM workflow.review WHERE opinion_id = $1 ORDER BY aspect`,
      [opinionId],
    );
  }

  /** Oldest first. */
  async weeks(since: Date): Promise<WeekRow[]> {
    return this.on.query<WeekRow>(
      `SELECT to_char(date_trunc('week', said_at AT TIME ZONE 'Asia/Shanghai'), 'YYYY-MM-DD') AS week, aspect,
         count(*)::int AS reviewed, (count(*) FILTER (WHERE was = now))::int AS correct
       FROM workflow.review WHERE said_at >= $1 GROUP BY 1, 2 ORDER BY 1, 2`,
      [since],
    );
  }

  /** What was said and what was right, most often first. */
  async confusion(aspect: string, since: Date): Promise<{ was: string | null; now: string; count: number }[]> {
    return this.on.query(
      `SELECT was, now, count(*)::int AS count FROM workflow.review WHERE aspect = $1 AND said_at >= $2
       GROUP BY was, now ORDER BY count DESC, was, now LIMIT 400`,
      [aspect, since],
    );
  }

  /** Corrections said since the model in use was learned: what the next learning will add. */
  async since(at: Date): Promise<number> {
    const [row] = await this.on.query<{ count: number }>(`SELECT count(*)::int AS count FROM workflow.review WHERE said_at > $1`, [at]);
    return row!.count;
  }

  async report({ id, occurredAt, data }: ModelReportedV1): Promise<void> {
    if (data.state === 'learned') {
      await this.on.query(
        `INSERT INTO workflow.model (model, learned_at, data_fingerprint, rows, corrections, figures) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (model) DO UPDATE SET learned_at = excluded.learned_at, figures = excluded.figures, corrections = excluded.corrections`,
        [data.model, data.learnedAt, data.dataFingerprint, data.rows, data.corrections, JSON.stringify(data.figures)],
      );
    }
    await this.on.query(
      `INSERT INTO workflow.model_report (occurred_at, event_id, model, state, said, said_by) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [occurredAt, id, data.model, data.state, data.said, data.by],
    );
    if (data.state !== 'used') await this.on.query(`DELETE FROM workflow.learning_asked WHERE asked_at <= $1`, [occurredAt]);
  }

  async models(): Promise<
    {
      model: string;
      learnedAt: Date;
      dataFingerprint: string;
      rows: number;
      corrections: number;
      figures: ModelReportedV1['data']['figures'];
    }[]
  > {
    return this.on.query(
      `SELECT model, learned_at AS "learnedAt", data_fingerprint AS "dataFingerprint", rows, corrections, figures FROM workflow.model ORDER BY learned_at DESC LIMIT 50`,
    );
  }

  /** The last things told of models, newest first. */
  async reports(most: number): Promise<{ at: Date; model: string | null; state: string; said: string; by: string }[]> {
    return this.on.query(
      `SELECT occurred_at AS at, model, state, said, said_by AS by FROM workflow.model_report ORDER BY occurred_at DESC LIMIT $1`,
      [most],
    );
  }

  async askLearning(eventId: string, at: Date, by: string): Promise<void> {
    await this.on.query(`INSERT INTO workflow.learning_asked (event_id, asked_at, asked_by) VALUES ($1, $2, $3)`, [eventId, at, by]);
  }

  async learningAsked(): Promise<{ at: Date; by: string } | null> {
    const [row] = await this.on.query<{ at: Date; by: string }>(
      `SELECT asked_at AS at, asked_by AS by FROM workflow.learning_asked ORDER BY asked_at LIMIT 1`,
    );
    return row ?? null;
  }
}
