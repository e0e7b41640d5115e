import type { Admin, Kafka, SeekEntry } from 'kafkajs';
import type { KafkaNames } from './names.js';

export interface RewindSetup {
  kafka: Kafka;
  admin: Admin;
  names: KafkaNames;
  sessionTimeoutMs: number;
}

export type RewindTo = { at: Date } | { position: number; partition: number };

/**
 * Moves the group of one reader and topic while nobody reads. Joins the group for a moment and commits as its only member, so that
 * a reader that starts in between makes the commit fail instead of being moved by halves; kafkajs' own admin.setOffsets then skips
 * in silence, and takes 5 s.
 * @returns how many partitions were moved; 0 for a reader that has never read the topic
 */
export async function rewindGroup(setup: RewindSetup, reader: string, topic: string, to: RewindTo): Promise<number> {
  const group = setup.names.group(reader, topic);
  const [description] = (await setup.admin.describeGroups([group])).groups;
  if (description && description.members.length > 0) throw stillReading(reader, topic, setup.sessionTimeoutMs);
  const [committed] = await setup.admin.fetchOffsets({ groupId: group, topics: [setup.names.topic(topic)] });
  if (!committed?.partitions.some(({ offset }) => Number(offset) >= 0)) return 0;
  const target = await offsetsFor(setup, topic, to);
  if (target.length > 0) await commitAlone(setup, reader, topic, { target, partitions: committed.partitions.length });
  return target.length;
}

function stillReading(reader: string, topic: string, sessionTimeoutMs: number): Error {
  return new Error(
    `${reader} is reading ${topic}: on Kafka a reader can be rewound only while none of its processes runs ` +
      `(one that was killed counts for ${sessionTimeoutMs / 1000} s more)`,
  );
}

/** Kept within what the log holds: from beyond its end kafkajs would start over at the beginning. */
async function offsetsFor({ admin, names }: RewindSetup, topic: string, to: RewindTo): Promise<SeekEntry[]> {
  if ('at' in to) return admin.fetchTopicOffsetsByTimestamp(names.topic(topic), to.at.getTime());
  const bounds = (await admin.fetchTopicOffsets(names.topic(topic))).find(({ partition }) => partition === to.partition);
  if (!bounds) return [];
  const offset = Math.min(Math.max(to.position, Number(bounds.low)), Number(bounds.high));
  return [{ partition: to.partition, offset: String(offset) }];
}

async function commitAlone(
  setup: RewindSetup,
  reader: string,
  topic: string,
  work: { target: SeekEntry[]; partitions: number },
): Promise<void> {
  const { kafka, names, sessionTimeoutMs } = setup;
  const consumer = kafka.consumer({
    groupId: names.group(reader, topic),
    sessionTimeout: sessionTimeoutMs,
    maxWaitTimeInMs: 100,
    allowAutoTopicCreation: false,
    retry: { restartOnFailure: () => Promise.resolve(false) },
  });
  let assigned: readonly number[] = [];
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => void (assigned = payload.memberAssignment[names.topic(topic)] ?? []));
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [names.topic(topic)], fromBeginning: true });
    await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: () => Promise.resolve() });
    if (assigned.length !== work.partitions) throw stillReading(reader, topic, sessionTimeoutMs);
    consumer.pause([{ topic: names.topic(topic) }]);
    await consumer.commitOffsets(work.target.map((entry) => ({ topic: names.topic(topic), ...entry })));
  } finally {
    await consumer.disconnect();
  }
}
