import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * New words wait in a list until somebody merges them into the index. When the list is full the next insert has to, and an alert came
 * seconds late for it. Now a process merges every few seconds (SearchIndexKeeper); the list is larger so that it comes first.
 */
export class LetSearchWordsWait1763880006000 implements MigrationInterface {
  name = 'LetSearchWordsWait1763880006000';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER INDEX workflow.opinion_words SET (gin_pending_list_limit = 65536)`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER INDEX workflow.opinion_words SET (gin_pending_list_limit = 16384)`);
  }
}
