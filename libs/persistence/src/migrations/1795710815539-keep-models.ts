import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was learned and from what, and what officers said of judgements. Models are the classifier's; the workflow keeps for its page what
 * officers said and what the classifier reported of its versions.
 */
const STATEMENTS = [
  `CREATE TABLE classifier.model (
    model text PRIMARY KEY,
    learned_at timestamptz NOT NULL,
    data_fingerprint text NOT NULL,
    lexicon text NOT NULL,
    rows int NOT NULL,
    corrections int NOT NULL,
    figures jsonb NOT NULL,
    bytes bytea NOT NULL,
    history bytea NOT NULL)`,
  `COMMENT ON COLUMN classifier.model.history IS 'the labelled texts of the file it was learned from, masked, JSON Lines deflated: the next learning adds the corrections to them'`,
  `CREATE TABLE classifier.model_use (
    use_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    model text REFERENCES classifier.model,
    since timestamptz NOT NULL,
    used_by text NOT NULL)`,
  `COMMENT ON TABLE classifier.model_use IS 'the last row is the version in use; a null model is the lexicon alone'`,
  `CREATE TABLE classifier.learning (
    event_id uuid PRIMARY KEY,
    asked_at timestamptz NOT NULL,
    asked_by text NOT NULL,
    begun_at timestamptz)`,
  `COMMENT ON TABLE classifier.learning IS 'what waits to be learned; removed with the commit of its outcome'`,
  `CREATE TABLE classifier.correction (
    opinion_id uuid NOT NULL,
    aspect text NOT NULL,
    was text,
    now text NOT NULL,
    title text NOT NULL,
    text text NOT NULL,
    judged_by text NOT NULL,
    said_by text NOT NULL,
    said_at timestamptz NOT NULL,
    PRIMARY KEY (opinion_id, aspect))`,
  `CREATE TABLE workflow.review (
    opinion_id uuid NOT NULL,
    aspect text NOT NULL,
    was text,
    now text NOT NULL,
    judged_by text NOT NULL,
    said_by text NOT NULL,
    said_at timestamptz NOT NULL,
    reason text,
    PRIMARY KEY (opinion_id, aspect))`,
  `CREATE INDEX review_said_at ON workflow.review (said_at)`,
  `CREATE TABLE workflow.model (
    model text PRIMARY KEY,
    learned_at timestamptz NOT NULL,
    data_fingerprint text NOT NULL,
    rows int NOT NULL,
    corrections int NOT NULL,
    figures jsonb NOT NULL)`,
  `CREATE TABLE workflow.model_report (
    occurred_at timestamptz NOT NULL,
    event_id uuid PRIMARY KEY,
    model text,
    state text NOT NULL,
    said text NOT NULL,
    said_by text NOT NULL)`,
  `CREATE TABLE workflow.learning_asked (event_id uuid PRIMARY KEY, asked_at timestamptz NOT NULL, asked_by text NOT NULL)`,
];

export class KeepModels1795710815539 implements MigrationInterface {
  name = 'KeepModels1795710815539';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE workflow.learning_asked, workflow.model_report, workflow.model, workflow.review,
      classifier.correction, classifier.learning, classifier.model_use, classifier.model`);
  }
}
