import type { Judgement, OpinionClassifiedV1 } from '@huiying/contracts';
import type { Queries } from '../database.js';
import { COUNTED_AT_MOST, Conditions, readCursor, totalOf, writeCursor } from './conditions.js';
import { searchQuery, searchWords, type SearchQuery } from './search-words.js';

export interface JudgedOpinion {
  /** Its story is the one that stands for it now. */
  event: OpinionClassifiedV1;
  /** The story that it was classified into, where that has since gone into another. */
  partId: string | null;
  alertOutcome: string;
  alertReason: string;
}

/** One line of the opinion list. */
export interface OpinionRow {
  id: string;
  title: string;
  text: string;
  sourceId: string;
  sourceName: string;
  channel: string;
  url: string | null;
  publishedAt: Date | null;
  capturedAt: Date;
  flagged: boolean;
  severity: string;
  topicCode: string | null;
  topicName: string | null;
  leadDepartmentId: string | null;
  leadDepartmentName: string | null;
  storyId: string;
  storySize: number;
  alertId: string | null;
  caseId: string | null;
  relation: string;
}

export interface OpinionDetailRow extends OpinionRow {
  author: string | null;
  sha256: string;
  revision: number;
  orderNo: string | null;
  judgement: Judgement;
  similarity: number;
  alertOutcome: 'raised' | 'joined' | 'none';
  alertReason: string;
}

export interface OpinionOfConcern {
  opinionId: string;
  /** The opinion.classified that brought it. */
  eventId: string;
  title: string;
  text: string;
  capturedAt: Date;
  judgement: Judgement;
  story: { opinions: number; hotlineOrders: number };
}

export interface OpinionFilter {
  q?: string;
  channel?: string[];
  topic?: string[];
  department?: string[];
  severity?: string[];
  flagged?: boolean;
  source?: string[];
  from?: Date;
  /** Exclusive. */
  to?: Date;
  sort: 'newest' | 'relevance';
}

export interface RowPage<T> {
  items: T[];
  next: string | null;
  total: number | null;
}

const COLUMNS = `o.opinion_id AS id, o.title, o.text, o.source_id AS "sourceId", o.source_name AS "sourceName", o.channel, o.url,
  o.published_at AS "publishedAt", o.captured_at AS "capturedAt", o.flagged, o.severity, o.topic_code AS "topicCode",
  o.topic_name AS "topicName", o.lead_department_id AS "leadDepartmentId", o.lead_department_name AS "leadDepartmentName",
  o.story_id AS "storyId", s.opinion_count AS "storySize", a.alert_id AS "alertId", a.case_id AS "caseId", o.relation`;
const JOINS = `LEFT JOIN workflow.story s ON s.story_id = o.story_id
  LEFT JOIN LATERAL (SELECT alert_id, case_id FROM workflow.alert WHERE alert.story_id = o.story_id
    ORDER BY state = 'false-alarm', raised_at DESC LIMIT 1) a ON true`;
const DETAIL = `, o.author, o.sha256, o.revision, o.order_no AS "orderNo", o.judgement, o.similarity,
  o.alert_outcome AS "alertOutcome", o.alert_reason AS "alertReason"`;

export class JudgedOpinions {
  constructor(private readonly on: Queries) {}

