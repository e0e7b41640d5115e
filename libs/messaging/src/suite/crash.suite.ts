import { recordOf, suiteEvent } from '../../../../test/support/event-log/suite-events.js';
import { until } from '../../../../test/support/event-log/until.js';
import { advisoryHolders } from '../../../../test/support/locks.js';
import type { SuiteGiven } from './given.suite.js';

const numbers = (n: number, from = 0): number[] => Array.from({ length: n }, (_, i) => from + i);
const EVENTS = 2_000;

/** kill -9 of real processes, and a broker that goes away and comes back, where it is ours to restart. */
export function crashSuite(given: SuiteGiven, isOurBroker: boolean): void {
  const withOurBroker = isOurBroker ? it : it.skip;
  describe('kill -9', () => {
    it.each(['before-commit', 'after-commit'])(
      'of one of two readers, %s of its batch: the other goes on, nothing is lost, nothing done twice',
      async (HANG) => {
        const process = await given.process();
        const topic = given.name('killed');
        const reader = given.name('reader');
        await process.log.ensureTopics({ [topic]: 8 });
        const environment = { TOPIC: topic, READER: reader, PARTITIONS: '8', BATCH: '20' };
        const [doomed, other] = [given.child('reader-child.ts', { ...environment, HANG }), given.child('reader-child.ts', environment)];
        await Promise.all([doomed.says('reads'), other.says('reads')]);
        // Few at a time, so that neither process can be done before the other has begun.
        const publish = async (): Promise<void> => {
          for (const n of numbers(EVENTS / 20)) await process.log.publish(numbers(20, n * 20).map((i) => recordOf(suiteEvent(topic, i))));
        };
        await Promise.all([doomed.says(`hangs ${HANG}`), publish()]);
        await doomed.kill();
        const effects = await process.settled(reader, EVENTS, 60_000);
        expect(effects).toMatchObject({ all: EVENTS, distinct: EVENTS, unordered: [] });
        expect(effects.processes.sort()).toEqual([doomed.pid, other.pid].sort());
      },
      120_000,
    );

    it('of a relay between sending and marking: it is sent again, and every effect is there once', async () => {
      const process = await given.process();
      const topic = given.name('relay');
      await process.log.ensureTopics({ [topic]: 4 });
      await process.send(numbers(EVENTS).map((n) => suiteEvent(topic, n)));
      const relay = given.child('relay-child.ts', { TOPIC: topic, PARTITIONS: '4' });
      await relay.says('sent');
      await relay.kill();
      let records = 0;
      await process.readBare('relay-bare', topic, (batch) => void (records += batch.length));
      await process.read('relay', topic);
      await process.relay();
      expect(await process.settled('relay', EVENTS)).toMatchObject({ all: EVENTS, unordered: [] });
      await until('the log holds the second batch twice', () => records === EVENTS + 500);
      await until('all is marked', async () => (await unsent(process.database)) === 0);
    }, 180_000);

    it('of the relay that works lets one that stands by take over', async () => {
      const process = await given.process();
      const topic = given.name('stand-by');
      await process.log.ensureTopics({ [topic]: 4 });
      const active = given.child('relay-child.ts', { TOPIC: topic, PARTITIONS: '4' });
      await process.send(numbers(1_000).map((n) => suiteEvent(topic, n)));
      await active.says('sent');
      await process.relay();
      await process.read('stand-by', topic);
      await active.kill();
      expect(await process.settled('stand-by', 1_000)).toMatchObject({ all: 1_000 });
      await until('what was left unmarked is sent again', async () => (await unsent(process.database)) === 0);
    }, 180_000);
  });

  describe('a relay', () => {
    it('that only stands by can be stopped', async () => {
      const [first, second] = [await given.process(), await given.process()];
      await first.relay();
      await until('the first relays', async () => (await advisoryHolders(first.database)).length === 1);
      const standing = await second.relay();
      await standing.stop();
      expect(await advisoryHolders(first.database)).toHaveLength(1);
    });
  });

  describe('a broker', () => {
    withOurBroker(
      'that goes away and comes back: everything goes on by itself',
      async () => {
        const { restartBroker } = given.harness();
        const process = await given.process();
        const topic = given.name('restart');
        await process.log.ensureTopics({ [topic]: 4 });
        await process.relay();
        await process.read('restart', topic);
        await process.send(numbers(500).map((n) => suiteEvent(topic, n)));
        await process.settled('restart', 100);
        await restartBroker(async () => expect(await process.log.trouble()).not.toBeNull());
        await until('the log can be reached', async () => (await process.log.trouble()) === null);
        await process.send(numbers(500, 500).map((n) => suiteEvent(topic, n)));
        expect(await process.settled('restart', 1_000, 90_000)).toMatchObject({ all: 1_000 });
        expect((await process.deadLetters.waiting()).filter((l) => l.reader === 'restart')).toEqual([]);
      },
      150_000,
    );
  });
}

async function unsent(database: { query<T>(sql: string): Promise<T[]> }): Promise<number> {
  const [row] = await database.query<{ n: number }>(`SELECT count(*)::int AS n FROM suite.outbox_unsent`);
  return row!.n;
}
