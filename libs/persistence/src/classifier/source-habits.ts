import { habitsBytes, habitsFrom, type SourceHabits } from '@huiying/text';
import type { Queries } from '../database.js';

/** What each source says time after time. Used under StoryTexts.waitForTurn, by one process at a time. */
export class SourceHabitBook {
  constructor(private readonly on: Queries) {}

  /** Of the sources that are known. */
  async of(sourceIds: readonly string[]): Promise<Map<string, SourceHabits>> {
    if (sourceIds.length === 0) return new Map();
    const rows = await this.on.query<{ sourceId: string; recent: Buffer }>(
      `SELECT source_id AS "sourceId", recent FROM classifier.source_habit WHERE source_id = ANY($1::text[])`,
      [sourceIds],
    );
    return new Map(rows.map(({ sourceId, recent }) => [sourceId, habitsFrom(recent)]));
  }

  async keep(habits: ReadonlyMap<string, SourceHabits>): Promise<void> {
    if (habits.size === 0) return;
    await this.on.query(
      `INSERT INTO classifier.source_habit (source_id, recent) SELECT * FROM unnest($1::text[], $2::bytea[])
       ON CONFLICT (source_id) DO UPDATE SET recent = excluded.recent`,
      [[...habits.keys()], [...habits.values()].map(habitsBytes)],
    );
  }
}
