import { freshDatabase, type TestDatabase } from '../../../test/support/database.js';
import { until } from '../../../test/support/event-log/until.js';

describe('Database.listen', () => {
  let db: TestDatabase;
  beforeEach(async () => void (db = await freshDatabase()));
  afterEach(() => db.drop());

  const listening = async (): Promise<number[]> =>
    (
      await db.database.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
      )
    ).map((r) => r.pid);
  const tell = (channel: string, payload: string): Promise<unknown> => db.database.query(`SELECT pg_notify($1, $2)`, [channel, payload]);

  it('tells each listener what its channel brings, over one connection for all', async () => {
    const heard: string[] = [];
    await Promise.all(
      ['a', 'b', 'a'].map((channel, i) => db.database.listen(channel, (payload) => void heard.push(`${i}:${channel}:${payload}`))),
    );
    expect(heard.sort()).toEqual(['0:a:null', '1:b:null', '2:a:null']);
    expect(await listening()).toHaveLength(1);
    await tell('a', 'x');
    await until('both heard', () => heard.length >= 5);
    expect(heard.slice(3).sort()).toEqual(['0:a:x', '2:a:x']);
  });

  it('comes back when its connection is lost, and says that something may have been missed', async () => {
    const heard: (string | null)[] = [];
    await db.database.listen('a', (payload) => void heard.push(payload));
    const [before] = await listening();
    await db.database.query(`SELECT pg_terminate_backend($1)`, [before]);
    await until('it looks for itself again', () => heard.length === 2);
    expect(heard).toEqual([null, null]);
    await tell('a', 'again');
    await until('it hears again', () => heard.includes('again'));
    const after = await listening();
    expect(after).toHaveLength(1);
    expect(after[0]).not.toBe(before);
  });

  it('keeps no connection when nobody listens any more, even if it was just coming back', async () => {
    const stop = await db.database.listen('a', () => undefined);
    const stopOther = await db.database.listen('b', () => undefined);
    await stop();
    expect(await listening()).toHaveLength(1);
    await db.database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()`,
    );
    await stopOther();
    await until('the connection is gone', async () => (await listening()).length === 0);
    await db.database.listen('a', () => undefined);
    expect(await listening()).toHaveLength(1);
  });
});
