import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceTables } from '../service-tables.js';

/** What is remembered of texts, so that a copy is known again; never the texts themselves. */
const STORIES = [
  `CREATE TABLE classifier.story (
    story_id uuid PRIMARY KEY,
    first_opinion_id uuid NOT NULL,
    first_seen_at timestamptz NOT NULL)`,
  `CREATE TABLE classifier.opinion (
    opinion_id uuid PRIMARY KEY,
    story_id uuid NOT NULL,
    relation text NOT NULL,
    similarity real NOT NULL,
    revision int NOT NULL) WITH (fillfactor = 90)`,
  `COMMENT ON COLUMN classifier.opinion.relation IS 'how it joined: first, exact or near; an edit changes nothing of it'`,
  `CREATE TABLE classifier.text (
    text_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    exact bigint NOT NULL,
    story_id uuid NOT NULL,
    grams int NOT NULL,
    sketch bytea NOT NULL,
    places text[] NOT NULL,
    first_seen_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    UNIQUE (exact, story_id)) WITH (fillfactor = 90)`,
  `COMMENT ON TABLE classifier.text IS 'one row for each different text of a story'`,
  `COMMENT ON COLUMN classifier.text.sketch IS 'up to 128 int4, little endian, ascending: libs/text/src/fingerprint.ts'`,
  `CREATE TABLE classifier.text_key (
    key int NOT NULL,
    seen_at timestamptz NOT NULL,
    text_id bigint NOT NULL,
    PRIMARY KEY (key, seen_at, text_id))`,
  `COMMENT ON TABLE classifier.text_key IS 'up to 10 keys a text; texts that share none are not compared, so the cost does not grow with the archive'`,
];

export class CreateClassifier1763880002000 implements MigrationInterface {
  name = 'CreateClassifier1763880002000';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of [...serviceTables('classifier'), ...STORIES]) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP SCHEMA classifier CASCADE`);
  }
}
