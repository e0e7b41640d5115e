import { emptyDatabase, freshDatabase } from '../../../test/support/database.js';
import { MIGRATIONS } from './migrations/index.js';

describe('migrations', () => {
  it('go up, all the way down and up again, and leave the same schema', async () => {
    const { database, drop } = await emptyDatabase();
    const columns = () =>
      database.query(`SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns
        WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2, 3`);
    try {
      expect(await database.migrate()).toHaveLength(MIGRATIONS.length);
      const first = await columns();
      expect(first.length).toBeGreaterThan(20);
      for (let i = 0; i < MIGRATIONS.length; i++) await database.undoLastMigration();
      expect((await columns()).filter((c) => c.table_name !== 'huiying_migration')).toEqual([]);
      await database.migrate();
      expect(await columns()).toEqual(first);
      expect(await database.migrate()).toEqual([]);
    } finally {
      await drop();
    }
  });
});

describe('Database.query', () => {
  it('gives rows for SELECT, INSERT, UPDATE and DELETE … RETURNING alike', async () => {
    const { database, drop } = await freshDatabase();
    try {
      await database.query(`CREATE TABLE public.thing (id int)`);
      expect(await database.query(`INSERT INTO public.thing VALUES (1), (2) RETURNING id`)).toEqual([{ id: 1 }, { id: 2 }]);
      expect(await database.query(`UPDATE public.thing SET id = id + 10 WHERE id = $1 RETURNING id`, [1])).toEqual([{ id: 11 }]);
      expect(await database.query(`DELETE FROM public.thing WHERE id = 2 RETURNING id`)).toEqual([{ id: 2 }]);
      expect(await database.query(`SELECT id FROM public.thing`)).toEqual([{ id: 11 }]);
    } finally {
      await drop();
    }
  });
});
