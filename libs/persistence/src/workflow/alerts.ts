import type { Judgement } from '@huiying/contracts';
import type { AlertState, SeverityLevel } from '@huiying/domain';
import type { Queries } from '../database.js';
import { COUNTED_AT_MOST, Conditions, likePattern, readCursor, totalOf, writeCursor } from './conditions.js';
import type { RowPage } from './opinions.js';

export interface AlertDepartment {
  departmentId: string;
  name: string;
  role: 'lead' | 'co';
}

/** An alert as it is raised. */
export interface NewAlert {
  id: string;
  storyId: string;
  opinionId: string;
  title: string;
  summary: string;
  suggestedSeverity: SeverityLevel;
  topicCode: string | null;
  topicName: string | null;
  departments: AlertDepartment[];
  places: string[];
  reason: string;
  raisedAt: Date;
  /** When the opinion that raised it was seen: its story may have run for months before. */
  firstSeenAt: Date;
  prospectiveDueAt: Date | null;
}

/** An alert as it stands; it was first seen when the first of those that were merged into it was. */
export interface AlertRow extends NewAlert {
  state: AlertState;
  severity: SeverityLevel | null;
  keyCategory: string | null;
  /** As judged in the opinion that raised it. */
  suggestedKeyCategory: Judgement['publicOpinion']['keyCategory'];
  seenBy: string | null;
  seenAt: Date | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  decisionReason: string | null;
  caseId: string | null;
  /** Of its story, as it stands now. */
  opinionCount: number;
  hotlineCount: number;
  sourceCount: number;
  lastSeenAt: Date;
}

/** What is changed when somebody acts on an alert. */
export type AlertChange = Partial<
  Pick<
    AlertRow,
    | 'state'
    | 'severity'
    | 'keyCategory'
    | 'seenBy'
    | 'seenAt'
    | 'decidedBy'
    | 'decidedAt'
    | 'decisionReason'
    | 'caseId'
    | 'suggestedSeverity'
    | 'prospectiveDueAt'
  >
>;

export interface AlertFilter {
  state?: string[];
  severity?: string[];
  q?: string;
  /** Raised from, and before. */
  from?: Date;
  to?: Date;
  sort: 'newest' | 'severity';
}

const COLUMNS = `a.alert_id AS id, a.story_id AS "storyId", a.opinion_id AS "opinionId", a.state, a.title, a.summary,
  a.suggested_severity AS "suggestedSeverity", a.severity, a.key_category AS "keyCategory", a.topic_code AS "topicCode",
  a.topic_name AS "topicName", a.departments, a.places, a.reason, a.raised_at AS "raisedAt", a.prospective_due_at AS "prospectiveDueAt",
  a.seen_by AS "seenBy", a.seen_at AS "seenAt", a.decided_by AS "decidedBy", a.decided_at AS "decidedAt",
  (SELECT o.judgement #>> '{publicOpinion,keyCategory}' FROM workflow.opinion o WHERE o.opinion_id = a.opinion_id) AS "suggestedKeyCategory",
  a.decision_reason AS "decisionReason", a.case_id AS "caseId", s.opinion_count AS "opinionCount", s.hotline_count AS "hotlineCount",
  (SELECT min(m.detected_at) FROM workflow.alert m WHERE m.alert_id = a.alert_id OR m.merged_into = a.alert_id) AS "firstSeenAt",
  cardinality(s.sources) AS "sourceCount", s.last_seen_at AS "lastSeenAt"`;
const FROM = `workflow.alert a JOIN workflow.story s ON s.story_id = a.story_id`;
/** I before II before III before IV: what the officer confirmed, else what was suggested. */
const GRAVITY = `(4 - array_position(ARRAY['I', 'II', 'III', 'IV'], COALESCE(a.severity, a.suggested_severity)))`;

const GRAVER = `(ARRAY['I', 'II', 'III', 'IV'])[LEAST(array_position(ARRAY['I', 'II', 'III', 'IV'], a.severity),
  array_position(ARRAY['I', 'II', 'III', 'IV'], a.suggested_severity))]`;

