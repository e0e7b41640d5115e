import { MovableClock } from '@huiying/domain';
import type { Database } from '@huiying/persistence';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { until } from '../../../../test/support/event-log/until.js';
import { advisoryHolders, waitingFor } from '../../../../test/support/locks.js';
import { partitionOf, type LogRecord, type OutgoingRecord } from '../event-log.js';
import { PostgresLog } from './postgres-log.js';

const QUIET = { log: () => undefined, warn: () => undefined, error: () => undefined };
const TOPIC = 'suite.postgres';
const record = (key: string, value: string): OutgoingRecord => ({ topic: TOPIC, key, value });

/** What only this adapter can get wrong; what every adapter must do is in event-log.suite.ts. */
describe('PostgresLog', () => {
  let db: TestDatabase;
  const logs: PostgresLog[] = [];
  const open = async (partitions = 1, database: Database = db.database): Promise<PostgresLog> => {
    const log = new PostgresLog(database, new MovableClock(new Date('2026-11-20T02:00:00Z')), QUIET);
    logs.push(log);
    await log.ensureTopics({ [TOPIC]: partitions });
    return log;
  };
  const read = async (
    log: PostgresLog,
    handle: (records: readonly LogRecord[], beat: () => Promise<void>) => Promise<void>,
    options = {},
  ) => log.read({ reader: 'r', topics: [TOPIC], batchSize: 10, parallel: 1, handle, ...options });
  const gate = (): { open: () => void; opened: Promise<void> } => {
    let opening = (): void => undefined;
    const opened = new Promise<void>((resolve) => (opening = resolve));
    return { open: () => opening(), opened };
  };

  beforeEach(async () => void (db = await freshDatabase()));
  afterEach(async () => {
    await Promise.all(logs.splice(0).map((log) => log.close()));
    await db.drop();
  });

  it('lets no reader pass a writer that has its position and has not committed; other partitions do not wait', async () => {
    const log = await open(2);
    const other = [...'abcdefgh'].find((key) => partitionOf(key, 2) !== partitionOf('slow', 2))!;
    await db.database.query(`CREATE FUNCTION public.wait_at_commit() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_advisory_xact_lock(7); RETURN NULL; END $$`);
    await db.database.query(`CREATE CONSTRAINT TRIGGER late AFTER INSERT ON log.record DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.value = 'first') EXECUTE FUNCTION public.wait_at_commit()`);
    const seen: string[] = [];
    await read(log, async (records) => void seen.push(...records.map((r) => r.value)));
    const [first, second] = await db.database.transaction(async (holding) => {
      await holding.query(`SELECT pg_advisory_xact_lock(7)`);
      const early = log.publish([record('slow', 'first')]);
      await until('the first waits at its commit', async () => (await waitingFor(db.database, 'advisory')) === 1);
      const late = log.publish([record('slow', 'second')]);
      await until(
        'the second waits for the first',
        async () => (await waitingFor(db.database, 'transactionid')) + (await waitingFor(db.database, 'tuple')) >= 1,
      );
      await log.publish([record(other, 'elsewhere')]);
      await until('the other partition was read', () => seen.length > 0);
      expect(seen).toEqual(['elsewhere']);
      return [early, late];
    });
    await Promise.all([first, second]);
    await until('all came', () => seen.length === 3);
    expect(seen).toEqual(['elsewhere', 'first', 'second']);
  });

  it('lets writers to the same partitions in any order never wait in a circle', async () => {
    const log = await open(8);
    const keys = [...'abcdefghijklmnop'];
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => log.publish((n % 2 ? keys : [...keys].reverse()).map((key) => record(key, String(n))))),
    );
    const positions = await new Promise<LogRecord[]>((resolve) => {
      const all: LogRecord[] = [];
      void read(log, async (records) => {
        all.push(...records);
        if (all.length === 640) resolve(all);
      });
    });
    expect(new Set(positions.map((r) => `${r.partition}/${r.position}`)).size).toBe(640);
  });

  it('gives a partition to one of many loops only', async () => {
    const log = await open(1);
    let inHand = 0;
    let most = 0;
    let seen = 0;
    await log.publish(Array.from({ length: 200 }, (_, n) => record('k', String(n))));
    await read(
      log,
      async (records) => {
        most = Math.max(most, ++inHand);
        await db.database.query('SELECT 1');
        seen += records.length;
        inHand--;
      },
      { parallel: 4, batchSize: 5 },
    );
    await until('all came', () => seen >= 200);
    expect(most).toBe(1);
    expect(seen).toBe(200);
  });

  it('does not run out of connections when more batches are in work than the pool has', async () => {
    const log = await open(16);
    await log.publish(Array.from({ length: 320 }, (_, n) => record(`key-${n}`, String(n))));
    let seen = 0;
    const handle = async (records: readonly LogRecord[]): Promise<void> => {
      await db.database.transaction(async (tx) => void (await tx.query('SELECT pg_sleep(0.005)')));
      seen += records.length;
    };
    await Promise.all(['a', 'b', 'c'].map((reader) => log.read({ reader, topics: [TOPIC], batchSize: 5, parallel: 8, handle })));
    await until('three readers had all', () => seen >= 960);
    expect(seen).toBe(960);
  });

  it('keeps no transaction open and no pool connection busy while a batch is handled', async () => {
    const log = await open(1);
    const { open: release, opened } = gate();
    let inHand = false;
    await read(log, async () => {
      inHand = true;
      await opened;
    });
    await log.publish([record('k', 'v')]);
    await until('it is in hand', () => inHand);
    const busy = await db.database.query(
      `SELECT state FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND (state LIKE 'idle in%' OR state = 'active')`,
    );
    expect(busy).toEqual([]);
    release();
  });

  it('lets a rewind win over the batch that is in work', async () => {
    const log = await open(1);
    const { open: release, opened } = gate();
    const batches: number[][] = [];
    await log.publish(Array.from({ length: 5 }, (_, n) => record('k', String(n))));
    await read(log, async (records) => {
      batches.push(records.map((r) => r.position));
      if (batches.length === 1) await opened;
    });
    await until('a batch is in work', () => batches.length === 1);
    expect(await log.rewind('r', TOPIC, { partition: 0, position: 0 })).toBe(1);
    release();
    await until('it came again', () => batches.length === 2);
    expect(batches[1]).toEqual([0, 1, 2, 3, 4]);
  });

  it('takes a position beyond the end for the end, so that nothing to come is passed', async () => {
    const log = await open(1);
    const seen: string[] = [];
    const running = await read(log, async (records) => void seen.push(...records.map((r) => r.value)));
    await log.rewind('r', TOPIC, { partition: 0, position: 1_000 });
    await log.publish([record('k', 'still comes')]);
    await until('it came', () => seen.length === 1);
    await running.stop();
  });

  it('does not move the position once the connection of its claim is lost; the records go to another process', async () => {
    const [doomed, other] = [await open(1), await open(1)];
    const { open: release, opened } = gate();
    const told: string[] = [];
    let beaten: unknown = null;
    await log3(doomed);
    await read(doomed, async (records, beat) => {
      told.push(`doomed ${records.length}`);
      await opened;
      await beat().catch((error: unknown) => (beaten = error));
    });
    await until('it is in work', () => told.length === 1);
    await db.database.query(`SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid`, [await advisoryHolders(db.database)]);
    await read(other, async (records) => void told.push(`other ${records.length}`));
    await until('the other has it', () => told.length === 2);
    release();
    await until('the first was told', () => beaten !== null);
    await log3(doomed);
    await until('both go on', () => told.length >= 3);
    expect(told.slice(0, 2)).toEqual(['doomed 3', 'other 3']);
    expect(String(beaten)).toContain('was lost');
    await until('the position is right', async () => (await other.positions('r', [TOPIC]))[0]!.next === 6);
  });

  it('goes on behind records that were pruned', async () => {
    const log = await open(1);
    await log.publish(Array.from({ length: 10 }, (_, n) => record('k', String(n))));
    await db.database.query(`DELETE FROM log.record WHERE position < 7`);
    const seen: number[] = [];
    const running = await read(log, async (records) => void seen.push(...records.map((r) => r.position)));
    await until('the rest came', () => seen.length === 3);
    await running.stop();
    await db.database.query(`DELETE FROM log.record`);
    await log.rewind('r', TOPIC, { partition: 0, position: 0 });
    await read(log, async (records) => void seen.push(...records.map((r) => r.position)));
    await until('it stands at the end', async () => (await log.positions('r', [TOPIC]))[0]!.next === 10);
    await log.publish([record('k', 'new')]);
    await until('the new came', () => seen.includes(10));
    expect(seen).toEqual([7, 8, 9, 10]);
  });

  it('says in one sentence that the database does not answer', async () => {
    const away = await freshDatabase();
    const log = await open(1, away.database);
    await away.drop();
    expect(await log.trouble()).toMatch(/^the database does not answer: /);
    logs.splice(logs.indexOf(log), 1);
  });

  const log3 = (log: PostgresLog): Promise<void> => log.publish([1, 2, 3].map((n) => record('k', String(n))));
});
