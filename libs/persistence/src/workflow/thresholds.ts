import type { Queries } from '../database.js';
import { Conditions, readCursor, writeCursor } from './conditions.js';

export interface ThresholdRuleRow {
  id: string;
  name: string;
  body: unknown;
  state: 'active' | 'paused' | 'deleted';
  revision: number;
  changedAt: Date;
  changedBy: string;
}

export interface ThresholdHitRow {
  ruleId: string;
  group: string;
  id: string;
  source: string;
  at: Date;
}

export interface ThresholdFiringRow {
  id: string;
  ruleId: string;
  ruleName: string;
  group: string;
  words: string;
  from: Date;
  to: Date;
  firedAt: Date;
  storyId: string;
  alertId: string | null;
  opinionIds: string[];
}

/** What a trial, and a rule that was changed, looks at of one opinion. */
export interface ThresholdTriedRow {
  id: string;
  title: string;
  text: string;
  channel: string;
  sourceName: string;
  at: Date;
  capturedAt: Date;
  topicCode: string | null;
  jurisdiction: string;
  places: string[];
}

const RULE = `rule_id AS id, name, body, state, revision, changed_at AS "changedAt", changed_by AS "changedBy"`;
const FIRING = `firing_id AS id, rule_id AS "ruleId", rule_name AS "ruleName", group_key AS "group", words, from_at AS "from", to_at AS "to",
  fired_at AS "firedAt", story_id AS "storyId", alert_id AS "alertId", opinion_ids AS "opinionIds"`;
/** Of one source in one group looked at: more than any rule asks for (200), and a bound for a flood. */
const LOOKED_AT = 400;

/** Threshold rules (预警规则), what each counts, and when it fired. */
export class Thresholds {
  constructor(private readonly on: Queries) {}

  all(): Promise<ThresholdRuleRow[]> {
    return this.on.query<ThresholdRuleRow>(`SELECT ${RULE} FROM workflow.threshold_rule WHERE state <> 'deleted' ORDER BY state, name`);
  }

  active(): Promise<ThresholdRuleRow[]> {
    return this.on.query<ThresholdRuleRow>(`SELECT ${RULE} FROM workflow.threshold_rule WHERE state = 'active' ORDER BY rule_id`);
  }

  /** One writer at a time until the transaction ends. */
  async lock(id: string): Promise<ThresholdRuleRow | null> {
    const [row] = await this.on.query<ThresholdRuleRow>(`SELECT ${RULE} FROM workflow.threshold_rule WHERE rule_id = $1 FOR UPDATE`, [id]);
    return row ?? null;
  }