  /** Revisions already known, by opinion. */
  async revisions(ids: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.on.query<{ id: string; revision: number }>(
      `SELECT opinion_id AS id, revision FROM workflow.opinion WHERE opinion_id = ANY($1)`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row.revision]));
  }

  /** Keeps what was judged; an older revision never replaces a newer one. One opinion at most once. */
  async put(opinions: readonly JudgedOpinion[]): Promise<void> {
    if (opinions.length === 0) return;
    await this.on.query(PUT, columnsOf(opinions));
  }

  /** Writes of opinions by the server's own count, some seconds old; it begins anew when the server has crashed. */
  async written(): Promise<number> {
    const [row] = await this.on.query<{ written: number }>(
      `SELECT (n_tup_ins + n_tup_upd)::float8 AS written FROM pg_stat_user_tables WHERE relid = 'workflow.opinion'::regclass`,
    );
    return row!.written;
  }

  /** Merges the words that wait into the search index. */
  async mergeWords(): Promise<void> {
    await this.on.query(`SELECT gin_clean_pending_list('workflow.opinion_words')`);
  }

  async page(filter: OpinionFilter, cursor: string | null, most: number): Promise<RowPage<OpinionRow>> {
    const search = filter.q === undefined ? null : searchQuery(filter.q);
    const conditions = conditionsOf(filter, search);
    const [counted] = await this.on.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM (SELECT 1 FROM workflow.opinion o ${conditions.where} LIMIT ${COUNTED_AT_MOST + 1}) t`,
      conditions.parameters,
    );
    const ranked = conditions.copy();
    const rank = filter.sort === 'relevance' && search ? rankOf(search, ranked) : '0';
    const after = readCursor(cursor, 'integer', 'instant', 'uuid');
    if (after) {
      const [r, at, id] = after.map((value) => ranked.parameter(value));
      ranked.always(`(${rank}, o.captured_at, o.opinion_id) < (${r}::int, ${at}::timestamptz, ${id}::uuid)`);
    }
    const items = await this.on.query<OpinionRow & { rank: number }>(
      `SELECT t.* FROM (SELECT o.opinion_id, ${rank} AS rank, o.captured_at AS at FROM workflow.opinion o ${ranked.where}
         ORDER BY 2 DESC, 3 DESC, 1 DESC LIMIT ${most + 1}) p
       CROSS JOIN LATERAL (SELECT ${COLUMNS}, p.rank FROM workflow.opinion o ${JOINS} WHERE o.opinion_id = p.opinion_id) t
       ORDER BY p.rank DESC, p.at DESC, p.opinion_id DESC`,
      ranked.parameters,
    );
    const shown = items.slice(0, most);
    const last = shown[shown.length - 1];
    const next = items.length > most && last ? writeCursor([last.rank, last.capturedAt.toISOString(), last.id]) : null;
    return { items: shown, next, total: totalOf(counted!.n) };
  }

  async find(id: string): Promise<OpinionDetailRow | null> {
    const [row] = await this.on.prepared<OpinionDetailRow>(
      `SELECT ${COLUMNS}${DETAIL} FROM workflow.opinion o ${JOINS} WHERE o.opinion_id = $1`,
      [id],
    );
    return row ?? null;
  }

  /** The newest opinions of a story. */
  ofStory(storyId: string, most: number): Promise<OpinionRow[]> {
    return this.on.query<OpinionRow>(
      `SELECT ${COLUMNS} FROM workflow.opinion o ${JOINS} WHERE o.story_id = $1 ORDER BY o.captured_at DESC, o.opinion_id LIMIT $2`,
      [storyId, most],
    );
  }

  /** The newest of a story that is 政务舆情 of this city, with the counts of its story; null where none is. */
  async newestOfConcern(storyId: string): Promise<OpinionOfConcern | null> {
    const [row] = await this.on.query<OpinionOfConcern>(
      `SELECT o.opinion_id AS "opinionId", o.event_id AS "eventId", o.title, o.text, o.captured_at AS "capturedAt", o.judgement,
         json_build_object('opinions', s.opinion_count, 'hotlineOrders', s.hotline_count) AS story
       FROM workflow.opinion o JOIN workflow.story s ON s.story_id = o.story_id
       WHERE o.story_id = $1 AND o.flagged AND o.judgement #>> '{jurisdiction,verdict}' = 'ours'
       ORDER BY o.captured_at DESC, o.opinion_id LIMIT 1`,
      [storyId],
    );
    return row ?? null;
  }

  /** What became of an opinion that was decided on before, and why. */
  async tellOutcome(opinionId: string, outcome: string, why: string): Promise<void> {
    await this.on.query(`UPDATE workflow.opinion SET alert_outcome = $2, alert_reason = $3 WHERE opinion_id = $1`, [
      opinionId,
      outcome,
      why,
    ]);
  }

  /** Opinions, flagged ones and hotline orders captured since an instant. */
  async countSince(from: Date): Promise<{ opinions: number; flagged: number; hotline: number }> {
    const [row] = await this.on.query<{ opinions: number; flagged: number; hotline: number }>(
      `SELECT count(*)::int AS opinions, count(*) FILTER (WHERE flagged)::int AS flagged,
         count(*) FILTER (WHERE channel = 'hotline')::int AS hotline
       FROM workflow.opinion WHERE captured_at >= $1`,
      [from],
    );
    return row!;
  }
}

/** Title hits before text hits; within each the newest first. */
function rankOf(search: SearchQuery, conditions: Conditions): string {
  const hits = search.terms.map((term) => `strpos(lower(o.title), ${conditions.parameter(term)}) > 0`);
  return `(CASE WHEN ${hits.join(' AND ')} THEN 1 ELSE 0 END)`;
}

function conditionsOf(filter: OpinionFilter, search: SearchQuery | null): Conditions {
  const conditions = new Conditions();
  if (search) {
    conditions.add(search.tsquery, (p) => `o.words @@ ${p}::tsquery`);
    // Pairs of characters are candidates only: the term must stand there as typed.
    for (const term of search.terms) conditions.add(term, (p) => `strpos(lower(o.title || E'\\n' || o.text), ${p}) > 0`);
  } else if (filter.q !== undefined && filter.q.trim() !== '') {
    conditions.always('false');
  }
  return conditions
    .add(filter.channel, (p) => `o.channel = ANY(${p}::text[])`)
    .add(filter.topic, (p) => `o.topic_code = ANY(${p}::text[])`)
    .add(filter.department, (p) => `o.lead_department_id = ANY(${p}::text[])`)
    .add(filter.severity, (p) => `o.flagged AND o.severity = ANY(${p}::text[])`)
    .add(filter.source, (p) => `o.source_id = ANY(${p}::text[])`)
    .add(filter.from, (p) => `o.captured_at >= ${p}::timestamptz`)
    .add(filter.to, (p) => `o.captured_at < ${p}::timestamptz`)
    .add(filter.flagged, (p) => (filter.flagged ? `o.flagged AND ${p}::boolean` : `NOT o.flagged AND NOT ${p}::boolean`));
}

const FIELDS = [
  ['opinion_id', 'uuid'],
  ['revision', 'int'],
  ['event_id', 'uuid'],
  ['story_id', 'uuid'],
  ['part_id', 'uuid'],
  ['relation', 'text'],
  ['similarity', 'real'],
  ['source_id', 'text'],
  ['source_name', 'text'],
  ['channel', 'text'],
  ['title', 'text'],
  ['text', 'text'],
  ['url', 'text'],
  ['author', 'text'],
  ['published_at', 'timestamptz'],
  ['captured_at', 'timestamptz'],
  ['sha256', 'text'],
  ['order_no', 'text'],
  ['flagged', 'boolean'],
  ['severity', 'text'],
  ['topic_code', 'text'],
  ['topic_name', 'text'],
  ['lead_department_id', 'text'],
  ['lead_department_name', 'text'],
  ['judgement', 'jsonb'],
  ['alert_outcome', 'text'],
  ['alert_reason', 'text'],
] as const;

const NAMES = FIELDS.map(([name]) => name).join(', ');
const PUT = `INSERT INTO workflow.opinion (${NAMES}, words)
  SELECT ${NAMES}, array_to_tsvector(string_to_array(words, ' '))
  FROM unnest(${FIELDS.map(([, type], i) => `$${i + 1}::${type === 'jsonb' ? 'text[]::jsonb' : type}[]`).join(', ')},
    $${FIELDS.length + 1}::text[]) AS t(${NAMES}, words)
  ON CONFLICT (opinion_id) DO UPDATE SET
    ${FIELDS.slice(1)
      .map(([name]) => `${name} = excluded.${name}`)
      .join(', ')}, words = excluded.words
  WHERE excluded.revision >= opinion.revision`;

function columnsOf(opinions: readonly JudgedOpinion[]): unknown[] {
  const rows = opinions.map(({ event, partId, alertOutcome, alertReason }) => {
    const { opinion, story, judgement } = event.data;
    const lead = judgement.departments.find((department) => department.role === 'lead');
    return [
      opinion.opinionId,
      opinion.revision,
      event.id,
      story.storyId,
      partId,
      story.by === 'matter' ? story.by : story.relation,
      story.similarity,
      opinion.sourceId,
      opinion.sourceName,
      opinion.channel,
      opinion.title,
      opinion.text,
      opinion.url,
      opinion.author,
      opinion.publishedAt,
      opinion.capturedAt,
      opinion.sha256,
      opinion.order?.orderNo ?? null,
      judgement.publicOpinion.verdict,
      judgement.severity.level,
      judgement.topic?.code ?? null,
      judgement.topic?.name ?? null,
      lead?.departmentId ?? null,
      lead?.name ?? null,
      JSON.stringify(judgement),
      alertOutcome,
      alertReason,
      searchWords(`${opinion.title}\n${opinion.text}`).join(' '),
    ];
  });
  return Array.from({ length: FIELDS.length + 1 }, (_, column) => rows.map((row) => row[column]));
}
