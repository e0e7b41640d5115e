import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As in workflow/deadline-sql.ts when this was written. */
const RANK = `(CASE rule->>'milestone' WHEN 'reminder' THEN 2 WHEN 'evaluation' THEN 1 ELSE 0 END)`;
const OPEN = 'met_at IS NULL AND cancelled_at IS NULL';

/** Of a hotline's orders thousands run out every day: the board's list of all other clocks must not be looked for among them. */
export class PartOpenClocksOfOrders1795735272233 implements MigrationInterface {
  name = 'PartOpenClocksOfOrders1795735272233';

  async up(q: QueryRunner): Promise<void> {
    const key = `workflow.deadline (${RANK}, due_at, deadline_id)`;
    await q.query(`CREATE INDEX deadline_open_response ON ${key} WHERE ${OPEN} AND subject_kind <> 'order'`);
    await q.query(`CREATE INDEX deadline_open_order ON ${key} WHERE ${OPEN} AND subject_kind = 'order'`);
    await q.query('DROP INDEX workflow.deadline_open_ranked');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`CREATE INDEX deadline_open_ranked ON workflow.deadline (${RANK}, due_at, deadline_id) WHERE ${OPEN}`);
    await q.query('DROP INDEX workflow.deadline_open_order');
    await q.query('DROP INDEX workflow.deadline_open_response');
  }
}