const CHANGEABLE: Record<keyof AlertChange, string> = {
  state: 'state',
  severity: 'severity',
  keyCategory: 'key_category',
  seenBy: 'seen_by',
  seenAt: 'seen_at',
  decidedBy: 'decided_by',
  decidedAt: 'decided_at',
  decisionReason: 'decision_reason',
  caseId: 'case_id',
  suggestedSeverity: 'suggested_severity',
  prospectiveDueAt: 'prospective_due_at',
};

export class Alerts {
  constructor(private readonly on: Queries) {}

  /** Alerts of stories that the caller has locked, latest first. The severity is the graver of what was suggested and confirmed. */
  ofStories(
    storyIds: readonly string[],
  ): Promise<
    { id: string; storyId: string; state: AlertState; suggestedSeverity: SeverityLevel; caseId: string | null; firstSeenAt: Date }[]
  > {
    return this.on.query(
      `SELECT alert_id AS id, story_id AS "storyId", state, ${GRAVER} AS "suggestedSeverity", case_id AS "caseId",
         detected_at AS "firstSeenAt"
       FROM workflow.alert a WHERE story_id = ANY($1) ORDER BY raised_at DESC`,
      [storyIds],
    );
  }

  /** Raises alerts. Returns the ids raised: where a story has a living alert, none is. */
  async raise(alerts: readonly NewAlert[]): Promise<Set<string>> {
    const rows = await this.on.query<{ id: string }>(
      `INSERT INTO workflow.alert (alert_id, story_id, opinion_id, state, title, summary, suggested_severity, topic_code, topic_name,
         departments, places, reason, raised_at, detected_at, prospective_due_at)
       SELECT id, story, opinion, 'open', title, summary, severity, topic, topic_name, departments, string_to_array(places, chr(31)),
         reason, raised_at, detected_at, due_at
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::jsonb[],
         $10::text[], $11::text[], $12::timestamptz[], $13::timestamptz[], $14::timestamptz[])
         AS t(id, story, opinion, title, summary, severity, topic, topic_name, departments, places, reason, raised_at, detected_at, due_at)
       ON CONFLICT DO NOTHING RETURNING alert_id AS id`,
      [
        alerts.map((a) => a.id),
        alerts.map((a) => a.storyId),
        alerts.map((a) => a.opinionId),
        alerts.map((a) => a.title),
        alerts.map((a) => a.summary),
        alerts.map((a) => a.suggestedSeverity),
        alerts.map((a) => a.topicCode),
        alerts.map((a) => a.topicName),
        alerts.map((a) => JSON.stringify(a.departments)),
        alerts.map((a) => a.places.join('\u001f')),
        alerts.map((a) => a.reason),
        alerts.map((a) => a.raisedAt),
        alerts.map((a) => a.firstSeenAt),
        alerts.map((a) => a.prospectiveDueAt),
      ],
    );
    return new Set(rows.map((row) => row.id));
  }

  async find(id: string): Promise<AlertRow | null> {
    const [row] = await this.on.query<AlertRow>(`SELECT ${COLUMNS} FROM ${FROM} WHERE a.alert_id = $1`, [id]);
    return row ?? null;
  }

  /** As find; the alert is locked until the transaction ends, so that of two people one acts first. */
  async lock(id: string): Promise<AlertRow | null> {
    const [row] = await this.on.prepared<AlertRow>(`SELECT ${COLUMNS} FROM ${FROM} WHERE a.alert_id = $1 FOR NO KEY UPDATE OF a`, [id]);
    return row ?? null;
  }

  async change(id: string, change: AlertChange): Promise<void> {
    const keys = Object.keys(change) as (keyof AlertChange)[];
    const set = keys.map((key, i) => `${CHANGEABLE[key]} = $${i + 2}`).join(', ');
    await this.on.write(`UPDATE workflow.alert SET ${set} WHERE alert_id = $1`, [id, ...keys.map((key) => change[key])]);
  }

  /** 已并案: from now on the other stands for it. */
  async mergeInto(id: string, other: string): Promise<void> {
    await this.on.query(`UPDATE workflow.alert SET state = 'merged', merged_into = $2 WHERE alert_id = $1`, [id, other]);
  }

