import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A policy document holds until it is repealed, expires or is replaced: its answers in the knowledge base end or go on with it. Additive. */
export class EndDocuments1795747078640 implements MigrationInterface {
  name = 'EndDocuments1795747078640';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE workflow.policy_document ADD COLUMN ended jsonb`);
    await q.query(
      `COMMENT ON COLUMN workflow.policy_document.ended IS 'how, last day in force, what replaces it, why, who and when; null = in force'`,
    );
    await q.query(`CREATE INDEX knowledge_entry_document ON workflow.knowledge_entry (document_id) WHERE document_id IS NOT NULL`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX workflow.knowledge_entry_document`);
    await q.query(`ALTER TABLE workflow.policy_document DROP COLUMN ended`);
  }
}
