import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables whose rows change several times within a case's life: a new version of a row finds room beside the old one and leaves the indexes alone. */
const CHANGING = ['case_file', 'task', 'deadline', 'deadline_step', 'alert', 'delivery'];

/**
 * A clock and its steps are written by one statement, and clocks are never deleted: that the clock is there needs no looking up, and no
 * locking of its row, for each step anew.
 */
export class SpareWrites1795733772180 implements MigrationInterface {
  name = 'SpareWrites1795733772180';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE workflow.deadline_step DROP CONSTRAINT deadline_step_deadline_id_fkey`);
    for (const table of CHANGING) await q.query(`ALTER TABLE workflow.${table} SET (fillfactor = 75)`);
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of CHANGING) await q.query(`ALTER TABLE workflow.${table} RESET (fillfactor)`);
    await q.query(
      `ALTER TABLE workflow.deadline_step ADD CONSTRAINT deadline_step_deadline_id_fkey FOREIGN KEY (deadline_id) REFERENCES workflow.deadline`,
    );
  }
}
