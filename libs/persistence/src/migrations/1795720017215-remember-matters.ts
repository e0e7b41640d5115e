import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Opinions that tell one matter in other words join by what their stories are about; stories that turn out to be one are merged, and what
 * officers decide of them is remembered. Additive: a story without a matter gets one with its next opinion.
 */
const CLASSIFIER = [
  `CREATE TABLE classifier.story_matter (
    story_id uuid PRIMARY KEY,
    merged_into uuid,
    terms bytea NOT NULL,
    posted int[] NOT NULL,
    opinions int NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    places jsonb NOT NULL,
    fixed boolean NOT NULL DEFAULT false,
    apart uuid[] NOT NULL DEFAULT '{}') WITH (fillfactor = 80)`,
  `COMMENT ON COLUMN classifier.story_matter.terms IS 'up to 64 terms of 16 bytes: libs/text/src/matter/matter.ts'`,
  `COMMENT ON COLUMN classifier.story_matter.apart IS 'stories that an officer took apart from this one: never merged again by the system'`,
  `CREATE INDEX story_matter_merged ON classifier.story_matter (merged_into) WHERE merged_into IS NOT NULL`,
  `CREATE TABLE classifier.story_term (
    term int NOT NULL,
    posted_at timestamptz NOT NULL,
    story_id uuid NOT NULL,
    PRIMARY KEY (term, posted_at, story_id))`,
  `COMMENT ON TABLE classifier.story_term IS 'the newest 16 stories of a term are looked at, so the cost does not grow with the archive'`,
  `CREATE TABLE classifier.word_count (one boolean PRIMARY KEY DEFAULT true CHECK (one), upto bigint NOT NULL, texts int NOT NULL, counts bytea NOT NULL)`,
  `ALTER TABLE classifier.word_count ALTER counts SET STORAGE EXTERNAL`,
  `COMMENT ON TABLE classifier.word_count IS 'in how many texts each term stood, up to and with a delta; the deltas after it come on top'`,
  `CREATE TABLE classifier.word_delta (delta_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, texts int NOT NULL, terms bytea NOT NULL)`,
];

const WORKFLOW = [
  `ALTER TABLE workflow.story ADD COLUMN merged_into uuid`,
  `COMMENT ON COLUMN workflow.story.merged_into IS 'the story that now stands for this one'`,
  `CREATE INDEX story_merged ON workflow.story (merged_into) WHERE merged_into IS NOT NULL`,
  `CREATE INDEX story_last_seen ON workflow.story (last_seen_at DESC, story_id DESC) WHERE merged_into IS NULL`,
  `ALTER TABLE workflow.opinion ADD COLUMN part_id uuid`,
  `COMMENT ON COLUMN workflow.opinion.part_id IS 'the story it was in before stories were merged; null = story_id. A merge that is undone gives it back'`,
  `ALTER TABLE workflow.alert ADD COLUMN merged_into uuid`,
  `CREATE INDEX alert_merged ON workflow.alert (merged_into) WHERE merged_into IS NOT NULL`,
  `ALTER TABLE workflow.alert ADD COLUMN detected_at timestamptz`,
  `UPDATE workflow.alert a SET detected_at = s.first_seen_at FROM workflow.story s WHERE s.story_id = a.story_id`,
  `ALTER TABLE workflow.alert ALTER detected_at SET DEFAULT now(), ALTER detected_at SET NOT NULL`,
  `COMMENT ON COLUMN workflow.alert.detected_at IS 'when the opinion that raised it was seen: a story may have run for months before'`,
  `DROP INDEX workflow.alert_living`,
  `CREATE UNIQUE INDEX alert_living ON workflow.alert (story_id) WHERE state NOT IN ('false-alarm', 'merged')`,
  `CREATE TABLE workflow.story_act (
    act_id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('merge', 'split', 'fix', 'unfix', 'perhaps')),
    story_id uuid NOT NULL,
    other_story_id uuid,
    likeness real,
    opinions uuid[] NOT NULL DEFAULT '{}',
    reason text NOT NULL,
    by_whom text NOT NULL,
    at timestamptz NOT NULL,
    settled_at timestamptz,
    settled_by text,
    outcome text)`,
  `COMMENT ON TABLE workflow.story_act IS 'what was done to stories, by whom; undone where outcome says so; perhaps = two that may be one, for an officer'`,
  `CREATE INDEX story_act_story ON workflow.story_act (story_id, at)`,
  `CREATE INDEX story_act_other ON workflow.story_act (other_story_id) WHERE other_story_id IS NOT NULL`,
  `CREATE INDEX story_act_open ON workflow.story_act (at DESC) WHERE kind = 'perhaps' AND settled_at IS NULL`,
  `ALTER TABLE workflow.story ADD COLUMN fixed_by text`,
];

const BACK = [
  `ALTER TABLE workflow.story DROP COLUMN fixed_by`,
  `DROP TABLE workflow.story_act`,
  `UPDATE workflow.alert SET state = 'false-alarm' WHERE state = 'merged'`,
  `DROP INDEX workflow.alert_living`,
  `CREATE UNIQUE INDEX alert_living ON workflow.alert (story_id) WHERE state <> 'false-alarm'`,
  `COMMENT ON INDEX workflow.alert_living IS 'one story has one living alert, whatever processes race'`,
  `ALTER TABLE workflow.alert DROP COLUMN detected_at`,
  `ALTER TABLE workflow.alert DROP COLUMN merged_into`,
  `ALTER TABLE workflow.opinion DROP COLUMN part_id`,
  `ALTER TABLE workflow.story DROP COLUMN merged_into`,
  `DROP INDEX IF EXISTS workflow.story_last_seen`,
  ...['word_delta', 'word_count', 'story_term', 'story_matter'].map((table) => `DROP TABLE classifier.${table}`),
];

export class RememberMatters1795720017215 implements MigrationInterface {
  name = 'RememberMatters1795720017215';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of [
      ...CLASSIFIER,
      ...WORKFLOW,
      `COMMENT ON INDEX workflow.alert_living IS 'one story has one living alert, whatever processes race'`,
    ])
      await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    for (const statement of BACK) await q.query(statement);
  }
}
