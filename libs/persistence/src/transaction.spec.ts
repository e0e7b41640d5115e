import { freshDatabase, type TestDatabase } from '../../../test/support/database.js';
import type { Database, Queries } from './database.js';

/** What only the way statements travel together can get wrong; what a transaction is for is in store.spec.ts. */
describe('a transaction', () => {
  let test: TestDatabase;
  let database: Database;
  const kept = async () => (await database.query<{ n: number }>(`SELECT n FROM public.kept ORDER BY n`)).map(({ n }) => n);
  const add = (tx: Queries, n: unknown, mark = '') => tx.write(`INSERT INTO public.kept VALUES ($1::int) /* ${mark} */`, [n]);

  beforeAll(async () => {
    test = await freshDatabase();
    database = test.database;
    await database.query(`CREATE TABLE public.kept (n int PRIMARY KEY CHECK (n > 0))`);
  });
  beforeEach(() => database.query(`TRUNCATE public.kept`));
  afterAll(() => test.drop());

  it('sees its own writes that still wait, in their order, and keeps them with the commit', async () => {
    const seen = await database.transaction(async (tx) => {
      await add(tx, 1);
      await add(tx, 2);
      const rows = await tx.query<{ n: number }>(`SELECT n FROM public.kept WHERE n > $1 ORDER BY n`, [0]);
      await tx.write(`UPDATE public.kept SET n = n + 10 WHERE n = $1`, [2]);
      await add(tx, 3);
      return rows.map(({ n }) => n);
    });
    expect([seen, await kept()]).toEqual([
      [1, 2],
      [1, 3, 12],
    ]);
  });

  it('answers what is asked in one turn each with its own rows, in the order asked', async () => {
    const answers = await database.transaction((tx) =>
      Promise.all([
        tx.query<{ a: number }>(`INSERT INTO public.kept VALUES (1), (2) RETURNING n AS a`),
        tx.prepared<{ b: number }>(`SELECT count(*)::int AS b FROM public.kept WHERE n < $1`, [10]),
        tx.query(`SELECT 1 WHERE false`),
        tx.query<{ c: Date | null }>(`SELECT $1::timestamptz AS c`, [new Date('2026-11-20T02:00:00Z')]),
      ]),
    );
    expect(answers).toEqual([[{ a: 1 }, { a: 2 }], [{ b: 2 }], [], [{ c: new Date('2026-11-20T02:00:00Z') }]]);
  });

  it('reads the rows of a statement that is planned as the first time, in a transaction and outside, and after plans were forgotten', async () => {
    const sql = `SELECT $1::int AS n, NULL::text AS none, $2::timestamptz AS at, $3::bytea AS bytes, ARRAY['a', NULL] AS list WHERE $1 > 0`;
    const at = new Date('2026-11-20T02:00:00Z');
    const ask = (on: Queries, n: number) => on.prepared(sql, [n, at, Buffer.from('回应')]);
    const expected = (n: number) => (n > 0 ? [{ n, none: null, at, bytes: Buffer.from('回应'), list: ['a', null] }] : []);
    for (const n of [1, 0, 2, 3]) {
      expect(await ask(database, n)).toEqual(expected(n));
      const [first, second] = await database.transaction((tx) => Promise.all([ask(tx, n), ask(tx, n + 1)]));
      expect([first, second]).toEqual([expected(n), expected(n + 1)]);
      await expect(database.transaction((tx) => Promise.all([ask(tx, 1), tx.prepared(`SELECT 1 / 0 /* ${n} */`)]))).rejects.toThrow('zero');
    }
  });

  it('reads columns of any name, of two of one name the later, and the same names of other types', async () => {
    const sql = `SELECT 1 AS "a""b", 2 AS "行\\n", 3 AS "constructor", 4 AS twice, '5' AS twice`;
    for (let n = 0; n < 2; n++) {
      expect(await database.prepared(sql)).toEqual([{ 'a"b': 1, '行\\n': 2, constructor: 3, twice: '5' }]);
      expect(await database.prepared(`SELECT 1::int AS n`)).toEqual([{ n: 1 }]);
      expect(await database.prepared(`SELECT '1'::text AS n`)).toEqual([{ n: '1' }]);
    }
  });

  it.each([
    ['a write that waited for the commit', async (tx: Queries) => add(tx, -1)],
    ['a write that went with a question', async (tx: Queries) => void (await add(tx, -1), await tx.query(`SELECT 1`))],
    ['a question', async (tx: Queries) => void (await tx.query(`INSERT INTO public.kept VALUES (-1)`))],
    ['one of several asked in one turn', async (tx: Queries) => void (await Promise.all([tx.query(`SELECT 1`), tx.query(`SELECT 1 / 0`)]))],
    ['a value that cannot be sent', async (tx: Queries) => void (await tx.query(`SELECT $1::text`, [circular()]))],
  ])('keeps nothing after the failure of %s, and its connection goes on, whatever it had planned', async (what, work) => {
    await expect(
      database.transaction(async (tx) => {
        await add(tx, 1, what);
        await work(tx);
      }),
    ).rejects.toThrow(/kept_n_check|division by zero|circular/);
    for (let i = 0; i < 12; i++) await database.transaction((tx) => add(tx, i + 1, what));
    expect(await kept()).toHaveLength(12);
  });

  it('does not commit what the server has given up, though the work went on as if nothing had been', async () => {
    const work = database.transaction(async (tx) => {
      await add(tx, 1);
      await tx.query(`SELECT 1 / 0`).catch(() => undefined);
      return 'done';
    });
    await expect(work).rejects.toThrow('division by zero');
    expect(await kept()).toEqual([]);
  });

  it('asks nothing on a connection that may be another’s by now', async () => {
    let late: Queries | null = null;
    await database.transaction(async (tx) => void ((late = tx), await add(tx, 1)));
    await expect(late!.query(`SELECT 1`)).rejects.toThrow('the transaction is over');
  });
});

function circular(): object {
  const one: Record<string, unknown> = {};
  one['self'] = one;
  return one;
}
