import type { Deadline } from '@huiying/domain';
import type { Queries } from '../database.js';
import { clockCounts, fellDue, metBy } from './deadline-sql.js';
import { ASKED, SATISFIED } from './order-figures.js';

/** A span with the instant as of which it is told. All instants exclusive at their end. */
export interface ReportSpan {
  from: Date;
  to: Date;
  asOf: Date;
}

export interface OverviewCounts {
  opinions: number;
  flagged: number;
  /** Of the flagged: whose mood is negative. */
  negative: number;
  alerts: number;
  /** Of the span's alerts: marked so up to the instant. */
  falseAlarms: number;
  casesOpened: number;
  casesClosed: number;
}

export interface ChannelCount {
  channel: string;
  opinions: number;
  flagged: number;
}

export interface DayCount {
  day: string;
  flagged: number;
  hotline: number;
}

export interface TopicCount {
  code: string;
  name: string;
  now: number;
  then: number;
}

export interface OrderCounts {
  received: number;
  closed: number;
  /** Received up to the instant and not closed by then. */
  open: number;
  returned: number;
  urged: number;
  /** 有效回访 of orders closed in the span, and those of them that were content (满意率, see indicatorsOf). */
  visited: number;
  satisfied: number;
}

export interface KeyStoryRow {
  caseId: string;
  caseNo: string;
  title: string;
  severity: string;
  state: string;
  leadDepartmentId: string | null;
  openedAt: Date;
  closedAt: Date | null;
  opinionsNow: number;
  opinionsThen: number;
  sources: string[];
  firstSeenAt: Date;
  /** First public word: the earliest proof of publication up to the instant. */
  firstWordAt: Date | null;
  firstWordUrl: string | null;
  /** The clock of the first answer (首次回应), where the case has one: its rule, its end, and whether it was met by the instant. */
  answerRule: string | null;
  answerDueAt: Date | null;
  answerMetAt: Date | null;
}

/** The list of the console in which what a clock is of is found. */
export type ClockList = 'cases' | 'orders' | 'documents';

/** Clocks of one rule and department that fell due in the span. */
export interface ClockCountRow {
  ruleId: string;
  ruleName: string;
  citation: string;
  departmentId: string | null;
  onTime: number;
  late: number;
  overdue: number;
  running: number;
  extended: number;
  paused: number;
  lists: ClockList[];
}

export interface ClockLine {
  ruleName: string;
  no: string;
  title: string;
  departmentId: string | null;
  dueAt: Date;
  metAt: Date | null;
  caseId: string | null;
  subject: Deadline['subject'];
}

const MET = metBy('$3');
/** Clocks that fall due from $1 to before $2, of those that were known at $3. */
const IN_SPAN = fellDue('$1', '$2', '$3');
const LINE = `d.rule->>'name' AS "ruleName", COALESCE(c.case_no, d.subject_no) AS no, COALESCE(c.title, d.subject_title) AS title,
  d.department_id AS "departmentId", d.due_at AS "dueAt", CASE WHEN ${MET} THEN d.met_at END AS "metAt",
  d.case_id AS "caseId", jsonb_build_object('kind', d.subject_kind, 'id', d.subject_id) AS subject
  FROM workflow.deadline d LEFT JOIN workflow.case_file c USING (case_id)`;

/**
 * What reports count, straight from the tables, each figure one statement over an index by time. Facts after the instant are not
 * seen where they bear their time, so that a past week gives the same figures whenever it is asked for.
 */
export class ReportFigures {
  constructor(private readonly on: Queries) {}

