import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A source carries its whole setting, because it may be made and changed on the console and not only in config/sources.yaml, and what is
 * known of its rhythm and its troubles. Additive: the running version ignores the columns.
 */
const COLLECTOR = [
  `ALTER TABLE collector.source
    ADD COLUMN setting jsonb,
    ADD COLUMN origin text NOT NULL DEFAULT 'config',
    ADD COLUMN edited_at timestamptz,
    ADD COLUMN paused_at timestamptz,
    ADD COLUMN removed_at timestamptz,
    ADD COLUMN cause text,
    ADD COLUMN failing_since timestamptz,
    ADD COLUMN silent_at timestamptz,
    ADD COLUMN alarm_since timestamptz,
    ADD COLUMN unseen_from timestamptz,
    ADD COLUMN unseen_cause text,
    ADD COLUMN last_items int`,
  `COMMENT ON COLUMN collector.source.setting IS 'as staff laid it down; null until the first start after this column came'`,
  `COMMENT ON COLUMN collector.source.origin IS 'config or console: who put it on the list'`,
  `COMMENT ON COLUMN collector.source.edited_at IS 'changed on the console: from then on the file no longer decides'`,
  `COMMENT ON COLUMN collector.source.silent_at IS 'from then on its silence is out of its rhythm; reckoned at each arrival'`,
  `COMMENT ON COLUMN collector.source.alarm_since IS 'since when it has been out of order, once that was told; null while it is in order'`,
  `COMMENT ON COLUMN collector.source.unseen_from IS 'not looked at with success since then; null while it is'`,
  `COMMENT ON COLUMN collector.source.last_items IS 'entries listed at the last poll that was answered with content'`,
  `CREATE INDEX source_silent ON collector.source (silent_at) WHERE is_active`,
  `CREATE TABLE collector.source_rhythm (
    source_id text PRIMARY KEY,
    last_hour int NOT NULL,
    counts int[] NOT NULL) WITH (fillfactor = 70)`,
  `COMMENT ON TABLE collector.source_rhythm IS 'polls that brought something new, per hour; the last count is of last_hour (hours since 1970), at most four weeks'`,
  `CREATE TABLE collector.source_trial (
    trial_id uuid PRIMARY KEY,
    asked_at timestamptz NOT NULL,
    taken_until timestamptz,
    setting jsonb NOT NULL)`,
  `COMMENT ON TABLE collector.source_trial IS 'settings to be tried out for somebody who waits; gone when answered'`,
];

const WORKFLOW = [
  `CREATE TABLE workflow.source_unseen (
    source_id text NOT NULL,
    from_at timestamptz NOT NULL,
    to_at timestamptz,
    cause text NOT NULL,
    PRIMARY KEY (source_id, from_at))`,
  `COMMENT ON TABLE workflow.source_unseen IS 'coverage: spans in which a source was not seen; open while to_at is null'`,
  `CREATE INDEX source_unseen_time ON workflow.source_unseen (from_at)`,
  `CREATE TABLE workflow.source_trial (
    trial_id uuid PRIMARY KEY,
    asked_at timestamptz NOT NULL,
    person_id uuid NOT NULL,
    result jsonb)`,
];

export class LetSourcesBeEdited1795709426471 implements MigrationInterface {
  name = 'LetSourcesBeEdited1795709426471';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of [...COLLECTOR, ...WORKFLOW]) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE workflow.source_trial, workflow.source_unseen, collector.source_trial, collector.source_rhythm`);
    await q.query(`ALTER TABLE collector.source DROP COLUMN setting, DROP COLUMN origin, DROP COLUMN edited_at, DROP COLUMN paused_at,
      DROP COLUMN removed_at, DROP COLUMN cause, DROP COLUMN failing_since, DROP COLUMN silent_at, DROP COLUMN alarm_since,
      DROP COLUMN unseen_from, DROP COLUMN unseen_cause, DROP COLUMN last_items`);
  }
}
