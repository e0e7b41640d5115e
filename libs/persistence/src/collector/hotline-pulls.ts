import type { Queries } from '../database.js';

/** How far a pull has come; its parts mean what `PullState` says. */
export interface PullProgress {
  cursor: string | null;
  through: Date | null;
  windowTo: Date | null;
  page: number;
}

/** How far the interfaces of hotlines were read. */
export class HotlinePulls {
  constructor(private readonly on: Queries) {}

  async find(sourceId: string): Promise<PullProgress | null> {
    const [row] = await this.on.query<PullProgress>(
      `SELECT cursor, through, window_to AS "windowTo", page FROM collector.hotline_pull WHERE source_id = $1`,
      [sourceId],
    );
    return row ?? null;
  }

  /** Moves a pull on; false where somebody else holds it by now. */
  async save(sourceId: string, lease: string, { cursor, through, windowTo, page }: PullProgress): Promise<boolean> {
    const saved = await this.on.query(
      `INSERT INTO collector.hotline_pull (source_id, cursor, through, window_to, page)
       SELECT id, $3, $4, $5, $6 FROM collector.source WHERE id = $1 AND lease = $2
       ON CONFLICT (source_id) DO UPDATE
         SET cursor = excluded.cursor, through = excluded.through, window_to = excluded.window_to, page = excluded.page
       RETURNING 1`,
      [sourceId, lease, cursor, through, windowTo, page],
    );
    return saved.length > 0;
  }
}
