import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Staff's keyword schemes (方案): in the workflow with their history, where people write them, and in the classifier as the log tells of
 * them, where opinions are matched.
 */
const UP = [
  `CREATE TABLE workflow.keyword_scheme (
    scheme_id uuid PRIMARY KEY,
    name text NOT NULL,
    text text NOT NULL,
    effect text NOT NULL CHECK (effect IN ('mark', 'alert')),
    state text NOT NULL CHECK (state IN ('active', 'paused', 'deleted')),
    revision int NOT NULL,
    trial jsonb NOT NULL,
    changed_at timestamptz NOT NULL,
    changed_by text NOT NULL)`,
  `CREATE UNIQUE INDEX keyword_scheme_name ON workflow.keyword_scheme (name) WHERE state <> 'deleted'`,
  `COMMENT ON COLUMN workflow.keyword_scheme.trial IS 'what the trial before the last change of words found'`,
  `CREATE TABLE workflow.keyword_scheme_revision (
    scheme_id uuid NOT NULL REFERENCES workflow.keyword_scheme,
    revision int NOT NULL,
    name text NOT NULL,
    text text NOT NULL,
    effect text NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    changed_at timestamptz NOT NULL,
    changed_by text NOT NULL,
    PRIMARY KEY (scheme_id, revision))`,
  `CREATE TABLE classifier.keyword_scheme (
    scheme_id uuid PRIMARY KEY,
    revision int NOT NULL,
    name text NOT NULL,
    text text NOT NULL,
    effect text NOT NULL,
    state text NOT NULL,
    changed_at timestamptz NOT NULL)`,
  `CREATE TABLE classifier.keyword_scheme_state (one boolean PRIMARY KEY DEFAULT true CHECK (one), version bigint NOT NULL)`,
  `INSERT INTO classifier.keyword_scheme_state (version) VALUES (0)`,
  `COMMENT ON TABLE classifier.keyword_scheme_state IS 'counts the changes, so that every process sees with one cheap look that it must read again'`,
];

export class CreateKeywordSchemes1795711238606 implements MigrationInterface {
  name = 'CreateKeywordSchemes1795711238606';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of UP) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE classifier.keyword_scheme_state, classifier.keyword_scheme`);
    await q.query(`DROP TABLE workflow.keyword_scheme_revision, workflow.keyword_scheme`);
  }
}
