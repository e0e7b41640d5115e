import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In a rush the words of up to 20,000 opinions, some 80 MB, wait (SearchIndexKeeper); no insert is to merge them before. */
export class LetMoreSearchWordsWait1795720613143 implements MigrationInterface {
  name = 'LetMoreSearchWordsWait1795720613143';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER INDEX workflow.opinion_words SET (gin_pending_list_limit = 262144)`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER INDEX workflow.opinion_words SET (gin_pending_list_limit = 65536)`);
  }
}
