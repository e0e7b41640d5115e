import { recordOf, suiteEvent } from '../../../../test/support/event-log/suite-events.js';
import { until } from '../../../../test/support/event-log/until.js';
import { waitingFor } from '../../../../test/support/locks.js';
import { partitionOf, type LogRecord } from '../event-log.js';
import type { SuiteGiven } from './given.suite.js';

const numbers = (n: number, from = 0): number[] => Array.from({ length: n }, (_, i) => from + i);

/** Publishing, reading, order, groups, and writers that commit late. */
export function orderSuite(given: SuiteGiven): void {
  describe('publishing and reading', () => {
    it('gives every record to a group once, in batches of one partition, in order, at growing positions', async () => {
      const { log, readBare } = bound(await given.process());
      const topic = given.name('order');
      await log.ensureTopics({ [topic]: 4 });
      const records = numbers(500).map((n) => recordOf(suiteEvent(topic, n)));
      await log.publish(records.slice(0, 300));
      await log.publish(records.slice(300));
      const batches: LogRecord[][] = [];
      await readBare('order', topic, (batch) => void batches.push([...batch]), 50);
      await until('500 records came', () => batches.flat().length >= 500);
      expect(batches.every((batch) => batch.length <= 50 && new Set(batch.map((r) => r.partition)).size === 1)).toBe(true);
      expect(batches.some((batch) => batch.length > 10)).toBe(true);
      for (const partition of numbers(4)) {
        const got = batches.flat().filter((r) => r.partition === partition);
        const sent = records.filter((r) => partitionOf(r.key, 4) === partition);
        expect(got.map(({ key, value }) => ({ topic, key, value }))).toEqual(sent);
        expect(got.map((r) => r.position)).toEqual(numbers(sent.length));
        expect(got.every((r) => r.topic === topic && r.at instanceof Date)).toBe(true);
      }
    });

    it('tells where a group stands', async () => {
      const { log, readBare } = bound(await given.process());
      const topic = given.name('positions');
      await log.ensureTopics({ [topic]: 2 });
      await log.publish(numbers(30).map((n) => recordOf(suiteEvent(topic, n))));
      let seen = 0;
      const running = await readBare('positions', topic, (batch) => void (seen += batch.length));
      await until('30 records came', () => seen >= 30);
      await running.stop();
      await log.publish([recordOf(suiteEvent(topic, 0))]);
      const positions = await log.positions('positions', [topic]);
      expect(positions.map((p) => p.partition)).toEqual([0, 1]);
      expect(positions.reduce((sum, p) => sum + p.head, 0)).toBe(31);
      expect(positions.reduce((sum, p) => sum + p.head - p.next, 0)).toBe(1);
    });

    it('keeps groups apart: each gets everything, whatever another does, and one that comes late starts at the beginning', async () => {
      const process = await given.process();
      const topic = given.name('groups');
      await process.log.ensureTopics({ [topic]: 4 });
      await process.log.publish(numbers(100).map((n) => recordOf(suiteEvent(topic, n))));
      await process.read('early', topic);
      await process.settled('early', 100);
      await process.log.publish(numbers(100, 100).map((n) => recordOf(suiteEvent(topic, n))));
      const stuck = await process.readBare('stuck', topic, () => Promise.reject(new Error('never')));
      await process.read('late', topic);
      expect(await process.settled('late', 200)).toMatchObject({ all: 200, unordered: [] });
      expect(await process.settled('early', 200)).toMatchObject({ all: 200, unordered: [] });
      await stuck.stop();
    });

    it('brings the same records again, in order, when handling them failed', async () => {
      const { log, readBare } = bound(await given.process());
      const topic = given.name('again');
      await log.ensureTopics({ [topic]: 1 });
      await log.publish(numbers(10).map((n) => recordOf(suiteEvent(topic, n))));
      const got: number[][] = [];
      await readBare('again', topic, (batch) => {
        got.push(batch.map((r) => r.position));
        if (got.length === 1) throw new Error('not this time');
      });
      await until('they came twice', () => got.length >= 2);
      expect(got[1]!.slice(0, got[0]!.length)).toEqual(got[0]);
    });

    it('hands over a record soon after it was published to a reader that sleeps', async () => {
      const { log, readBare } = bound(await given.process());
      const topic = given.name('awake');
      await log.ensureTopics({ [topic]: 1 });
      const seen: string[] = [];
      await readBare('awake', topic, (batch) => void seen.push(...batch.map((r) => r.value)));
      const took: number[] = [];
      for (const n of numbers(20)) {
        const record = recordOf(suiteEvent(topic, n));
        const start = performance.now();
        await log.publish([record]);
        await until('it came', () => seen.includes(record.value));
        took.push(performance.now() - start);
      }
      took.sort((a, b) => a - b);
      expect(took[10]).toBeLessThan(300); // the median; no poll would be that quick
    });

    it('refuses another number of partitions than the log has, and leaves the log as it was', async () => {
      const { log } = await given.process();
      const topic = given.name('count');
      await log.ensureTopics({ [topic]: 4 });
      await log.ensureTopics({ [topic]: 4 });
      await expect(log.ensureTopics({ [topic]: 8 })).rejects.toThrow(/4.*8|8.*4/);
      await expect(log.ensureTopics({ [topic]: 2 })).rejects.toThrow(/partition/);
      await log.ensureTopics({ [topic]: 4 });
      await expect(log.publish([{ topic: 'nobody.made.this', key: 'k', value: '{}' }])).rejects.toThrow(/nobody\.made\.this/);
    });

    it('says nothing is wrong while it can be reached', async () => {
      const { log } = await given.process();
      expect(await log.trouble()).toBeNull();
    });

    it('shares the partitions between two processes of a group: both have some, and no record goes to both', async () => {
      const [first, second] = [await given.process(), await given.process()];
      const topic = given.name('shared');
      const seen: string[][] = [[], []];
      let bothAtWork = (): void => undefined;
      const together = new Promise<void>((resolve) => (bothAtWork = resolve));
      for (const [index, process] of [first, second].entries()) {
        await process.log.ensureTopics({ [topic]: 8 });
        await process.readBare('shared', topic, async (batch) => {
          seen[index]!.push(...batch.map((r) => r.value));
          if (seen.every((some) => some.length > 0)) bothAtWork();
          await together;
        });
      }
      await first.log.publish(numbers(800).map((n) => recordOf(suiteEvent(topic, n, 100))));
      await until('all came', () => seen.flat().length >= 800);
      expect(new Set(seen.flat()).size).toBe(800);
      expect(seen.flat()).toHaveLength(800);
    }, 180_000);

    it('loses nothing and repeats nothing when a reader is stopped in good order and another goes on', async () => {
      const process = await given.process();
      const topic = given.name('stop');
      await process.log.ensureTopics({ [topic]: 4 });
      await process.log.publish(numbers(2_000).map((n) => recordOf(suiteEvent(topic, n))));
      const seen: string[] = [];
      const take = (batch: readonly LogRecord[]): void => void seen.push(...batch.map((r) => r.value));
      const first = await process.readBare('stop', topic, take, 20);
      await until('some came', () => seen.length >= 100);
      await first.stop();
      const before = seen.length;
      expect(before).toBeLessThan(2_000);
      const next = await given.process();
      await next.log.ensureTopics({ [topic]: 4 });
      await next.readBare('stop', topic, take, 20);
      await until('all came', () => seen.length >= 2_000);
      expect(new Set(seen).size).toBe(2_000);
      expect(seen).toHaveLength(2_000);
    });
  });

  describe('writers at the same time', () => {
    it('does not pass an event whose transaction had its position first and committed last', async () => {
      const process = await given.process();
      const topic = given.name('late');
      await process.log.ensureTopics({ [topic]: 1 });
      await process.read('late-commit', topic);
      await process.relay();
      await commitLateWhenKeyIs(process.database, 'key-0');
      await process.database.transaction(async (gate) => {
        await gate.query(`SELECT pg_advisory_xact_lock(7)`);
        const late = process.send([suiteEvent(topic, 0)]);
        await until('it waits with its position taken', async () => (await waitingFor(process.database, 'advisory')) === 1);
        await process.send(numbers(5, 1).map((n) => suiteEvent(topic, n)));
        expect((await process.settled('late-commit', 5)).distinct).toBe(5);
        void late;
      });
      expect(await process.settled('late-commit', 6)).toMatchObject({ all: 6 });
      await process.database.query(`DROP TRIGGER late ON suite.outbox`);
    });

    it('skips nothing of eight writers whose commits come in any order', async () => {
      const process = await given.process();
      const topic = given.name('writers');
      await process.log.ensureTopics({ [topic]: 4 });
      await process.read('writers', topic);
      await process.relay();
      const writer = async (w: number): Promise<void> => {
        for (const round of numbers(25)) {
          await process.store.change(async (tx) => {
            tx.send(...numbers(4).map((i) => ({ ...suiteEvent(topic, w * 100 + round * 4 + i), key: `writer-${w}` })));
            await tx.query(`SELECT pg_sleep(random() * 0.02)`);
          });
        }
      };
      await Promise.all(numbers(8).map(writer));
      expect(await process.settled('writers', 800)).toMatchObject({ all: 800 });
    });
  });
}

/** Methods that are used without their object. */
function bound<T extends { log: unknown; readBare: (...args: never[]) => unknown }>(process: T): Pick<T, 'log' | 'readBare'> {
  return { log: process.log, readBare: process.readBare.bind(process) as T['readBare'] };
}

/** Holds every transaction with an event of this key at its commit until advisory lock 7 is free. */
async function commitLateWhenKeyIs(database: { query(sql: string): Promise<unknown> }, key: string): Promise<void> {
  await database.query(`CREATE OR REPLACE FUNCTION suite.wait_at_commit() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock(7); RETURN NULL; END $$`);
  await database.query(`CREATE CONSTRAINT TRIGGER late AFTER INSERT ON suite.outbox DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.key = '${key}') EXECUTE FUNCTION suite.wait_at_commit()`);
}
