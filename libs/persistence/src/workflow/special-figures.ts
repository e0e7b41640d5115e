import type { Queries } from '../database.js';

/** The case of a special report (专报), as it stood at an instant. */
export interface SpecialCaseRow {
  caseId: string;
  caseNo: string;
  title: string;
  severity: string;
  leadDepartmentId: string | null;
  openedAt: Date;
  closedAt: Date | null;
  storyId: string;
  opinions: number;
  negative: number;
  sources: number;
  firstSeenAt: Date | null;
}

export interface VolumeRow {
  at: Date;
  posts: number;
  calls: number;
}

export interface SpreadRow {
  name: string;
  channel: string;
  opinions: number;
  negative: number;
  firstAt: Date;
}

export interface NodeRow {
  at: Date;
  text: string;
  actor: string;
}

export interface VoiceRow {
  opinionId: string;
  title: string;
  channel: string;
  sourceName: string;
  at: Date;
}

export interface WordRow {
  kind: string;
  note: string;
  url: string | null;
  at: Date;
}

export interface SpecialClockRow {
  ruleName: string;
  citation: string;
  departmentId: string | null;
  dueAt: Date;
  metAt: Date | null;
}

export interface SpecialTaskRow {
  departmentId: string;
  state: string;
  assignedAt: Date;
  acknowledgedAt: Date | null;
  repliedAt: Date | null;
}

const NEGATIVE = `(o.judgement->'sentiment'->>'label' = 'negative')`;

/** What a report on one case counts, of its story and its work up to an instant. */
export class SpecialFigures {
  constructor(
    private readonly on: Queries,
    private readonly caseId: string,
    private readonly asOf: Date,
  ) {}

  async case(): Promise<SpecialCaseRow | null> {
    const [row] = await this.on.query<SpecialCaseRow>(
      `SELECT c.case_id AS "caseId", c.case_no AS "caseNo", c.title, c.severity, c.lead_department_id AS "leadDepartmentId",
         c.opened_at AS "openedAt", CASE WHEN c.closed_at < $2 THEN c.closed_at END AS "closedAt", c.story_id AS "storyId", s.*
       FROM workflow.case_file c CROSS JOIN LATERAL (
         SELECT count(*)::int AS opinions, (count(*) FILTER (WHERE ${NEGATIVE}))::int AS negative, count(DISTINCT source_id)::int AS sources,
           min(COALESCE(published_at, captured_at)) AS "firstSeenAt"
         FROM workflow.opinion o WHERE o.story_id = c.story_id AND o.captured_at < $2) s
       WHERE c.case_id = $1`,
      [this.caseId, this.asOf],
    );
    return row ?? null;
  }

  /** By hour or day of China, from the first to the last, none left out. */
  volume(step: 'hour' | 'day'): Promise<VolumeRow[]> {
    return this.on.query(
      `WITH seen AS (
         SELECT date_trunc('${step}', o.captured_at, 'Asia/Shanghai') AS at, o.channel = 'hotline' AS is_call ${this.ofStory})
       SELECT t.at, (count(seen.at) FILTER (WHERE NOT is_call))::int AS posts, (count(seen.at) FILTER (WHERE is_call))::int AS calls
       FROM (SELECT generate_series(min(at), max(at), interval '1 ${step}') AS at FROM seen) t LEFT JOIN seen USING (at) GROUP BY 1 ORDER BY 1`,
      [this.caseId, this.asOf],
    );
  }

  /** By channel or source, the loudest first. */
  spread(by: 'channel' | 'source_name', most: number): Promise<SpreadRow[]> {
    return this.on.query(
      `SELECT o.${by} AS name, min(o.channel) AS channel, count(*)::int AS opinions, (count(*) FILTER (WHERE ${NEGATIVE}))::int AS negative,
         min(COALESCE(o.published_at, o.captured_at)) AS "firstAt" ${this.ofStory} GROUP BY 1 ORDER BY 3 DESC, 5, 1 LIMIT $3`,
      [this.caseId, this.asOf, most],
    );
  }

  /** The first of each source: whom others might have it from. */
  voices(channels: readonly string[], most: number): Promise<VoiceRow[]> {
    return this.on.query(
      `SELECT * FROM (
         SELECT DISTINCT ON (o.source_id) o.opinion_id AS "opinionId", o.title, o.channel, o.source_name AS "sourceName",
           COALESCE(o.published_at, o.captured_at) AS at ${this.ofStory} AND o.channel = ANY($3)
         ORDER BY o.source_id, COALESCE(o.published_at, o.captured_at), o.opinion_id) first ORDER BY at, "opinionId" LIMIT $4`,
      [this.caseId, this.asOf, channels, most],
    );
  }

  /** What happened to the case, without who was told of it. */
  nodes(most: number): Promise<NodeRow[]> {
    return this.on.query(
      `SELECT at, text, actor FROM workflow.timeline WHERE case_id = $1 AND at < $2 AND kind NOT LIKE 'notice.%' AND kind NOT LIKE 'deadline.%'
       ORDER BY at, entry_id LIMIT $3`,
      [this.caseId, this.asOf, most],
    );
  }

  /** What was said in public: proofs of publication. */
  words(): Promise<WordRow[]> {
    return this.on.query(
      `SELECT kind, note, url, published_at AS at FROM workflow.evidence WHERE case_id = $1 AND published_at < $2 ORDER BY published_at, evidence_id`,
      [this.caseId, this.asOf],
    );
  }

  clocks(): Promise<SpecialClockRow[]> {
    return this.on.query(
      `SELECT rule->>'name' AS "ruleName", rule->>'document' AS citation, department_id AS "departmentId", due_at AS "dueAt",
         CASE WHEN met_at < $2 THEN met_at END AS "metAt"
       FROM workflow.deadline WHERE case_id = $1 AND start_at < $2 AND (cancelled_at IS NULL OR cancelled_at >= $2)
         AND rule->>'milestone' NOT IN ('reminder', 'window')
       ORDER BY due_at, deadline_id`,
      [this.caseId, this.asOf],
    );
  }

  tasks(): Promise<SpecialTaskRow[]> {
    return this.on.query(
      `SELECT department_id AS "departmentId", state, assigned_at AS "assignedAt",
         CASE WHEN acknowledged_at < $2 THEN acknowledged_at END AS "acknowledgedAt", CASE WHEN replied_at < $2 THEN replied_at END AS "repliedAt"
       FROM workflow.task WHERE case_id = $1 AND assigned_at < $2 ORDER BY assigned_at, task_id`,
      [this.caseId, this.asOf],
    );
  }

  private readonly ofStory = `FROM workflow.opinion o JOIN workflow.case_file c ON c.story_id = o.story_id
    WHERE c.case_id = $1 AND o.captured_at < $2`;
}
