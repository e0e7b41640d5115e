import { stableId } from '@huiying/domain';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.js';
import { until } from '../../../test/support/event-log/until.js';
import { locksOf } from '../../../test/support/locks.js';
import { DatabaseAway } from './database-away.js';
import { OutboxTable } from './log/outbox-table.js';
import { serviceTables } from './service-tables.js';
import { Store, type OutgoingEvent } from './store.js';

const event = (n: number): OutgoingEvent => {
  const occurredAt = '2026-11-20T02:00:00.000Z';
  return {
    topic: 't',
    key: `k${n % 2}`,
    event: { id: stableId('store', n), type: 't', version: 1, occurredAt, causedBy: n > 0 ? stableId('store', 0) : null, data: { n } },
  };
};

describe('Store', () => {
  let db: TestDatabase;
  let store: Store;
  let outbox: OutboxTable;
  beforeEach(async () => {
    db = await freshDatabase();
    for (const sql of serviceTables('spec')) await db.database.query(sql);
    await db.database.query(`CREATE TABLE spec.effect (n int)`);
    store = new Store(db.database, 'spec');
    outbox = new OutboxTable(db.database, 'spec');
  });
  afterEach(() => db.drop());

  const effects = async (): Promise<number[]> =>
    (await db.database.query<{ n: number }>(`SELECT n FROM spec.effect ORDER BY n`)).map((r) => r.n);
  const add = (n: number) => `INSERT INTO spec.effect VALUES (${n})`;

  it('commits the change and its events together, in the order told', async () => {
    const answer = await store.change(async (tx) => {
      await tx.query(add(1));
      tx.send(event(3), event(1));
      tx.send(event(2));
      return 'done';
    });
    expect(answer).toBe('done');
    expect((await outbox.pending(10)).map((p) => JSON.parse(p.payload))).toEqual([event(3).event, event(1).event, event(2).event]);
    expect(await effects()).toEqual([1]);
  });

  it('keeps neither when the work throws', async () => {
    const broken = store.change(async (tx) => {
      await tx.query(add(1));
      tx.send(event(1));
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect(await outbox.pending(10)).toEqual([]);
    expect(await effects()).toEqual([]);
  });

  it('sends an id once, whether it is told twice in one change or in two', async () => {
    await store.change(async (tx) => tx.send(event(1), event(1)));
    await outbox.markSent((await outbox.pending(10)).map((p) => p.position));
    await store.change(async (tx) => tx.send(event(1), event(2)));
    expect((await outbox.pending(10)).map((p) => p.key)).toEqual(['k0']);
  });

  it('gives a reader each event once, in order, however it is delivered', async () => {
    const seen: string[][] = [];
    const read = (reader: string, ...ids: string[]): Promise<void> =>
      store.once(
        reader,
        ids.map((id) => ({ id })),
        async (_, fresh) => void seen.push(fresh.map((e) => e.id)),
      );
    const [a, b, c] = [stableId('a'), stableId('b'), stableId('c')];
    await read('r', b, a, b);
    await read('r', a, c);
    await read('r', a, b, c);
    await read('other', a);
    expect(seen).toEqual([[b, a], [c], [a]]);
  });

  it('handles an event whose id came in capital letters', async () => {
    const id = stableId('a').toUpperCase();
    const seen: string[] = [];
    await store.once('r', [{ id }], async (_, fresh) => void seen.push(...fresh.map((e) => e.id)));
    await store.once('r', [{ id: id.toLowerCase() }], async (_, fresh) => void seen.push(...fresh.map((e) => e.id)));
    expect(seen).toEqual([id]);
  });

  it('claims nothing when the work throws, so the event comes again', async () => {
    const events = [{ id: stableId('a') }];
    await expect(store.once('r', events, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    let fresh = 0;
    await store.once('r', events, async (_, given) => void (fresh = given.length));
    expect(fresh).toBe(1);
  });

  it('lets a second delivery wait for the first, and then do nothing', async () => {
    const events = [{ id: stableId('a') }];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let works = 0;
    const work = async (): Promise<void> => {
      works++;
      await held;
    };
    const first = store.once('r', events, work);
    await until('the first is at work', () => works === 1);
    const second = store.once('r', events, work);
    await until('the second waits', async () => (await locksOf(db.database)).filter((lock) => !lock.granted).length === 1);
    release();
    await Promise.all([first, second]);
    expect(works).toBe(1);
  });

  it('refuses a schema that could be SQL', () => expect(() => new Store(db.database, 'a; DROP')).toThrow('schema must be'));

  it("tells the database's absence from an error of the work", async () => {
    const lost = store.change(async (tx) => {
      await tx.query(`SELECT pg_terminate_backend(pg_backend_pid())`);
    });
    await expect(lost).rejects.toThrow(DatabaseAway);
    const after = store.change(async (tx) => {
      await tx.query(`SELECT pg_terminate_backend(pg_backend_pid())`).catch(() => undefined);
      await tx.query('SELECT 1');
    });
    await expect(after).rejects.toThrow(DatabaseAway);
    const refused = Object.assign(new Error('the mail server refused'), { code: 'ECONNREFUSED' });
    await expect(store.change(() => Promise.reject(refused))).rejects.toBe(refused);
  });
});
