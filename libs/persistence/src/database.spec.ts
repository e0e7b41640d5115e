import { emptyDatabase, freshDatabase } from '../../../test/support/database.js';
import { Database, type Queries } from './database.js';
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

describe('a database that does not wait for the disk', () => {
  const setting = `SELECT setting, source FROM pg_settings WHERE name = 'synchronous_commit'`;

  it('says so on each of its own connections, and on nobody else’s', async () => {
    const { database, url, drop } = await freshDatabase();
    const quick = await Database.open({ url, pool: 2, name: 'spec', waitsForDisk: false });
    try {
      const dedicated = await quick.dedicatedClient();
      const own = [...(await quick.query(setting)), ...(await quick.transaction((tx) => tx.query(setting)))];
      const { rows } = await dedicated.query(setting);
      await dedicated.end();
      expect([...own, ...rows]).toEqual(Array(3).fill({ setting: 'off', source: 'client' }));
      expect(await database.query(setting)).not.toEqual([expect.objectContaining({ source: 'client' })]);
    } finally {
      await quick.close();
      await drop();
    }
  });

  it('has everything on disk after reachDisk, also what another connection committed', async () => {
    const { database, url, drop } = await freshDatabase();
    const quick = await Database.open({ url, pool: 4, name: 'spec', waitsForDisk: false });
    const isBehind = async (on: Queries, written: string): Promise<boolean> =>
      (await on.query<{ behind: boolean }>(`SELECT pg_current_wal_flush_lsn() < $1::pg_lsn AS behind`, [written]))[0]!.behind;
    try {
      await quick.query(`CREATE TABLE public.thing (id int)`);
      for (let round = 0; round < 20; round++) {
        await Promise.all(Array.from({ length: 8 }, () => quick.query(`INSERT INTO public.thing SELECT generate_series(1, 100)`)));
        const [at] = await quick.query<{ lsn: string }>(`SELECT pg_current_wal_insert_lsn()::text AS lsn`);
        await quick.reachDisk();
        expect(await isBehind(database, at!.lsn)).toBe(false);
      }
    } finally {
      await quick.close();
      await drop();
    }
  });
});