  async overview({ from, to, asOf }: ReportSpan): Promise<OverviewCounts> {
    const [row] = await this.on.query<OverviewCounts>(
      `WITH seen AS (SELECT flagged, CASE WHEN flagged THEN judgement->'sentiment'->>'label' END AS mood
         FROM workflow.opinion WHERE captured_at >= $1 AND captured_at < $2)
       SELECT count(*)::int AS opinions, (count(*) FILTER (WHERE flagged))::int AS flagged,
         (count(*) FILTER (WHERE mood = 'negative'))::int AS negative,
         (SELECT count(*)::int FROM workflow.alert WHERE raised_at >= $1 AND raised_at < $2) AS alerts,
         (SELECT count(*)::int FROM workflow.alert WHERE raised_at >= $1 AND raised_at < $2
            AND state = 'false-alarm' AND decided_at < $3) AS "falseAlarms",
         (SELECT count(*)::int FROM workflow.case_file WHERE opened_at >= $1 AND opened_at < $2) AS "casesOpened",
         (SELECT count(*)::int FROM workflow.case_file WHERE closed_at >= $1 AND closed_at < $2) AS "casesClosed"
       FROM seen`,
      [from, to, asOf],
    );
    return row!;
  }

  channels({ from, to }: ReportSpan): Promise<ChannelCount[]> {
    return this.on.query(
      `SELECT channel, count(*)::int AS opinions, (count(*) FILTER (WHERE flagged))::int AS flagged
       FROM workflow.opinion WHERE captured_at >= $1 AND captured_at < $2 GROUP BY 1 ORDER BY 2 DESC, 1`,
      [from, to],
    );
  }

  /** By day of China, days without any left out. */
  days({ from, to }: ReportSpan): Promise<DayCount[]> {
    return this.on.query(
      `SELECT to_char(captured_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS day, (count(*) FILTER (WHERE flagged))::int AS flagged,
         (count(*) FILTER (WHERE channel = 'hotline'))::int AS hotline
       FROM workflow.opinion WHERE captured_at >= $1 AND captured_at < $2 GROUP BY 1 ORDER BY 1`,
      [from, to],
    );
  }

  /** What people called the hotline about most, with the span before. */
  hotlineTopics({ from, to }: ReportSpan, before: { from: Date; to: Date }, most: number): Promise<TopicCount[]> {
    return this.on.query(
      `SELECT topic_code AS code, min(topic_name) AS name, (count(*) FILTER (WHERE captured_at >= $1))::int AS now,
         (count(*) FILTER (WHERE captured_at < $5))::int AS then
       FROM workflow.opinion
       WHERE captured_at >= $3 AND captured_at < $2 AND channel = 'hotline' AND topic_code IS NOT NULL
       GROUP BY 1 HAVING count(*) FILTER (WHERE captured_at >= $1) > 0 ORDER BY 3 DESC, 1 LIMIT $4`,
      [from, to, before.from, most, before.to],
    );
  }

  /** Hotline orders by a column, most first: where they come from, who has them. */
  async ordersBy(column: 'region' | 'department_id', { from, to }: ReportSpan, most: number): Promise<{ name: string; orders: number }[]> {
    return this.on.query(
      `SELECT COALESCE(${column}, '') AS name, count(*)::int AS orders FROM workflow.work_order
       WHERE received_at >= $1 AND received_at < $2 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT $3`,
      [from, to, most],
    );
  }

  async orders({ from, to, asOf }: ReportSpan): Promise<OrderCounts> {
    const [row] = await this.on.query<OrderCounts>(
      `SELECT
         (SELECT count(*)::int FROM workflow.work_order WHERE received_at >= $1 AND received_at < $2) AS received,
         (SELECT count(*)::int FROM workflow.work_order WHERE received_at < $3 AND (closed_at IS NULL OR closed_at >= $3)
            AND state NOT IN ('joined', 'refused')) AS open,
         done.*, did.*
       FROM (SELECT count(*)::int AS closed, (count(*) FILTER (WHERE ${ASKED}))::int AS visited,
               (count(*) FILTER (WHERE ${SATISFIED}))::int AS satisfied
             FROM workflow.work_order w WHERE closed_at >= $1 AND closed_at < $2) done,
            (SELECT (count(*) FILTER (WHERE action = 'return'))::int AS returned, (count(*) FILTER (WHERE action = 'urge'))::int AS urged
             FROM workflow.work_order_event WHERE at >= $1 AND at < $2) did`,
      [from, to, asOf],
    );
    return row!;
  }

