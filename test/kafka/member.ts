/** A process that reads as one member of a group and tells its parent what it was handed; killed by the specs. */
import { MovableClock } from '@huiying/domain';
import { KafkaLog } from '@huiying/messaging/kafka';

async function main(): Promise<void> {
  const [brokers, prefix, reader, topic, partitions] = process.argv.slice(2) as [string, string, string, string, string];
  const say = (line: string): void => void process.send?.({ said: line });
  const voice = { log: say, warn: say, error: say };
  const clock = new MovableClock(new Date('2026-03-02T08:00:00+08:00'));
  const log = await KafkaLog.connect({ brokers: brokers.split(','), prefix, clientId: 'member', sessionTimeoutMs: 6_000, clock, voice });
  await log.ensureTopics({ [topic]: Number(partitions) });
  await log.read({
    reader,
    topics: [topic],
    batchSize: 10,
    parallel: 2,
    handle: (records) => {
      process.send?.({ handed: records.map(({ value }) => value) });
      return Promise.resolve();
    },
  });
  process.send?.({ reading: true });
}

void main();
