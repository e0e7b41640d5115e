import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The knowledge base (知识库): entries, each version of them, and who cited which. */
export class CreateKnowledge1795734466769 implements MigrationInterface {
  name = 'CreateKnowledge1795734466769';

  async up(q: QueryRunner): Promise<void> {
    const statements = [
      `CREATE SEQUENCE workflow.knowledge_change`,
      `CREATE TABLE workflow.knowledge_entry (
        entry_id uuid PRIMARY KEY,
        change_no bigint NOT NULL,
        changes int NOT NULL,
        version int NOT NULL,
        state text NOT NULL,
        has_expired boolean NOT NULL DEFAULT false,
        content jsonb NOT NULL,
        expires_on date,
        source_kind text NOT NULL,
        source_id uuid,
        document_id uuid,
        words tsvector NOT NULL,
        changed_at timestamptz NOT NULL,
        changed_by text NOT NULL)`,
      `COMMENT ON COLUMN workflow.knowledge_entry.change_no IS 'grows with every change of any entry, in the order of commits: what systems pull by'`,
      `COMMENT ON COLUMN workflow.knowledge_entry.changes IS 'how often this entry changed: the sequence number of what is pushed'`,
      `COMMENT ON COLUMN workflow.knowledge_entry.has_expired IS 'that it has expired was told'`,
      `CREATE UNIQUE INDEX knowledge_entry_change ON workflow.knowledge_entry (change_no)`,
      `CREATE UNIQUE INDEX knowledge_entry_source ON workflow.knowledge_entry (source_kind, source_id) WHERE source_id IS NOT NULL`,
      `CREATE INDEX knowledge_entry_words ON workflow.knowledge_entry USING gin (words)`,
      `CREATE INDEX knowledge_entry_expires ON workflow.knowledge_entry (expires_on) WHERE state = 'active' AND NOT has_expired`,
      `CREATE TABLE workflow.knowledge_version (
        entry_id uuid NOT NULL,
        version int NOT NULL,
        content jsonb NOT NULL,
        reason text NOT NULL,
        changed_at timestamptz NOT NULL,
        changed_by text NOT NULL,
        PRIMARY KEY (entry_id, version))`,
      `CREATE TABLE workflow.knowledge_cite (
        subject_kind text NOT NULL,
        subject_id uuid NOT NULL,
        entry_id uuid NOT NULL,
        version int NOT NULL,
        at timestamptz NOT NULL,
        by text NOT NULL,
        PRIMARY KEY (subject_kind, subject_id, entry_id))`,
      `CREATE INDEX knowledge_cite_entry ON workflow.knowledge_cite (entry_id, at)`,
    ];
    for (const statement of statements) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE workflow.knowledge_cite, workflow.knowledge_version, workflow.knowledge_entry`);
    await q.query(`DROP SEQUENCE workflow.knowledge_change`);
  }
}
