import { MovableClock, stableId } from '@huiying/domain';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { DeadLetters } from '../log/dead-letters.js';
import { LogTables } from '../log/log-tables.js';
import { serviceTables } from '../service-tables.js';
import { Store } from '../store.js';
import { DailyRetention } from './daily-retention.js';
import { mendIndexes } from './mend-indexes.js';
import { Retention } from './retention.js';

const DAY = 86_400_000;
const NOW = new Date('2026-11-20T00:00:00Z');
const ago = (days: number): Date => new Date(NOW.getTime() - days * DAY);

describe('Retention', () => {
  let db: TestDatabase;
  beforeEach(async () => {
    db = await freshDatabase();
    for (const sql of serviceTables('spec')) await db.database.query(sql);
  });
  afterEach(() => db.drop());

  const one = async <T>(sql: string): Promise<T> => Object.values((await db.database.query<Record<string, T>>(sql))[0]!)[0]!;
  const none = { outbox: 0, inbox: 0, records: 0, letters: 0, texts: 0 };

  it('removes sent events older than its days to the second, and never an unsent one', async () => {
    const store = new Store(db.database, 'spec');
    const send = (n: number, at: Date): Promise<void> =>
      store.change(async (tx) =>
        tx.send({
          topic: 't',
          key: 'k',
          event: { id: stableId(n), type: 't', version: 1, occurredAt: at.toISOString(), causedBy: null, data: {} },
        }),
      );
    await send(1, ago(200));
    await send(2, new Date(ago(184).getTime() - 1_000));
    await db.database.query(`DELETE FROM spec.outbox_unsent`);
    await send(3, ago(184));
    await db.database.query(`DELETE FROM spec.outbox_unsent`);
    await send(4, ago(300)); // unsent
    expect(await new Retention(db.database).prune(NOW)).toEqual({ ...none, outbox: 2 });
    expect(await db.database.query(`SELECT event_id FROM spec.outbox ORDER BY position`)).toEqual([
      { event_id: stableId(3) },
      { event_id: stableId(4) },
    ]);
    expect(await new Retention(db.database).prune(NOW)).toEqual(none);
  });

  it('removes old records of the log, but none that the slowest reader has yet to read', async () => {
    const tables = new LogTables(db.database);
    await tables.ensureTopics({ t: 2, unread: 1 });
    const append = (topic: string, partition: number, count: number, at: Date): Promise<void> =>
      tables.append(
        Array.from({ length: count }, () => ({ topic, partition, key: 'k', value: '{}' })),
        at,
      );
    await append('t', 0, 10, ago(200));
    await append('t', 0, 5, ago(10));
    await append('t', 1, 10, ago(200));
    await append('unread', 0, 3, ago(200));
    for (const reader of ['quick', 'slow']) await tables.ensureReader(reader, ['t']);
    await db.database.query(`UPDATE log.reader_position SET next = 15 WHERE partition = 0`);
    await db.database.query(`UPDATE log.reader_position SET next = CASE reader WHEN 'quick' THEN 10 ELSE 4 END WHERE partition = 1`);
    expect(await new Retention(db.database, 30).prune(NOW)).toEqual({ ...none, records: 10 + 4 + 3 });
    expect(await one(`SELECT min(position)::int FROM log.record WHERE topic = 't' AND partition = 0`)).toBe(10);
    expect(await one(`SELECT min(position)::int FROM log.record WHERE topic = 't' AND partition = 1`)).toBe(4);
  });

  it('removes more than one chunk, old claims by the clock of the server, and letters that were sent again long ago', async () => {
    const real = new Date(performance.timeOrigin + performance.now());
    await db.database.query(
      `INSERT INTO spec.inbox SELECT 'r', gen_random_uuid(), now() - make_interval(days => CASE WHEN n <= 12000 THEN 200 ELSE 1 END) FROM generate_series(1, 12005) n`,
    );
    const letters = new DeadLetters(db.database);
    const letter = {
      reader: 'r',
      topic: 't',
      partition: 0,
      key: 'k',
      value: 'v',
      reason: 'x',
      attempts: 1,
      at: new Date(real.getTime() - 300 * DAY),
    };
    await letters.add({ ...letter, position: 1 });
    await letters.add({ ...letter, position: 2, value: 'w' });
    const resent = (await letters.waiting())[0]!;
    await letters.markResent(resent, new Date(real.getTime() - 290 * DAY));
    expect(await new Retention(db.database).prune(real)).toEqual({ ...none, inbox: 12_000, letters: 1 });
    expect((await letters.list()).map((l) => l.position)).toEqual([2]);
    // A drill's clock years ahead takes no fresh claim away: with it, every event that comes again would be done again.
    await new Retention(db.database).prune(new Date(real.getTime() + 3_000 * DAY));
    expect(await one(`SELECT count(*)::int FROM spec.inbox`)).toBe(5);
  });

  it('forgets by what texts are found once no copy is looked for so far back, and no story of their matter; never by a clock ahead', async () => {
    const real = new Date(performance.timeOrigin + performance.now());
    const at = (days: number): string => new Date(real.getTime() - days * DAY).toISOString();
    const text = (n: number, days: number): Promise<unknown> =>
      db.database.query(
        `WITH t AS (INSERT INTO classifier.text (exact, story_id, grams, sketch, places, first_seen_at, last_seen_at)
           VALUES ($1, $2, 9, '', '{}', $3, $3) RETURNING text_id)
         INSERT INTO classifier.text_key SELECT $1::int + k, $3::timestamptz, text_id FROM t, generate_series(0, 4) k`,
        [n * 10, stableId(n), at(days)],
      );
    const term = (n: number, days: number): Promise<unknown> =>
      db.database.query(`INSERT INTO classifier.story_term VALUES ($1::int, extract(epoch FROM $2::timestamptz) / 60, $1::int)`, [
        n,
        at(days),
      ]);
    for (const [n, days] of [40, 43, 45, 300].entries()) await text(n, days);
    for (const [n, days] of [200, 253, 255].entries()) await term(n, days);
    expect(await new Retention(db.database).prune(real)).toEqual({ ...none, texts: 2 * 6 + 1 });
    expect(await new Retention(db.database).prune(new Date(real.getTime() + 3_000 * DAY))).toEqual(none);
    const left = ['text', 'text_key', 'story_term'].map((table) => one<number>(`SELECT count(*)::int FROM classifier.${table}`));
    expect(await Promise.all(left)).toEqual([2, 10, 2]);
  });

  it('builds an index anew that pruning left mostly empty, once, and takes away what a cut attempt left', async () => {
    const fill = (days: number, step: number) =>
      db.database.query(
        `INSERT INTO classifier.story_term SELECT n % 997, extract(epoch FROM now() - make_interval(days => $1, secs => n)) / 60, n
         FROM generate_series($2::int, $2 + 29999) n`,
        [days, step],
      );
    await fill(300, 0);
    await fill(1, 40_000);
    const mend = (least: number) => mendIndexes(db.database, ['classifier.story_term'], least);
    expect(await mend(0)).toEqual([]);
    const real = new Date(performance.timeOrigin + performance.now());
    await new Retention(db.database).prune(real);
    await db.database.query(`DELETE FROM classifier.story_term WHERE story IN (SELECT story FROM classifier.story_term LIMIT 25000)`);
    expect(await mend(64 * 1024 * 1024)).toEqual([]);
    await db.database.query(`CREATE INDEX story_term_pkey_ccnew ON classifier.story_term (term)`);
    await db.database.query(`UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'classifier.story_term_pkey_ccnew'::regclass`);
    const [mended, ...more] = await mend(0);
    expect([mended!.name, more]).toEqual(['classifier.story_term_pkey', []]);
    expect(mended!.after).toBeLessThan(mended!.before / 5);
    expect(await one(`SELECT count(*)::int FROM pg_index WHERE indrelid = 'classifier.story_term'::regclass`)).toBe(1);
    expect(await mend(0)).toEqual([]);
    expect(await one(`SELECT count(*)::int FROM classifier.story_term`)).toBe(5_000);
  });

  it('refuses days that would remove everything', () => expect(() => new Retention(db.database, 0)).toThrow('from 1; got 0'));

  it('runs once a day of the clock, and again after a failure', async () => {
    const clock = new MovableClock(NOW);
    const said: string[] = [];
    const voice = { log: () => undefined, warn: (m: string) => void said.push(m) };
    const prunedAt: Date[] = [];
    let broken = true;
    class Counting extends Retention {
      override prune(now: Date): ReturnType<Retention['prune']> {
        prunedAt.push(now);
        return broken ? Promise.reject(new Error('no')) : super.prune(now);
      }
    }
    const daily = new DailyRetention(new Counting(db.database), clock, voice);
    daily.start();
    await daily.stop();
    expect(said).toHaveLength(1);
    broken = false;
    for (const hours of [1, 22, 1, 1]) {
      clock.advance({ hours });
      daily.look();
      await daily.stop();
    }
    expect(prunedAt.map((at) => (at.getTime() - NOW.getTime()) / 3_600_000)).toEqual([0, 1, 25]);
  });
});
