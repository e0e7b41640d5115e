import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The register of policy documents is used from here on: its clock is one like all others (workflow.deadline), a document may have
 * several interpretations, and one that the collector found may wait for its department. Nothing was kept in it before.
 */
export class UsePolicyDocuments1795719960740 implements MigrationInterface {
  name = 'UsePolicyDocuments1795719960740';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX workflow.policy_document_step`);
    await q.query(`ALTER TABLE workflow.policy_document DROP COLUMN clock, DROP COLUMN next_step_at, DROP COLUMN interpretation,
      DROP COLUMN link_check, ADD COLUMN interpretations jsonb NOT NULL DEFAULT '[]', ALTER COLUMN department_id DROP NOT NULL`);
    await q.query(
      `COMMENT ON COLUMN workflow.policy_document.interpretations IS 'each with its proof, its checklist and whether it and the document lead to each other'`,
    );
    await q.query(
      `COMMENT ON COLUMN workflow.policy_document.department_id IS 'who drafted it; null where the collector found it and nobody has said'`,
    );
    await q.query(`CREATE INDEX policy_document_department ON workflow.policy_document (department_id, created_at DESC)`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX workflow.policy_document_department`);
    await q.query(`DELETE FROM workflow.policy_document WHERE department_id IS NULL`);
    await q.query(`ALTER TABLE workflow.policy_document DROP COLUMN interpretations, ADD COLUMN interpretation jsonb, ADD COLUMN link_check jsonb,
      ADD COLUMN clock jsonb, ADD COLUMN next_step_at timestamptz, ALTER COLUMN department_id SET NOT NULL`);
    await q.query(`COMMENT ON COLUMN workflow.policy_document.clock IS 'the stamped PI-01 clock, as the domain has it'`);
    await q.query(`CREATE INDEX policy_document_step ON workflow.policy_document (next_step_at) WHERE next_step_at IS NOT NULL`);
  }
}
