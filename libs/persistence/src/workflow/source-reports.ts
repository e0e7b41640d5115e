import type { SourceReportedV1, SourceSetting } from '@huiying/contracts';
import type { Queries } from '../database.js';
import { Conditions, likePattern, readCursor, totalOf, writeCursor } from './conditions.js';
import type { RowPage } from './opinions.js';

export type SourceReport = SourceReportedV1['data'];

export interface ReportRow {
  occurredAt: Date;
  report: SourceReport;
}

export interface SourceFilter {
  q?: string | undefined;
  state?: readonly string[] | undefined;
  channel?: readonly string[] | undefined;
  kind?: readonly string[] | undefined;
}

export type StateCounts = Record<SourceReport['state'], number>;

const RANK = `array_position(ARRAY['failing', 'silent', 'ok', 'paused'], report->>'state')`;
const ROW = `occurred_at AS "occurredAt", report`;

/** What the collector last said of each source. */
export class SourceReports {
  constructor(private readonly on: Queries) {}

  /** Keeps the newest report of each source, and forgets those taken off the list. Returns what each said before, null for a new one. */
  async put(reports: readonly SourceReportedV1[]): Promise<Map<string, SourceReport | null>> {
    const newest = new Map(reports.map((report) => [report.data.sourceId, report]));
    const kept = [...newest.values()].filter(({ data }) => data.removed !== true);
    const rows = await this.on.query<{ id: string; before: SourceReport | null }>(
      `WITH old AS (SELECT source_id, report FROM workflow.source WHERE source_id = ANY($1))
       INSERT INTO workflow.source (source_id, occurred_at, report)
       SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::jsonb[]) AS n (source_id, occurred_at, report) ORDER BY source_id
       ON CONFLICT (source_id) DO UPDATE SET occurred_at = excluded.occurred_at, report = excluded.report
         WHERE excluded.occurred_at >= source.occurred_at
       RETURNING source_id AS id, (SELECT report FROM old WHERE old.source_id = source.source_id) AS before`,
      [kept.map((r) => r.data.sourceId), kept.map((r) => r.occurredAt), kept.map((r) => JSON.stringify(r.data))],
    );
    await this.remove(reports.filter(({ data }) => data.removed === true).map(({ data }) => data.sourceId));
    return new Map(rows.map((row) => [row.id, row.before]));
  }

  async remove(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.on.query(`DELETE FROM workflow.source WHERE source_id = ANY($1)`, [ids]);
  }

  /** Writes what will be said of a source as soon as the collector has done what was asked: so the console shows it at once. */
  async foresee(sourceId: string, change: Partial<SourceReport>, at: Date): Promise<void> {
    await this.on.query(
      `INSERT INTO workflow.source (source_id, occurred_at, report) VALUES ($1, $2, $3::jsonb || $4::jsonb)
       ON CONFLICT (source_id) DO UPDATE SET report = source.report || $4::jsonb`,
      [sourceId, at, JSON.stringify(NEVER_SEEN), JSON.stringify(change)],
    );
  }

  async find(id: string): Promise<ReportRow | null> {
    const [row] = await this.on.query<ReportRow>(`SELECT ${ROW} FROM workflow.source WHERE source_id = $1`, [id]);
    return row ?? null;
  }

  /** Locks the list for a change that depends on what is on it. */
  async lockList(): Promise<void> {
    await this.on.query(`SELECT pg_advisory_xact_lock(hashtext('huiying.sources'))`);
  }

  /** Every source's setting, as far as it is known. */
  async settings(): Promise<{ sourceId: string; url: string | null; setting: SourceSetting | null }[]> {
    return this.on.query(
      `SELECT source_id AS "sourceId", report->>'url' AS url, report->'setting' AS setting FROM workflow.source ORDER BY source_id`,
    );
  }

  /** Failing and silent sources first, then by name. @throws BadInput for a cursor that is none */
  async page(filter: SourceFilter, cursor: string | null, most: number): Promise<RowPage<ReportRow>> {
    const asked = new Conditions()
      .add(filter.q && likePattern(filter.q), (q) => `(report->>'name' ILIKE ${q} OR report->>'url' ILIKE ${q} OR source_id ILIKE ${q})`)
      .add(filter.state, (states) => `report->>'state' = ANY(${states})`)
      .add(filter.channel, (channels) => `report->>'channel' = ANY(${channels})`)
      .add(filter.kind, (kinds) => `report->>'kind' = ANY(${kinds})`);
    const [count] = await this.on.query<{ n: number }>(`SELECT count(*)::int AS n FROM workflow.source ${asked.where}`, asked.parameters);
    const from = asked.copy();
    const after = readCursor(cursor, 'integer', 'text', 'text');
    if (after !== null) {
      const [rank, name, id] = after.map((value) => from.parameter(value));
      from.always(`(${RANK}, report->>'name', source_id) > (${rank}::int, ${name}::text, ${id}::text)`);
    }
    const limit = from.parameter(most + 1);
    const rows = await this.on.query<ReportRow & { rank: number }>(
      `SELECT ${ROW}, ${RANK} AS rank FROM workflow.source ${from.where} ORDER BY ${RANK}, report->>'name', source_id LIMIT ${limit}`,
      from.parameters,
    );
    const items = rows.slice(0, most);
    const last = rows.length > most ? items.at(-1) : undefined;
    return { items, next: last ? writeCursor([last.rank, last.report.name, last.report.sourceId]) : null, total: totalOf(count!.n) };
  }

  /** Every source by name, for the filters of other lists. */
  names(): Promise<{ sourceId: string; name: string }[]> {
    return this.on.query(`SELECT source_id AS "sourceId", report->>'name' AS name FROM workflow.source ORDER BY 2`);
  }

  async counts(): Promise<StateCounts> {
    const rows = await this.on.query<{ state: SourceReport['state']; n: number }>(
      `SELECT report->>'state' AS state, count(*)::int AS n FROM workflow.source GROUP BY 1`,
    );
    return { ok: 0, failing: 0, silent: 0, paused: 0, ...Object.fromEntries(rows.map(({ state, n }) => [state, n])) };
  }

  /** Sources that staff were told of and that are not in order again. */
  async countAlarmed(): Promise<number> {
    const [row] = await this.on.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM workflow.source WHERE report->'alarm'->>'since' IS NOT NULL`,
    );
    return row!.n;
  }
}

const NEVER_SEEN: Omit<SourceReport, 'sourceId' | 'name' | 'kind' | 'channel' | 'url'> = {
  state: 'ok',
  lastPolledAt: null,
  lastSuccessAt: null,
  lastNewItemAt: null,
  nextPollAt: null,
  consecutiveFailures: 0,
  error: null,
  itemsTotal: 0,
  cause: null,
  alarm: null,
  expectedEverySeconds: null,
  arrivals: [],
};