  /** Cases that were open in the span, gravest and loudest first. */
  keyStories({ from, to, asOf }: ReportSpan, before: { from: Date; to: Date }, most: number): Promise<KeyStoryRow[]> {
    return this.on.query(
      `WITH chosen AS (
         SELECT c.*, s.sources, s.first_seen_at,
           (SELECT count(*)::int FROM workflow.opinion o WHERE o.story_id = c.story_id AND o.captured_at >= $1 AND o.captured_at < $2) AS now
         FROM workflow.case_file c JOIN workflow.story s USING (story_id)
         WHERE c.opened_at < $2 AND (c.closed_at IS NULL OR c.closed_at >= $1)
         ORDER BY c.severity, now DESC, c.opened_at, c.case_id LIMIT $5)
       SELECT c.case_id AS "caseId", c.case_no AS "caseNo", c.title, c.severity, c.state, c.lead_department_id AS "leadDepartmentId",
         c.opened_at AS "openedAt", CASE WHEN c.closed_at < $3 THEN c.closed_at END AS "closedAt", c.now AS "opinionsNow",
         (SELECT count(*)::int FROM workflow.opinion o
            WHERE o.story_id = c.story_id AND o.captured_at >= $4 AND o.captured_at < $6) AS "opinionsThen",
         c.sources, c.first_seen_at AS "firstSeenAt", w.published_at AS "firstWordAt", w.url AS "firstWordUrl",
         a.rule->>'name' AS "answerRule", a.due_at AS "answerDueAt", CASE WHEN a.met_at < $3 THEN a.met_at END AS "answerMetAt"
       FROM chosen c LEFT JOIN LATERAL (
         SELECT published_at, url FROM workflow.evidence e WHERE e.case_id = c.case_id AND e.published_at < $3
           AND e.kind IN ('statement', 'press-conference', 'clarification', 'interpretation')
         ORDER BY published_at, evidence_id LIMIT 1) w ON true
       LEFT JOIN LATERAL (
         SELECT rule, due_at, met_at FROM workflow.deadline d
         WHERE d.case_id = c.case_id AND d.rule->>'milestone' = 'first-response' AND (d.cancelled_at IS NULL OR d.cancelled_at >= $3)
         ORDER BY due_at, deadline_id LIMIT 1) a ON true
       ORDER BY c.severity, c.now DESC, c.opened_at, c.case_id`,
      [from, to, asOf, before.from, most, before.to],
    );
  }

  clocks({ from, to, asOf }: ReportSpan): Promise<ClockCountRow[]> {
    return this.on.query(
      `SELECT d.rule->>'id' AS "ruleId", min(d.rule->>'name') AS "ruleName", min(d.rule->>'document') AS citation,
         d.department_id AS "departmentId",
         ${clockCounts('$3')},
         (count(*) FILTER (WHERE d.extensions <> '[]'))::int AS extended,
         (count(*) FILTER (WHERE d.pauses <> '[]'))::int AS paused,
         array_agg(DISTINCT CASE WHEN d.case_id IS NOT NULL THEN 'cases' WHEN d.subject_kind = 'order' THEN 'orders' ELSE 'documents' END) AS lists
       FROM workflow.deadline d WHERE ${IN_SPAN} GROUP BY 1, 4 ORDER BY 1, 4 NULLS FIRST`,
      [from, to, asOf],
    );
  }

  /** Overdue and open at the instant, the longest first; also those that fell due before the span. */
  overdue({ to, asOf }: ReportSpan, most: number): Promise<ClockLine[]> {
    return this.unmet({ from: new Date(0), to: to < asOf ? to : asOf, asOf }, most);
  }

  /** Open clocks that fall due in a span, soonest first. */
  coming(span: ReportSpan, most: number): Promise<ClockLine[]> {
    return this.unmet(span, most);
  }

  private unmet({ from, to, asOf }: ReportSpan, most: number): Promise<ClockLine[]> {
    const sql = `SELECT ${LINE} WHERE ${IN_SPAN} AND NOT ${MET} ORDER BY d.due_at, d.deadline_id LIMIT $4`;
    return this.on.query(sql, [from, to, asOf, most]);
  }
}
