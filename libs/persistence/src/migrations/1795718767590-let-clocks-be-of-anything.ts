import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A clock, a proof and a line of history may be of a hotline order or a policy document as well as of a case. What has no case
 * bears its own number, title and severity, as lists show them. Additive but for the case that need not be there; a version
 * before this one reads such clocks as none (it joins the case).
 */
export class LetClocksBeOfAnything1795718767590 implements MigrationInterface {
  name = 'LetClocksBeOfAnything1795718767590';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE workflow.deadline ALTER COLUMN case_id DROP NOT NULL,
      ADD COLUMN subject_no text, ADD COLUMN subject_title text, ADD COLUMN subject_severity text,
      ADD CONSTRAINT deadline_subject_shown CHECK (case_id IS NOT NULL
        OR (subject_no IS NOT NULL AND subject_title IS NOT NULL AND subject_severity IS NOT NULL))`);
    await q.query(`COMMENT ON COLUMN workflow.deadline.case_id IS 'the case it belongs to; null for a clock of an order or a document'`);
    await q.query(`COMMENT ON COLUMN workflow.deadline.subject_no IS 'with title and severity: what lists show of a clock without a case'`);
    await q.query(`CREATE INDEX deadline_subject ON workflow.deadline (subject_id) WHERE case_id IS NULL`);
    await q.query(`ALTER TABLE workflow.evidence ALTER COLUMN case_id DROP NOT NULL, ADD COLUMN subject_kind text, ADD COLUMN subject_id uuid,
      ADD CONSTRAINT evidence_subject CHECK (case_id IS NOT NULL OR (subject_kind IS NOT NULL AND subject_id IS NOT NULL))`);
    await q.query(`CREATE INDEX evidence_of_subject ON workflow.evidence (subject_id, registered_at) WHERE case_id IS NULL`);
    await q.query(`ALTER TABLE workflow.timeline ADD COLUMN subject_kind text, ADD COLUMN subject_id uuid`);
    await q.query(
      `COMMENT ON COLUMN workflow.timeline.subject_kind IS 'order or document: whose history the line is, where it is no case''s'`,
    );
    await q.query(`CREATE INDEX timeline_subject ON workflow.timeline (subject_id, entry_id) WHERE subject_id IS NOT NULL`);
  }

  /** What has no case cannot be held any more and goes. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX workflow.timeline_subject`);
    await q.query(`ALTER TABLE workflow.timeline DROP COLUMN subject_kind, DROP COLUMN subject_id`);
    await q.query(
      `DELETE FROM workflow.evidence_file WHERE evidence_id IN (SELECT evidence_id FROM workflow.evidence WHERE case_id IS NULL)`,
    );
    await q.query(`DELETE FROM workflow.evidence WHERE case_id IS NULL`);
    await q.query(`DROP INDEX workflow.evidence_of_subject`);
    await q.query(`ALTER TABLE workflow.evidence DROP CONSTRAINT evidence_subject, DROP COLUMN subject_kind, DROP COLUMN subject_id,
      ALTER COLUMN case_id SET NOT NULL`);
    await q.query(
      `DELETE FROM workflow.deadline_step WHERE deadline_id IN (SELECT deadline_id FROM workflow.deadline WHERE case_id IS NULL)`,
    );
    await q.query(`DELETE FROM workflow.deadline WHERE case_id IS NULL`);
    await q.query(`DROP INDEX workflow.deadline_subject`);
    await q.query(`ALTER TABLE workflow.deadline DROP CONSTRAINT deadline_subject_shown, DROP COLUMN subject_no, DROP COLUMN subject_title,
      DROP COLUMN subject_severity, ALTER COLUMN case_id SET NOT NULL`);
  }
}
