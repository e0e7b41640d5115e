import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * By what stories are found in fewer bytes: a story by its number, a time by its minute. The index, of which every opinion looks up pages
 * of twelve terms, had 44 bytes for each entry and has 28.
 */
const UP = [
  `ALTER TABLE classifier.story_matter ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY`,
  `ALTER TABLE classifier.story_matter ADD CONSTRAINT story_matter_number UNIQUE (number)`,
  `COMMENT ON COLUMN classifier.story_matter.number IS 'names the story in story_term in half the bytes; never told outside'`,
  `ALTER TABLE classifier.story_term RENAME TO story_term_before`,
  `CREATE TABLE classifier.story_term (term int NOT NULL, posted_minute int NOT NULL, story bigint NOT NULL)`,
  `INSERT INTO classifier.story_term
   SELECT DISTINCT t.term, floor(extract(epoch FROM t.posted_at) / 60)::int, m.number
   FROM classifier.story_term_before t JOIN classifier.story_matter m USING (story_id)`,
  `DROP TABLE classifier.story_term_before`,
  `ALTER TABLE classifier.story_term ADD PRIMARY KEY (term, posted_minute, story)`,
  `COMMENT ON TABLE classifier.story_term IS 'the newest 8 stories of a term are looked at, so the cost does not grow with the archive'`,
  `COMMENT ON COLUMN classifier.story_term.posted_minute IS 'whole minutes since 1970-01-01 UTC'`,
];

const DOWN = [
  `ALTER TABLE classifier.story_term RENAME TO story_term_after`,
  `CREATE TABLE classifier.story_term (term int NOT NULL, posted_at timestamptz NOT NULL, story_id uuid NOT NULL)`,
  `INSERT INTO classifier.story_term SELECT t.term, to_timestamp(t.posted_minute * 60.0), m.story_id
   FROM classifier.story_term_after t JOIN classifier.story_matter m ON m.number = t.story`,
  `DROP TABLE classifier.story_term_after`,
  `ALTER TABLE classifier.story_term ADD PRIMARY KEY (term, posted_at, story_id)`,
  `COMMENT ON TABLE classifier.story_term IS 'the newest 16 stories of a term are looked at, so the cost does not grow with the archive'`,
  `ALTER TABLE classifier.story_matter DROP COLUMN number`,
];

export class HalveStoryTerms1795761081912 implements MigrationInterface {
  name = 'HalveStoryTerms1795761081912';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of UP) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    for (const statement of DOWN) await q.query(statement);
  }
}
