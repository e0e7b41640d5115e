import type { Queries } from '../database.js';

/** Polls that brought something new, per hour. */
export interface RhythmRow {
  /** Hours since 1970 of the last count. */
  lastHour: number;
  /** Oldest first, at most four weeks. */
  counts: readonly number[];
}

/** When each source brings something, as far as it has been seen. */
export class SourceRhythms {
  constructor(private readonly on: Queries) {}

  async find(sourceId: string): Promise<RhythmRow | null> {
    const [row] = await this.on.query<RhythmRow>(
      `SELECT last_hour AS "lastHour", counts FROM collector.source_rhythm WHERE source_id = $1`,
      [sourceId],
    );
    return row ?? null;
  }

  async save(sourceId: string, { lastHour, counts }: RhythmRow): Promise<void> {
    await this.on.query(
      `INSERT INTO collector.source_rhythm (source_id, last_hour, counts) VALUES ($1, $2, $3)
       ON CONFLICT (source_id) DO UPDATE SET last_hour = excluded.last_hour, counts = excluded.counts`,
      [sourceId, lastHour, counts],
    );
  }
}
