import { startChild, type Child } from '../../../test/support/event-log/child.js';
import type { LogHarness } from '../../../test/support/event-log/harness.js';
import { makeSuiteTables } from '../../../test/support/event-log/suite-events.js';
import { SuiteProcess } from '../../../test/support/event-log/suite-process.js';
import { crashSuite } from './suite/crash.suite.js';
import type { SuiteGiven } from './suite/given.suite.js';
import { orderSuite } from './suite/order.suite.js';
import { poisonSuite } from './suite/poison.suite.js';
import { replaySuite } from './suite/replay.suite.js';
import { volumeSuite } from './suite/volume.suite.js';

/**
 * What every adapter of the event log must do, whatever it is made of: one suite, run over PostgreSQL by event-log.spec.ts
 * and over Kafka by test/kafka/event-log.kafka.spec.ts. A broker that is not ours is not restarted: that test is skipped, and seen to be.
 */
export function eventLogSuite(name: string, makeHarness: () => Promise<LogHarness>, isOurBroker = true): void {
  describe(`the event log on ${name}`, () => {
    let harness: LogHarness;
    let names = 0;
    const processes: SuiteProcess[] = [];
    const children: Child[] = [];

    beforeAll(async () => {
      harness = await makeHarness();
      const database = await harness.postgres.open(2);
      await makeSuiteTables(database);
      await database.close();
    }, 120_000);

    afterEach(async () => {
      await Promise.all(children.splice(0).map((child) => child.kill()));
      await Promise.all(processes.splice(0).map((process) => process.close()));
    }, 180_000);

    afterAll(() => harness?.stop(), 60_000);

    const given: SuiteGiven = {
      harness: () => harness,
      name: (what) => `suite.${what}-${++names}`,
      process: async () => {
        const process = await SuiteProcess.open(harness);
        processes.push(process);
        return process;
      },
      child: (script, environment) => {
        const child = startChild(script, { DATABASE_URL: harness.postgres.url, ...harness.childEnvironment, ...environment });
        children.push(child);
        return child;
      },
    };

    orderSuite(given);
    poisonSuite(given);
    replaySuite(given);
    crashSuite(given, isOurBroker);
    volumeSuite(given);
  });
}
