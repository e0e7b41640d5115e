import type { SourceReportedV1 } from '@huiying/contracts';
import type { Queries } from '../database.js';

/** What the collector last said of each source. */
export class SourceReports {
  constructor(private readonly on: Queries) {}

  /** Keeps the newest report of each source. Returns the ids of sources whose state is another than before. */
  async put(reports: readonly SourceReportedV1[]): Promise<Set<string>> {
    const newest = new Map(reports.map((report) => [report.data.sourceId, report]));
    const rows = await this.on.query<{ id: string; changed: boolean }>(
      `WITH old AS (SELECT source_id, report->>'state' AS state FROM workflow.source WHERE source_id = ANY($1))
       INSERT INTO workflow.source (source_id, occurred_at, report)
       SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::jsonb[])
       ON CONFLICT (source_id) DO UPDATE SET occurred_at = excluded.occurred_at, report = excluded.report
         WHERE excluded.occurred_at >= source.occurred_at
       RETURNING source_id AS id, report->>'state' IS DISTINCT FROM (SELECT state FROM old WHERE old.source_id = source.source_id) AS changed`,
      [[...newest.keys()], [...newest.values()].map((r) => r.occurredAt), [...newest.values()].map((r) => JSON.stringify(r.data))],
    );
    return new Set(rows.filter((row) => row.changed).map((row) => row.id));
  }

  /** Failing and silent sources first. */
  async all(): Promise<SourceReportedV1['data'][]> {
    const rows = await this.on.query<{ report: SourceReportedV1['data'] }>(
      `SELECT report FROM workflow.source
       ORDER BY array_position(ARRAY['failing', 'silent', 'ok', 'paused'], report->>'state'), report->>'name'`,
    );
    return rows.map((row) => row.report);
  }
}
