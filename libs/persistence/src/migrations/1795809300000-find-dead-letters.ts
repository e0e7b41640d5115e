import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A record that was sent again and failed again is found by what it holds, and stays one dead letter. */
export class FindDeadLetters1795809300000 implements MigrationInterface {
  name = 'FindDeadLetters1795809300000';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE INDEX dead_letter_value ON log.dead_letter (md5(value))`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX log.dead_letter_value`);
  }
}
