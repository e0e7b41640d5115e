import type { SourceCause, SourceUnseenV1 } from '@huiying/contracts';
import type { Queries } from '../database.js';

export interface UnseenRow {
  sourceId: string;
  from: Date;
  to: Date | null;
  cause: SourceCause;
}

/** The coverage record: spans in which sources were not seen. The weekly report reads it. */
export class SourceCoverage {
  constructor(private readonly on: Queries) {}

  /** A span is known by its source and its beginning; its end, once known, stays. */
  async put(events: readonly SourceUnseenV1[]): Promise<void> {
    for (const { data } of events) {
      await this.on.query(
        `INSERT INTO workflow.source_unseen AS u (source_id, from_at, to_at, cause) VALUES ($1, $2, $3, $4)
         ON CONFLICT (source_id, from_at) DO UPDATE SET to_at = COALESCE(u.to_at, excluded.to_at), cause = excluded.cause`,
        [data.sourceId, data.from, data.to, data.cause],
      );
    }
  }

  /** The spans that reach into the time between `from` and `to`, oldest first; of these sources, or of all. */
  between(from: Date, to: Date, sourceIds: readonly string[] | null = null): Promise<UnseenRow[]> {
    return this.on.query<UnseenRow>(
      `SELECT source_id AS "sourceId", from_at AS "from", to_at AS "to", cause FROM workflow.source_unseen
       WHERE from_at < $2 AND (to_at IS NULL OR to_at > $1) AND ($3::text[] IS NULL OR source_id = ANY($3)) ORDER BY from_at, source_id`,
      [from, to, sourceIds],
    );
  }
}
