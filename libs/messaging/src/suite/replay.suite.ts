import { recordOf, suiteEvent } from '../../../../test/support/event-log/suite-events.js';
import { until } from '../../../../test/support/event-log/until.js';
import type { LogRecord, RewindTo } from '../event-log.js';
import type { SuiteGiven } from './given.suite.js';

const numbers = (n: number, from = 0): number[] => Array.from({ length: n }, (_, i) => from + i);

/** Going back: records come again, effects do not. */
export function replaySuite(given: SuiteGiven): void {
  describe('rewinding', () => {
    it('to a position brings the records of one partition again from there', async () => {
      const process = await given.process();
      const topic = given.name('to-position');
      await process.log.ensureTopics({ [topic]: 2 });
      await process.log.publish(numbers(100).map((n) => recordOf(suiteEvent(topic, n))));
      const first: LogRecord[] = [];
      const running = await process.readBare('to-position', topic, (batch) => void first.push(...batch));
      await until('all came', () => first.length >= 100);
      await running.stop();
      expect(await process.log.rewind('to-position', topic, { partition: 1, position: 10 })).toBe(1);
      const again: LogRecord[] = [];
      await process.readBare('to-position', topic, (batch) => void again.push(...batch));
      const due = first.filter((r) => r.partition === 1 && r.position >= 10).length;
      await until('they came again', () => again.length >= due);
      expect(due).toBeGreaterThan(10);
      expect(again.map((r) => [r.partition, r.position])).toEqual(numbers(due, 10).map((position) => [1, position]));
    }, 180_000);

    it('to an instant brings what was written from then on again, over all partitions', async () => {
      const process = await given.process();
      const topic = given.name('to-instant');
      await process.log.ensureTopics({ [topic]: 4 });
      await process.log.publish(numbers(40).map((n) => recordOf(suiteEvent(topic, n))));
      const first: LogRecord[] = [];
      const running = await process.readBare('to-instant', topic, (batch) => void first.push(...batch));
      await until('the old came', () => first.length >= 40);
      const last = Math.max(...first.map((r) => r.at.getTime()));
      await until('the clock has moved on', () => performance.timeOrigin + performance.now() > last + 5);
      await process.log.publish(numbers(40, 40).map((n) => recordOf(suiteEvent(topic, n))));
      await until('the new came', () => first.length >= 80);
      await running.stop();
      const from = new Date(Math.min(...first.slice(40).map((r) => r.at.getTime())));
      expect(await process.log.rewind('to-instant', topic, { at: from })).toBe(4);
      const again: LogRecord[] = [];
      await process.readBare('to-instant', topic, (batch) => void again.push(...batch));
      await until('the new came again', () => again.length >= 40);
      const values = (records: LogRecord[]): string[] => records.map((r) => r.value).sort();
      expect(values(again)).toEqual(values(first.slice(40)));
    }, 180_000);

    it('shows what is to come again beforehand, and moves nobody by that', async () => {
      const process = await given.process();
      const topic = given.name('scan');
      await process.log.ensureTopics({ [topic]: 2 });
      const shown = async (from: RewindTo): Promise<LogRecord[]> => {
        const all: LogRecord[] = [];
        await process.log.scan(topic, from, (records) => void all.push(...records));
        return all;
      };
      expect(await shown({ at: new Date(0) })).toEqual([]);
      await process.log.publish(numbers(1_500).map((n) => recordOf(suiteEvent(topic, n))));
      const all = await shown({ at: new Date(0) });
      expect(new Set(all.map((r) => r.value)).size).toBe(1_500);
      expect(all).toHaveLength(1_500);
      const part = await shown({ partition: 1, position: 100 });
      expect(part.map((r) => r.position)).toEqual(numbers(all.filter((r) => r.partition === 1).length - 100, 100));
      expect(await shown({ at: new Date(all[0]!.at.getTime() + 3_600_000) })).toEqual([]);
    }, 180_000);

    it('of a reader that has never read moves nothing', async () => {
      const { log } = await given.process();
      const topic = given.name('nobody');
      await log.ensureTopics({ [topic]: 2 });
      expect(await log.rewind('nobody', topic, { at: new Date(0) })).toBe(0);
    }, 180_000);

    it('makes no second effect and tells nobody twice', async () => {
      const process = await given.process();
      const topic = given.name('no-echo');
      const notices = given.name('notices');
      await process.log.ensureTopics({ [topic]: 2, [notices]: 1 });
      await process.relay();
      const told: string[] = [];
      await process.readBare('told', notices, (batch) => void told.push(...batch.map((r) => r.value)));
      let deliveries = 0;
      // A reader that requests a notice per event, with an id made of the event's: what rewinding must not repeat.
      const readOnce = () =>
        process.readBare('no-echo', topic, async (batch) => {
          deliveries += batch.length;
          const events = batch.map((r) => JSON.parse(r.value) as { id: string; data: { n: number; key: string } });
          await process.store.once('no-echo', events, async (tx, fresh) => {
            for (const { data } of fresh) tx.send({ ...suiteEvent(notices, data.n), key: data.key });
          });
        });
      await process.log.publish(numbers(50).map((n) => recordOf(suiteEvent(topic, n))));
      const running = await readOnce();
      await until('all were told', () => told.length >= 50);
      await running.stop();
      await process.log.rewind('no-echo', topic, { at: new Date(0) });
      // And once more with the inbox forgotten, as `npm run replay -- --again` does: the notices' own ids still tell nobody twice.
      const again = await readOnce();
      await until('all came again', () => deliveries >= 100);
      await again.stop();
      await process.database.query(`DELETE FROM suite.inbox WHERE reader = 'no-echo'`);
      await process.log.rewind('no-echo', topic, { at: new Date(0) });
      await readOnce();
      await until('all came a third time', () => deliveries >= 150);
      await process.send([suiteEvent(notices, 1_000)]);
      await until('a last notice came', () => told.some((value) => value.includes('"n":1000')));
      expect(told).toHaveLength(51);
    }, 180_000);
  });
}
