import { TOPICS, type AnyEvent } from '@huiying/contracts';
import { stableId } from '@huiying/domain';
import { recordOf, suiteEvent, type SuiteEvent } from '../../../../test/support/event-log/suite-events.js';
import { until } from '../../../../test/support/event-log/until.js';
import { parseByContract } from '../delivery.js';
import type { LogRecord, OutgoingRecord } from '../event-log.js';
import type { SuiteGiven } from './given.suite.js';

const TOPIC = TOPICS.taskAcknowledged;
const KEY = 'case-1';

/** A true event of a real contract, with the number that the suite's effects are known by. */
function acknowledged(n: number): AnyEvent {
  const at = '2026-11-20T02:00:00.000Z';
  const data = {
    taskId: stableId('task', n),
    caseId: stableId('case'),
    departmentId: 'water',
    acknowledgedAt: at,
    acknowledgedBy: '周敏',
    late: false,
  };
  return { id: stableId('acknowledged', n), type: TOPIC, version: 1, occurredAt: at, causedBy: null, data };
}
const record = (value: unknown): OutgoingRecord => ({
  topic: TOPIC,
  key: KEY,
  value: typeof value === 'string' ? value : JSON.stringify(value),
});

function parse(log: LogRecord): SuiteEvent {
  const event = parseByContract(log);
  const n = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].find((i) => stableId('acknowledged', i) === event.id)!;
  return { ...event, data: { n, key: KEY } };
}

/** Poison between good ones, and outages that must not be taken for poison. */
export function poisonSuite(given: SuiteGiven): void {
  describe('what cannot be handled', () => {
    it('costs only itself: it becomes a dead letter with its reason, and the others are handled in order', async () => {
      const process = await given.process();
      await process.log.ensureTopics({ [TOPIC]: 1 });
      const stranger = { ...acknowledged(2), data: { taskId: 'no uuid' } };
      const elsewhere = { ...acknowledged(2), type: 'alert.raised' };
      await process.log.publish(
        [acknowledged(0), 'not {json', stranger, elsewhere, acknowledged(3), acknowledged(4), acknowledged(5), acknowledged(6)].map(record),
      );
      let tries = 0;
      const before = (events: SuiteEvent[]): void => {
        if (events.some((e) => e.data.n === 4)) throw new Error('this one never works');
        if (events.some((e) => e.data.n === 5) && events.length === 1 && ++tries < 3) throw new Error('not yet');
      };
      await process.read('poison', TOPIC, { parse, before });
      const effects = await process.settled('poison', 4);
      expect(effects).toMatchObject({ all: 4, unordered: [] });
      expect(tries).toBe(3);
      const letters = await until('four letters lie there', async () => {
        const all = (await process.deadLetters.waiting()).filter((l) => l.reader === 'poison');
        return all.length >= 4 && all.sort((a, b) => a.position - b.position);
      });
      expect(letters.map(({ topic, partition, position, key, attempts }) => ({ topic, partition, position, key, attempts }))).toEqual([
        { topic: TOPIC, partition: 0, position: 1, key: KEY, attempts: 1 },
        { topic: TOPIC, partition: 0, position: 2, key: KEY, attempts: 1 },
        { topic: TOPIC, partition: 0, position: 3, key: KEY, attempts: 1 },
        { topic: TOPIC, partition: 0, position: 5, key: KEY, attempts: 4 },
      ]);
      expect(letters.map((l) => l.value)).toEqual([
        'not {json',
        JSON.stringify(stranger),
        JSON.stringify(elsewhere),
        JSON.stringify(acknowledged(4)),
      ]);
      expect(letters[0]!.reason).toContain('not JSON');
      expect(letters[1]!.reason).toContain('task.acknowledged v1');
      expect(letters[2]!.reason).toContain('alert.raised in the topic task.acknowledged');
      expect(letters[3]!.reason).toContain('this one never works');
      await process.log.publish([record(acknowledged(7))]);
      await process.settled('poison', 5);
    });

    it('does not take an outage of the database for poison, and goes on by itself when it is back', async () => {
      const process = await given.process();
      const topic = given.name('outage');
      await process.log.ensureTopics({ [topic]: 2 });
      await process.log.publish(Array.from({ length: 40 }, (_, n) => recordOf(suiteEvent(topic, n))));
      let isAway: () => void = () => undefined;
      const away = new Promise<void>((resolve) => (isAway = resolve));
      let inHand = 0;
      await process.read('outage', topic, { batchSize: 5, before: () => (inHand++, away) });
      await until('a batch is in hand', () => inHand > 0);
      await given.harness().postgres.restart(async () => {
        isAway();
        await until('somebody noticed', () => process.warnings.some((w) => w.includes('outage')));
      });
      expect(await process.settled('outage', 40)).toMatchObject({ all: 40, unordered: [] });
      expect((await process.deadLetters.waiting()).filter((l) => l.reader === 'outage')).toEqual([]);
    }, 180_000);
  });
}