  /** The alerts of a story that goes into another go with it; those that were merged stay behind, so that an undoing finds them. */
  async follow(from: string, to: string): Promise<void> {
    await this.on.query(`UPDATE workflow.alert SET story_id = $2 WHERE story_id = $1 AND state <> 'merged'`, [from, to]);
  }

  /** Stories were taken apart: each alert goes with the opinion that raised it, and one that was merged lives again where it is alone. */
  async returnToOpinions(storyIds: readonly string[]): Promise<void> {
    await this.on.query(
      `UPDATE workflow.alert a SET story_id = o.story_id FROM workflow.opinion o
       WHERE o.opinion_id = a.opinion_id AND a.story_id = ANY($1::uuid[]) AND o.story_id <> a.story_id`,
      [storyIds],
    );
    await this.on.query(
      `UPDATE workflow.alert a SET state = CASE WHEN a.case_id IS NULL THEN 'seen' ELSE 'confirmed' END, merged_into = NULL
       WHERE a.story_id = ANY($1::uuid[]) AND a.state = 'merged'
         AND NOT EXISTS (SELECT FROM workflow.alert l WHERE l.story_id = a.story_id AND l.state NOT IN ('false-alarm', 'merged'))
         AND a.alert_id = (SELECT alert_id FROM workflow.alert m WHERE m.story_id = a.story_id AND m.state = 'merged' ORDER BY raised_at DESC LIMIT 1)`,
      [storyIds],
    );
    await this.on.query(
      `UPDATE workflow.case_file c SET story_id = a.story_id FROM workflow.alert a WHERE a.case_id = c.case_id AND a.story_id = ANY($1::uuid[])`,
      [storyIds],
    );
  }

  async page(filter: AlertFilter, cursor: string | null, most: number): Promise<RowPage<AlertRow>> {
    const conditions = new Conditions()
      .add(filter.state, (p) => `a.state = ANY(${p}::text[])`)
      .add(filter.severity, (p) => `COALESCE(a.severity, a.suggested_severity) = ANY(${p}::text[])`)
      .add(filter.from, (p) => `a.raised_at >= ${p}::timestamptz`)
      .add(filter.to, (p) => `a.raised_at < ${p}::timestamptz`)
      .add(filter.q ? likePattern(filter.q) : null, (p) => `(a.title ILIKE ${p} OR a.summary ILIKE ${p})`);
    const total = await this.count(conditions);
    const gravity = filter.sort === 'severity' ? GRAVITY : '0::int';
    const after = readCursor(cursor, 'integer', 'instant', 'uuid');
    if (after) {
      const [grave, at, id] = after.map((value) => conditions.parameter(value));
      conditions.always(`(${gravity}, a.raised_at, a.alert_id) < (${grave}::int, ${at}::timestamptz, ${id}::uuid)`);
    }
    const rows = await this.on.query<AlertRow & { gravity: number }>(
      `SELECT ${COLUMNS}, ${gravity} AS gravity FROM ${FROM} ${conditions.where}
       ORDER BY ${gravity} DESC, a.raised_at DESC, a.alert_id DESC LIMIT ${most + 1}`,
      conditions.parameters,
    );
    const items = rows.slice(0, most);
    const last = items[items.length - 1];
    const next = rows.length > most && last ? writeCursor([last.gravity, last.raisedAt.toISOString(), last.id]) : null;
    return { items, next, total };
  }

  async countUndecided(): Promise<number> {
    const [row] = await this.on.query<{ n: number }>(`SELECT count(*)::int AS n FROM workflow.alert WHERE state IN ('open', 'seen')`);
    return row!.n;
  }

  async countRaisedSince(from: Date): Promise<number> {
    const [row] = await this.on.query<{ n: number }>(`SELECT count(*)::int AS n FROM workflow.alert WHERE raised_at >= $1`, [from]);
    return row!.n;
  }

  private async count(conditions: Conditions): Promise<number | null> {
    const [row] = await this.on.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM (SELECT 1 FROM workflow.alert a ${conditions.where} LIMIT ${COUNTED_AT_MOST + 1}) t`,
      conditions.parameters,
    );
    return totalOf(row!.n);
  }
}
