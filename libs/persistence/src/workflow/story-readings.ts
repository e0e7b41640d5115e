import type { AlertState } from '@huiying/domain';
import type { Queries } from '../database.js';
import { likePattern } from './conditions.js';

/** A story as it is listed. */
export interface StoryListRow {
  id: string;
  title: string;
  opinionCount: number;
  hotlineCount: number;
  sourceCount: number;
  firstSeenAt: Date;
  lastSeenAt: Date;
  fixedBy: string | null;
  alertId: string | null;
  alertState: AlertState | null;
  caseId: string | null;
  candidateCount: number;
}

/** When an opinion of a story was seen, and whether it is a hotline order. */
export interface StoryPulse {
  storyId: string;
  at: Date;
  isHotline: boolean;
}

const COLUMNS = `s.story_id AS id, s.title, s.opinion_count AS "opinionCount", s.hotline_count AS "hotlineCount", cardinality(s.sources) AS "sourceCount",
  s.first_seen_at AS "firstSeenAt", s.last_seen_at AS "lastSeenAt", s.fixed_by AS "fixedBy", a.alert_id AS "alertId", a.state AS "alertState",
  a.case_id AS "caseId", c.n AS "candidateCount"`;
const JOINS = `LEFT JOIN LATERAL (SELECT alert_id, state, case_id FROM workflow.alert WHERE alert.story_id = s.story_id AND state <> 'merged'
    ORDER BY state = 'false-alarm', raised_at DESC LIMIT 1) a ON true
  LEFT JOIN LATERAL (SELECT count(*)::int AS n FROM workflow.story_act p WHERE p.kind = 'perhaps' AND p.settled_at IS NULL
    AND (p.story_id = s.story_id OR p.other_story_id = s.story_id)) c ON true`;
/** Of a story so many of its newest opinions are looked at for its heat. */
const PULSES = 500;

export class StoryReadings {
  constructor(private readonly on: Queries) {}

  /** Stories seen since an instant, of two opinions and more or with an alert; the last seen first. */
  recent(since: Date, q: string | undefined, most: number): Promise<StoryListRow[]> {
    return this.on.query<StoryListRow>(
      `SELECT ${COLUMNS} FROM workflow.story s ${JOINS}
       WHERE s.merged_into IS NULL AND s.last_seen_at >= $1 AND (s.opinion_count > 1 OR a.alert_id IS NOT NULL)
         AND ($2::text IS NULL OR s.title ILIKE $2 OR EXISTS (SELECT FROM workflow.opinion o WHERE o.story_id = s.story_id AND o.title ILIKE $2))
       ORDER BY s.last_seen_at DESC, s.story_id DESC LIMIT $3`,
      [since, q === undefined ? null : likePattern(q), most],
    );
  }

  async find(id: string): Promise<StoryListRow | null> {
    const [row] = await this.on.query<StoryListRow>(`SELECT ${COLUMNS} FROM workflow.story s ${JOINS} WHERE s.story_id = $1`, [id]);
    return row ?? null;
  }

  async exists(id: string): Promise<boolean> {
    return (await this.on.query(`SELECT FROM workflow.story WHERE story_id = $1`, [id])).length > 0;
  }

  /** When the newest opinions of each story were seen, since an instant. */
  pulses(storyIds: readonly string[], since: Date): Promise<StoryPulse[]> {
    return this.on.query<StoryPulse>(
      `SELECT w.id AS "storyId", p.at, p.hotline AS "isHotline" FROM unnest($1::uuid[]) AS w(id) CROSS JOIN LATERAL (
         SELECT captured_at AS at, order_no IS NOT NULL AS hotline FROM workflow.opinion o
         WHERE o.story_id = w.id AND captured_at >= $2 ORDER BY captured_at DESC LIMIT ${PULSES}) p`,
      [storyIds, since],
    );
  }

  /** How many opinions of each story were seen how many whole days ago (0 = the last 24 hours). */
  async byAge(storyIds: readonly string[], now: Date, days: number): Promise<Map<string, Map<number, number>>> {
    const rows = await this.on.query<{ storyId: string; age: number; count: number }>(
      `SELECT story_id AS "storyId", greatest(0, floor(extract(epoch FROM $2::timestamptz - captured_at) / 86400))::int AS age, count(*)::int AS count
       FROM workflow.opinion WHERE story_id = ANY($1::uuid[]) AND captured_at > $2::timestamptz - make_interval(days => $3) GROUP BY 1, 2`,
      [storyIds, now, days],
    );
    const byStory = new Map(storyIds.map((id) => [id, new Map<number, number>()]));
    for (const { storyId, age, count } of rows) byStory.get(storyId)!.set(age, count);
    return byStory;
  }

  days(storyId: string, since: Date): Promise<{ day: string; count: number }[]> {
    return this.on.query(
      `SELECT to_char(captured_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS day, count(*)::int AS count
       FROM workflow.opinion WHERE story_id = $1 AND captured_at >= $2 GROUP BY 1 ORDER BY 1`,
      [storyId, since],
    );
  }

  channels(storyId: string): Promise<{ channel: string; count: number }[]> {
    return this.on.query(`SELECT channel, count(*)::int AS count FROM workflow.opinion WHERE story_id = $1 GROUP BY 1 ORDER BY 2 DESC, 1`, [
      storyId,
    ]);
  }

  candidates(storyId: string): Promise<{ actId: string; storyId: string; title: string; opinionCount: number; likeness: number }[]> {
    return this.on.query(
      `SELECT p.act_id AS "actId", s.story_id AS "storyId", s.title, s.opinion_count AS "opinionCount", p.likeness
       FROM workflow.story_act p JOIN workflow.story s ON s.story_id = CASE WHEN p.story_id = $1 THEN p.other_story_id ELSE p.story_id END
       WHERE p.kind = 'perhaps' AND p.settled_at IS NULL AND (p.story_id = $1 OR p.other_story_id = $1) AND s.merged_into IS NULL
       ORDER BY p.likeness DESC LIMIT 10`,
      [storyId],
    );
  }

  /** Those of the opinions that lie in the story. */
  texts(storyId: string, opinionIds: readonly string[]): Promise<{ opinionId: string; title: string; text: string; capturedAt: Date }[]> {
    return this.on.query(
      `SELECT opinion_id AS "opinionId", title, text, captured_at AS "capturedAt" FROM workflow.opinion
       WHERE story_id = $1 AND opinion_id = ANY($2::uuid[]) ORDER BY captured_at, opinion_id`,
      [storyId, opinionIds],
    );
  }
}
