import { setTimeout as pause } from 'node:timers/promises';
import type { Admin, ITopicConfig, ITopicMetadata } from 'kafkajs';
import type { KafkaNames } from './names.js';

/** Copies of each record where there are brokers enough for them. */
const REPLICAS = 3;
/** A new topic is known to every broker within this. */
const KNOWN_WITHIN_TRIES = 25;
const TRY_AGAIN_MS = 200;

const CONFIG = {
  /** Bytes of one record batch. One opinion with a long text and its reasons stays far below. */
  'max.message.bytes': String(4 * 1024 * 1024),
  /** Kept for ever until the operator says otherwise: a replay reaches as far back as the log does. */
  'retention.ms': '-1',
  /** Record times come from our Clock port, which runs ahead in drills; a broker refuses more than an hour by default. */
  'message.timestamp.after.max.ms': '9223372036854775807',
};

/** Makes the missing topics, then checks all counts. Two processes may do it at once. */
export async function ensureKafkaTopics(admin: Admin, names: KafkaNames, partitions: Record<string, number>): Promise<void> {
  const standing = new Set(await admin.listTopics());
  const missing = Object.entries(partitions).filter(([topic]) => !standing.has(names.topic(topic)));
  if (missing.length > 0) {
    const replicas = Math.min(REPLICAS, (await admin.describeCluster()).brokers.length);
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map(([topic, numPartitions]) => newTopic(names.topic(topic), numPartitions, replicas)),
    });
  }
  const counts = new Map(
    (
      await metadataOf(
        admin,
        Object.keys(partitions).map((t) => names.topic(t)),
      )
    ).map((t) => [t.name, t.partitions.length]),
  );
  for (const [topic, count] of Object.entries(partitions)) {
    const found = counts.get(names.topic(topic));
    if (found !== count)
      throw new Error(`topic ${topic} has ${found} partitions in the log, ${count} in the code; keys would change their partition`);
  }
}

function newTopic(topic: string, numPartitions: number, replicas: number): ITopicConfig {
  const config = replicas === REPLICAS ? { ...CONFIG, 'min.insync.replicas': '2' } : CONFIG;
  const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
  return { topic, numPartitions, replicationFactor: replicas, configEntries };
}

async function metadataOf(admin: Admin, topics: string[]): Promise<ITopicMetadata[]> {
  for (let tries = 1; ; tries++) {
    try {
      return (await admin.fetchTopicMetadata({ topics })).topics;
    } catch (error) {
      const isNew = (error as { type?: string }).type === 'UNKNOWN_TOPIC_OR_PARTITION';
      if (!isNew || tries === KNOWN_WITHIN_TRIES) throw error;
      await pause(TRY_AGAIN_MS);
    }
  }
}