  /** @returns false where another rule has the name */
  async save({ id, name, body, state, revision, changedAt, changedBy }: ThresholdRuleRow): Promise<boolean> {
    const taken = await this.on.query(
      `SELECT 1 FROM workflow.threshold_rule WHERE name = $1 AND rule_id <> $2 AND state <> 'deleted' AND $3 <> 'deleted'`,
      [name, id, state],
    );
    if (taken.length > 0) return false;
    await this.on.query(
      `INSERT INTO workflow.threshold_rule (rule_id, name, body, state, revision, changed_at, changed_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (rule_id) DO UPDATE SET name = excluded.name, body = excluded.body, state = excluded.state, revision = excluded.revision,
         changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
      [id, name, JSON.stringify(body), state, revision, changedAt, changedBy],
    );
    return true;
  }

  /** What a rule counted as it stood before; when it fired stays. */
  async forget(ruleId: string): Promise<void> {
    await this.on.query(`DELETE FROM workflow.threshold_hit WHERE rule_id = $1`, [ruleId]);
  }

  /** Counts these, each once. */
  async count(hits: readonly ThresholdHitRow[]): Promise<void> {
    if (hits.length === 0) return;
    await this.on.query(
      `INSERT INTO workflow.threshold_hit (rule_id, group_key, opinion_id, source, at)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::timestamptz[]) AS t (rule_id, group_key, opinion_id, source, at)
       ORDER BY rule_id, group_key, opinion_id ON CONFLICT DO NOTHING`,
      [hits.map((h) => h.ruleId), hits.map((h) => h.group), hits.map((h) => h.id), hits.map((h) => h.source), hits.map((h) => h.at)],
    );
  }

  /** Locks groups until the transaction ends, always in one order; gives until when each fired. */
  async lockGroups(groups: readonly { ruleId: string; group: string }[]): Promise<Map<string, Date | null>> {
    const parameters = [groups.map((g) => g.ruleId), groups.map((g) => g.group)];
    await this.on.query(
      `INSERT INTO workflow.threshold_group (rule_id, group_key) SELECT DISTINCT * FROM unnest($1::uuid[], $2::text[]) AS t (a, b)
       ORDER BY 1, 2 ON CONFLICT DO NOTHING`,
      parameters,
    );
    const rows = await this.on.query<{ ruleId: string; group: string; firedUntil: Date | null }>(
      `SELECT g.rule_id AS "ruleId", g.group_key AS "group", g.fired_until AS "firedUntil" FROM workflow.threshold_group g
       WHERE (g.rule_id, g.group_key) IN (SELECT * FROM unnest($1::uuid[], $2::text[])) ORDER BY 1, 2 FOR UPDATE`,
      parameters,
    );
    return new Map(rows.map((row) => [groupKey(row), row.firedUntil]));
  }

  /** What counts in each group within its stretch of time, of each source the newest. */
  within(groups: readonly { ruleId: string; group: string; from: Date; to: Date }[]): Promise<ThresholdHitRow[]> {
    return this.on.query<ThresholdHitRow>(
      `SELECT g.rule_id AS "ruleId", g.group_key AS "group", h.opinion_id AS id, h.source, h.at
       FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[]) AS g (rule_id, group_key, from_at, to_at)
       CROSS JOIN unnest(ARRAY['call', 'post', 'news']) AS s (source)
       CROSS JOIN LATERAL (SELECT opinion_id, source, at FROM workflow.threshold_hit t
         WHERE t.rule_id = g.rule_id AND t.group_key = g.group_key AND t.source = s.source AND t.at > g.from_at AND t.at <= g.to_at
         ORDER BY t.at DESC LIMIT ${LOOKED_AT}) h`,
      [groups.map((g) => g.ruleId), groups.map((g) => g.group), groups.map((g) => g.from), groups.map((g) => g.to)],
    );
  }

  async fire(firings: readonly ThresholdFiringRow[]): Promise<void> {
    if (firings.length === 0) return;
    for (const one of firings) {
      await this.on.query(
        `INSERT INTO workflow.threshold_firing (firing_id, rule_id, rule_name, group_key, words, from_at, to_at, fired_at, story_id, alert_id, opinion_ids)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
        [one.id, one.ruleId, one.ruleName, one.group, one.words, one.from, one.to, one.firedAt, one.storyId, one.alertId, one.opinionIds],
      );
      await this.on.query(`UPDATE workflow.threshold_group SET fired_until = $3 WHERE rule_id = $1 AND group_key = $2`, [
        one.ruleId,
        one.group,
        one.to,
      ]);
    }
  }

  /** Counts of what no rule's window can reach any more. */
  async prune(before: Date, most: number): Promise<void> {
    await this.on.query(
      `DELETE FROM workflow.threshold_hit WHERE ctid = ANY (ARRAY(SELECT ctid FROM workflow.threshold_hit WHERE at < $1 ORDER BY at LIMIT $2))`,
      [before, most],
    );
  }

  async firings(filter: { ruleId?: string; q?: string }, cursor: string | null, most: number) {
    const conditions = new Conditions()
      .add(filter.ruleId, (p) => `f.rule_id = ${p}`)
      .add(
        filter.q === undefined ? undefined : `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`,
        (p) => `(f.group_key ILIKE ${p} OR f.rule_name ILIKE ${p})`,
      );
    const after = readCursor(cursor, 'instant', 'uuid');
    if (after) {
      const [at, id] = after.map((value) => conditions.parameter(value));
      conditions.always(`(f.fired_at, f.firing_id) < (${at}::timestamptz, ${id}::uuid)`);
    }
    const rows = await this.on.query<ThresholdFiringRow>(
      `SELECT ${FIRING} FROM workflow.threshold_firing f ${conditions.where} ORDER BY f.fired_at DESC, f.firing_id DESC LIMIT ${most + 1}`,
      conditions.parameters,
    );
    const last = rows[most - 1];
    return {
      items: rows.slice(0, most),
      next: rows.length > most && last ? writeCursor([last.firedAt.toISOString(), last.id]) : null,
    };
  }

  ofAlert(alertId: string): Promise<ThresholdFiringRow[]> {
    return this.on.query<ThresholdFiringRow>(`SELECT ${FIRING} FROM workflow.threshold_firing WHERE alert_id = $1 ORDER BY fired_at`, [
      alertId,
    ]);
  }

  /** How often each rule fired since an instant, and when last. */
  async counts(since: Date): Promise<Map<string, { fired: number; lastAt: Date | null }>> {
    const rows = await this.on.query<{ id: string; fired: number; lastAt: Date | null }>(
      `SELECT rule_id AS id, count(*) FILTER (WHERE fired_at >= $1)::int AS fired, max(fired_at) AS "lastAt"
       FROM workflow.threshold_firing GROUP BY rule_id`,
      [since],
    );
    return new Map(rows.map(({ id, ...rest }) => [id, rest]));
  }

  /** Opinions captured since an instant, the newest first, after the one given: a page of a trial. */
  tried(from: Date, after: { capturedAt: Date; id: string } | null, most: number): Promise<ThresholdTriedRow[]> {
    return this.on.query<ThresholdTriedRow>(
      `SELECT o.opinion_id AS id, o.title, left(o.text, 2000) AS text, o.channel, o.source_name AS "sourceName",
         LEAST(COALESCE(o.published_at, o.captured_at), o.captured_at) AS at, o.captured_at AS "capturedAt", o.topic_code AS "topicCode",
         o.judgement->'jurisdiction'->>'verdict' AS jurisdiction,
         ARRAY(SELECT jsonb_array_elements_text(o.judgement->'jurisdiction'->'places')) AS places
       FROM workflow.opinion o
       WHERE o.captured_at >= $1 AND ($2::timestamptz IS NULL OR (o.captured_at, o.opinion_id) < ($2::timestamptz, $3::uuid))
       ORDER BY o.captured_at DESC, o.opinion_id DESC LIMIT $4`,
      [from, after?.capturedAt ?? null, after?.id ?? null, most],
    );
  }

  /** Titles of opinions, for links. */
  rows(ids: readonly string[]): Promise<{ id: string; title: string; text: string; channel: string; sourceName: string; at: Date }[]> {
    return this.on.query(
      `SELECT opinion_id AS id, title, left(text, 40) AS text, channel, source_name AS "sourceName",
         LEAST(COALESCE(published_at, captured_at), captured_at) AS at
       FROM workflow.opinion WHERE opinion_id = ANY($1::uuid[]) ORDER BY at, opinion_id`,
      [ids],
    );
  }
}

export function groupKey({ ruleId, group }: { ruleId: string; group: string }): string {
  return `${ruleId}\u001f${group}`;
}
