import { randomUUID } from 'node:crypto';
import { eventLogSuite } from '../../libs/messaging/src/event-log.suite.js';
import { UNSAFE_BUT_QUICK, type LogHarness } from '../support/event-log/harness.js';
import { openLogOf } from '../support/event-log/open-log.js';
import { startOwnPostgres } from '../support/event-log/own-postgres.js';
import { didNotRun, isOurBroker, kafkaAvailability, NOT_OURS, startKafkaBroker } from '../support/kafka-broker.js';

async function makeHarness(): Promise<LogHarness> {
  const [broker, postgres] = await Promise.all([startKafkaBroker(), startOwnPostgres(UNSAFE_BUT_QUICK)]);
  // A prefix of this run's own, because a broker of KAFKA_BROKERS remembers the last one.
  const environment = { LOG: 'kafka', KAFKA_BROKERS: broker.brokers, PREFIX: `suite-${randomUUID().slice(0, 8)}.` };
  return {
    postgres,
    openLog: (database, voice) => openLogOf(environment, database, voice),
    childEnvironment: environment,
    restartBroker: (between) => broker.restart(between),
    stop: async () => {
      await broker.stop();
      await postgres.stop();
    },
  };
}

const kafka = kafkaAvailability();
if (!isOurBroker()) console.warn(didNotRun('The restart of a broker', NOT_OURS));
if (kafka.available) eventLogSuite('Kafka', makeHarness, isOurBroker());
else {
  const sentence = didNotRun('The contract suite of the event log over Kafka', kafka.reason);
  console.warn(sentence);
  it.skip(sentence.trim(), () => undefined);
}
