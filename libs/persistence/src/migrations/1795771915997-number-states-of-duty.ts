import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may be told of something is known again without reading every account: a number grows with each change, in the commit that makes it. */
const UP = [
  `CREATE TABLE workflow.duty_state (is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only), number bigint NOT NULL)`,
  `COMMENT ON TABLE workflow.duty_state IS 'grows with every change of an account or of the duty plan; logging in changes neither'`,
  `INSERT INTO workflow.duty_state (number) VALUES (1)`,
  `CREATE FUNCTION workflow.number_duty_state() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     UPDATE workflow.duty_state SET number = number + 1;
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER person_changes_duty AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE OF username, name, role, department_id, phone, email, disabled_at
   ON workflow.person FOR EACH STATEMENT EXECUTE FUNCTION workflow.number_duty_state()`,
  `CREATE TRIGGER plan_changes_duty AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE
   ON workflow.duty_change FOR EACH STATEMENT EXECUTE FUNCTION workflow.number_duty_state()`,
];

const DOWN = [
  `DROP TRIGGER plan_changes_duty ON workflow.duty_change`,
  `DROP TRIGGER person_changes_duty ON workflow.person`,
  `DROP FUNCTION workflow.number_duty_state`,
  `DROP TABLE workflow.duty_state`,
];

export class NumberStatesOfDuty1795771915997 implements MigrationInterface {
  name = 'NumberStatesOfDuty1795771915997';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of UP) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    for (const statement of DOWN) await q.query(statement);
  }
}
