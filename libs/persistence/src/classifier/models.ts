import type { Queries } from '../database.js';

/** Told to every classifier process when another version is used. */
export const MODEL_CHANNEL = 'huiying_model';

/** A version of the model without its bytes. */
export interface ModelRow {
  model: string;
  learnedAt: Date;
  dataFingerprint: string;
  lexicon: string;
  rows: number;
  corrections: number;
  figures: Record<string, unknown>;
}

/** What an officer said of one part of a judgement. */
export interface CorrectionRow {
  opinionId: string;
  aspect: string;
  was: string | null;
  now: string;
  title: string;
  text: string;
  judgedBy: string;
  by: string;
  at: Date;
}

const COLUMNS = `model, learned_at AS "learnedAt", data_fingerprint AS "dataFingerprint", lexicon, rows, corrections, figures`;
/** A learning that was begun so long ago was ended by a kill. */
const LOST_AFTER = '30 minutes';

/** The versions of the model, which one is used, and what waits to be learned. */
export class Models {
  constructor(private readonly on: Queries) {}

  /** Newest first. */
  async all(): Promise<ModelRow[]> {
    return this.on.query<ModelRow>(`SELECT ${COLUMNS} FROM classifier.model ORDER BY learned_at DESC, model`);
  }

  async find(model: string): Promise<ModelRow | null> {
    const [row] = await this.on.query<ModelRow>(`SELECT ${COLUMNS} FROM classifier.model WHERE model = $1`, [model]);
    return row ?? null;
  }

  /** The version in use; null for the lexicon alone. */
  async inUse(): Promise<string | null> {
    const [row] = await this.on.query<{ model: string | null }>(`SELECT model FROM classifier.model_use ORDER BY use_id DESC LIMIT 1`);
    return row?.model ?? null;
  }

  async bytes(model: string): Promise<Buffer | null> {
    const [row] = await this.on.query<{ bytes: Buffer }>(`SELECT bytes FROM classifier.model WHERE model = $1`, [model]);
    return row?.bytes ?? null;
  }

  /** The history of the version that was learned last, whichever is in use; null where none was. */
  async lastHistory(): Promise<Buffer | null> {
    const [row] = await this.on.query<{ history: Buffer }>(`SELECT history FROM classifier.model ORDER BY learned_at DESC LIMIT 1`);
    return row?.history ?? null;
  }

  /** The same rows learned again on the same day are the same version. */
  async add(row: ModelRow, bytes: Buffer, history: Buffer): Promise<void> {
    await this.on.query(
      `INSERT INTO classifier.model (model, learned_at, data_fingerprint, lexicon, rows, corrections, figures, bytes, history)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (model) DO UPDATE SET learned_at = excluded.learned_at, lexicon = excluded.lexicon, figures = excluded.figures, bytes = excluded.bytes`,
      [row.model, row.learnedAt, row.dataFingerprint, row.lexicon, row.rows, row.corrections, JSON.stringify(row.figures), bytes, history],
    );
  }

  async use(model: string | null, since: Date, by: string): Promise<void> {
    await this.on.query(`INSERT INTO classifier.model_use (model, since, used_by) VALUES ($1, $2, $3)`, [model, since, by]);
    this.on.tell(MODEL_CHANNEL, model ?? '');
  }

  async ask(eventId: string, at: Date, by: string): Promise<void> {
    await this.on.query(`INSERT INTO classifier.learning (event_id, asked_at, asked_by) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, [
      eventId,
      at,
      by,
    ]);
    this.on.tell(MODEL_CHANNEL, 'learn');
  }

  /** Takes what waits longest, for one process; also what a killed process left. */
  async beginNext(now: Date): Promise<{ eventId: string; by: string } | null> {
    const [row] = await this.on.query<{ eventId: string; by: string }>(
      `UPDATE classifier.learning SET begun_at = $1 WHERE event_id = (
         SELECT event_id FROM classifier.learning WHERE begun_at IS NULL OR begun_at < $1::timestamptz - interval '${LOST_AFTER}'
         ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING event_id AS "eventId", asked_by AS by`,
      [now],
    );
    return row ?? null;
  }

  async endLearning(eventId: string): Promise<void> {
    await this.on.query(`DELETE FROM classifier.learning WHERE event_id = $1`, [eventId]);
  }
}

/** What officers said of judgements: one word for each part of an opinion, the last. */
export class Corrections {
  constructor(private readonly on: Queries) {}

  async put(row: CorrectionRow): Promise<void> {
    await this.on.query(
      `INSERT INTO classifier.correction AS c (opinion_id, aspect, was, now, title, text, judged_by, said_by, said_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (opinion_id, aspect) DO UPDATE SET now = excluded.now, title = excluded.title, text = excluded.text,
         judged_by = excluded.judged_by, said_by = excluded.said_by, said_at = excluded.said_at WHERE excluded.said_at >= c.said_at`,
      [row.opinionId, row.aspect, row.was, row.now, row.title, row.text, row.judgedBy, row.by, row.at],
    );
  }

  async all(): Promise<CorrectionRow[]> {
    return this.on.query<CorrectionRow>(
      `SELECT opinion_id AS "opinionId", aspect, was, now, title, text, judged_by AS "judgedBy", said_by AS by, said_at AS at
       FROM classifier.correction ORDER BY opinion_id, aspect`,
    );
  }
}
