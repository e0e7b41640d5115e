import { suiteEvent } from '../../../../test/support/event-log/suite-events.js';
import type { SuiteGiven } from './given.suite.js';

const EVENTS = 100_000;
const COMMIT = 1_000;

/** The whole way at full load. */
export function volumeSuite(given: SuiteGiven): void {
  it(`carries ${EVENTS} events from the outbox to two readers: none lost, none done twice, in order`, async () => {
    const process = await given.process();
    const topic = given.name('volume');
    await process.log.ensureTopics({ [topic]: 8 });
    const start = performance.now();
    await process.relay();
    await process.read('volume-a', topic, { batchSize: 500 });
    await process.read('volume-b', topic, { batchSize: 500 });
    for (let n = 0; n < EVENTS; n += COMMIT) await process.send(Array.from({ length: COMMIT }, (_, i) => suiteEvent(topic, n + i, 1_000)));
    for (const reader of ['volume-a', 'volume-b']) {
      expect(await process.settled(reader, EVENTS, 240_000)).toMatchObject({ all: EVENTS, distinct: EVENTS, unordered: [] });
    }
    const seconds = (performance.now() - start) / 1_000;
    console.log(`${EVENTS} events, two readers: ${seconds.toFixed(1)} s, ${Math.round(EVENTS / seconds)} events/s`);
  }, 300_000);
}
