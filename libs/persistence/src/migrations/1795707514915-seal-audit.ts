import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The audit trail's chain. A row is written in the transaction of what it tells of and sealed a moment after the commit:
 * sealing in that transaction would make every step of the city wait for every other.
 */
export class SealAudit1795707514915 implements MigrationInterface {
  name = 'SealAudit1795707514915';

  async up(q: QueryRunner): Promise<void> {
    const statements = [
      `CREATE TABLE workflow.audit_seal (
        position bigint PRIMARY KEY,
        audit_id bigint NOT NULL UNIQUE REFERENCES workflow.audit,
        hash bytea NOT NULL)`,
      `COMMENT ON COLUMN workflow.audit_seal.hash IS 'SHA-256 of the seal before and the row as text, see audit-trail.ts'`,
      `CREATE TRIGGER audit_seal_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON workflow.audit_seal
        FOR EACH STATEMENT EXECUTE FUNCTION workflow.refuse_change()`,
      `CREATE TABLE workflow.audit_unsealed (audit_id bigint PRIMARY KEY)`,
      `INSERT INTO workflow.audit_unsealed SELECT audit_id FROM workflow.audit`,
    ];
    for (const statement of statements) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE workflow.audit_unsealed, workflow.audit_seal`);
  }
}
