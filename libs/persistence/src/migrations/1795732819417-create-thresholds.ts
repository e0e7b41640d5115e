import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Threshold rules (预警规则): the rules, what each counts of which group, and when it fired. What counts is kept as it is judged, so that
 * whether a rule is reached is asked of a few rows, however large the archive.
 */
export class CreateThresholds1795732819417 implements MigrationInterface {
  name = 'CreateThresholds1795732819417';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE TABLE workflow.threshold_rule (
      rule_id uuid PRIMARY KEY,
      name text NOT NULL,
      body jsonb NOT NULL,
      state text NOT NULL,
      revision int NOT NULL,
      changed_at timestamptz NOT NULL,
      changed_by text NOT NULL)`);
    await q.query(`CREATE TABLE workflow.threshold_hit (
      rule_id uuid NOT NULL,
      group_key text NOT NULL,
      opinion_id uuid NOT NULL,
      source text NOT NULL,
      at timestamptz NOT NULL,
      PRIMARY KEY (rule_id, group_key, opinion_id))`);
    await q.query(`CREATE INDEX threshold_hit_newest ON workflow.threshold_hit (rule_id, group_key, source, at DESC)`);
    await q.query(`CREATE INDEX threshold_hit_oldest ON workflow.threshold_hit (at)`);
    await q.query(`CREATE TABLE workflow.threshold_group (
      rule_id uuid NOT NULL,
      group_key text NOT NULL,
      fired_until timestamptz,
      PRIMARY KEY (rule_id, group_key))`);
    await q.query(`COMMENT ON COLUMN workflow.threshold_group.fired_until IS 'end of the last window that fired; null = never'`);
    await q.query(`CREATE TABLE workflow.threshold_firing (
      firing_id uuid PRIMARY KEY,
      rule_id uuid NOT NULL,
      rule_name text NOT NULL,
      group_key text NOT NULL,
      words text NOT NULL,
      from_at timestamptz NOT NULL,
      to_at timestamptz NOT NULL,
      fired_at timestamptz NOT NULL,
      story_id uuid NOT NULL,
      alert_id uuid,
      opinion_ids uuid[] NOT NULL)`);
    await q.query(`CREATE INDEX threshold_firing_newest ON workflow.threshold_firing (fired_at DESC, firing_id)`);
    await q.query(`CREATE INDEX threshold_firing_alert ON workflow.threshold_firing (alert_id)`);
    await q.query(`CREATE INDEX threshold_firing_rule ON workflow.threshold_firing (rule_id, fired_at)`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE workflow.threshold_firing, workflow.threshold_group, workflow.threshold_hit, workflow.threshold_rule`);
  }
}
