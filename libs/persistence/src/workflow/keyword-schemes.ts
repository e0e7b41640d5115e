import type { Queries } from '../database.js';

export interface SchemeRow {
  id: string;
  name: string;
  text: string;
  effect: 'mark' | 'alert';
  state: 'active' | 'paused' | 'deleted';
  revision: number;
  trial: { opinions: number; matched: number; alerts: number };
  changedAt: Date;
  changedBy: string;
}

export interface SchemeRevisionRow {
  revision: number;
  name: string;
  text: string;
  effect: 'mark' | 'alert';
  state: string;
  reason: string;
  changedAt: Date;
  changedBy: string;
}

/** What a trial looks at of one opinion. */
export interface TriedRow {
  id: string;
  title: string;
  text: string;
  sourceName: string;
  capturedAt: Date;
  storyId: string;
  flagged: boolean;
  jurisdiction: string;
  alerted: boolean;
}

const COLUMNS = `scheme_id AS id, name, text, effect, state, revision, trial, changed_at AS "changedAt", changed_by AS "changedBy"`;

/** Staff's keyword schemes (方案) and their history. */
export class KeywordSchemes {
  constructor(private readonly on: Queries) {}

  all(): Promise<SchemeRow[]> {
    return this.on.query<SchemeRow>(`SELECT ${COLUMNS} FROM workflow.keyword_scheme WHERE state <> 'deleted' ORDER BY state, name`);
  }

  async find(id: string): Promise<SchemeRow | null> {
    const [row] = await this.on.query<SchemeRow>(`SELECT ${COLUMNS} FROM workflow.keyword_scheme WHERE scheme_id = $1`, [id]);
    return row ?? null;
  }

  /** One writer at a time until the transaction ends. */
  async lock(id: string): Promise<SchemeRow | null> {
    const [row] = await this.on.query<SchemeRow>(`SELECT ${COLUMNS} FROM workflow.keyword_scheme WHERE scheme_id = $1 FOR UPDATE`, [id]);
    return row ?? null;
  }

  /** @returns false where another scheme has the name */
  async save(row: SchemeRow, reason: string): Promise<boolean> {
    const taken = await this.on.query(
      `SELECT 1 FROM workflow.keyword_scheme WHERE name = $1 AND scheme_id <> $2 AND state <> 'deleted' AND $3 <> 'deleted'`,
      [row.name, row.id, row.state],
    );
    if (taken.length > 0) return false;
    const { id, name, text, effect, state, revision, trial, changedAt, changedBy } = row;
    await this.on.query(
      `INSERT INTO workflow.keyword_scheme (scheme_id, name, text, effect, state, revision, trial, changed_at, changed_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (scheme_id) DO UPDATE SET name = excluded.name, text = excluded.text, effect = excluded.effect, state = excluded.state,
         revision = excluded.revision, trial = excluded.trial, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
      [id, name, text, effect, state, revision, JSON.stringify(trial), changedAt, changedBy],
    );
    await this.on.query(
      `INSERT INTO workflow.keyword_scheme_revision (scheme_id, revision, name, text, effect, state, reason, changed_at, changed_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, revision, name, text, effect, state, reason, changedAt, changedBy],
    );
    return true;
  }

  revisions(id: string): Promise<SchemeRevisionRow[]> {
    return this.on.query<SchemeRevisionRow>(
      `SELECT revision, name, text, effect, state, reason, changed_at AS "changedAt", changed_by AS "changedBy"
       FROM workflow.keyword_scheme_revision WHERE scheme_id = $1 ORDER BY revision DESC`,
      [id],
    );
  }

  /** How many opinions of each scheme were judged since an instant, by scheme id. */
  async matchedSince(from: Date): Promise<Map<string, number>> {
    const rows = await this.on.query<{ id: string; n: number }>(
      `SELECT s->>'schemeId' AS id, count(*)::int AS n FROM workflow.opinion o, jsonb_array_elements(o.judgement->'schemes') s
       WHERE o.captured_at >= $1 AND jsonb_typeof(o.judgement->'schemes') = 'array' AND o.judgement->'schemes' <> '[]' GROUP BY 1`,
      [from],
    );
    return new Map(rows.map((row) => [row.id, row.n]));
  }

  /** Opinions captured in [from, to), newest first, after the one given: a page of a trial. */
  tried(from: Date, to: Date, after: { capturedAt: Date; id: string } | null, most: number): Promise<TriedRow[]> {
    return this.on.query<TriedRow>(
      `SELECT o.opinion_id AS id, o.title, left(o.text, 6000) AS text, o.source_name AS "sourceName", o.captured_at AS "capturedAt",
         o.story_id AS "storyId", o.flagged, o.judgement->'jurisdiction'->>'verdict' AS jurisdiction,
         EXISTS (SELECT 1 FROM workflow.alert a WHERE a.story_id = o.story_id) AS alerted
       FROM workflow.opinion o
       WHERE o.captured_at >= $1 AND o.captured_at < $2 AND ($3::timestamptz IS NULL OR (o.captured_at, o.opinion_id) < ($3::timestamptz, $4::uuid))
       ORDER BY o.captured_at DESC, o.opinion_id DESC LIMIT $5`,
      [from, to, after?.capturedAt ?? null, after?.id ?? null, most],
    );
  }
}
