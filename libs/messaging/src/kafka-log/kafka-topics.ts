import { setTimeout as pause } from 'node:timers/promises';
import { ConfigResourceTypes, type Admin, type ITopicConfig, type ITopicMetadata } from 'kafkajs';
import type { LogVoice } from '../event-log.js';
import type { KafkaNames } from './names.js';

/** Copies of each record where there are brokers enough for them. */
const REPLICAS = 3;
/** A new topic is known to every broker within this; one on a busy machine was seen to need more than 5 s. */
const KNOWN_WITHIN_TRIES = 150;
const TRY_AGAIN_MS = 200;
/** A broker names itself leader a moment before it takes records; a batch in between is sent twice to the partitions that took it. */
const SETTLES_WITHIN_MS = 1_500;
const NOT_YET_KNOWN = ['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE'];
const DAY_MS = 86_400_000;
/** 网络安全法 第二十三条: network logs are kept six months or longer. */
const KEEP_AT_LEAST_DAYS = 184;

const CONFIG = {
  /** Bytes of one record batch. One opinion with a long text and its reasons stays far below. */
  'max.message.bytes': String(4 * 1024 * 1024),
  /** Record times come from our Clock port, which runs ahead in drills; a broker refuses more than an hour by default. */
  'message.timestamp.after.max.ms': '9223372036854775807',
};

export interface TopicsSetup {
  admin: Admin;
  names: KafkaNames;
  voice: LogVoice;
}

/** Makes the missing topics, then checks all counts. Two processes may do it at once. */
export async function ensureKafkaTopics(setup: TopicsSetup, partitions: Record<string, number>): Promise<void> {
  const { admin, names } = setup;
  const standing = new Set(await admin.listTopics());
  const missing = Object.entries(partitions).filter(([topic]) => !standing.has(names.topic(topic)));
  if (missing.length > 0) await makeTopics(setup, missing);
  const topics = Object.keys(partitions).map((topic) => names.topic(topic));
  const counts = new Map((await whenKnown(() => metadataOf(admin, topics))).map((topic) => [topic.name, topic.partitions.length]));
  for (const [topic, count] of Object.entries(partitions)) {
    const found = counts.get(names.topic(topic));
    if (found === count) continue;
    throw new Error(`topic ${topic} has ${found} partitions in the log, ${count} in the code; keys would change their partition`);
  }
}

async function makeTopics({ admin, names, voice }: TopicsSetup, missing: [topic: string, partitions: number][]): Promise<void> {
  const replicas = Math.min(REPLICAS, (await admin.describeCluster()).brokers.length);
  const topics = missing.map(([topic, numPartitions]) => newTopic(names.topic(topic), numPartitions, replicas));
  // Not waited for by kafkajs: it gives up at once on a broker that has made a topic, or lost the race for it, and does not know it yet.
  await admin.createTopics({ waitForLeaders: false, topics });
  await pause(SETTLES_WITHIN_MS);
  const days = await whenKnown(() => daysKept(admin, topics[0]!.topic));
  if (days >= 0 && days < KEEP_AT_LEAST_DAYS) {
    voice.warn(`Kafka keeps our events for ${days} days only: a replay reaches no further back, and a reader away for longer loses events`);
  }
}

function newTopic(topic: string, numPartitions: number, replicas: number): ITopicConfig {
  const config = replicas === REPLICAS ? { ...CONFIG, 'min.insync.replicas': '2' } : CONFIG;
  const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
  return { topic, numPartitions, replicationFactor: replicas, configEntries };
}

/** How long the broker keeps records is the operator's choice; a broker's default of a week must not go unnoticed. -1 is for ever. */
async function daysKept(admin: Admin, topic: string): Promise<number> {
  const query = { type: ConfigResourceTypes.TOPIC, name: topic, configNames: ['retention.ms'] };
  const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: [query] });
  const ms = Number(resources[0]?.configEntries[0]?.configValue ?? -1);
  return ms < 0 ? -1 : Math.floor(ms / DAY_MS);
}

async function metadataOf(admin: Admin, topics: string[]): Promise<ITopicMetadata[]> {
  const found = (await admin.fetchTopicMetadata({ topics })).topics;
  // A partition without a leader takes nothing yet: the first batch would be sent twice to those that have one.
  const isLed = found.every((topic) => topic.partitions.every((p) => p.leader >= 0 && p.partitionErrorCode === 0));
  if (!isLed) throw Object.assign(new Error('a topic that was just made has no leader yet'), { type: 'LEADER_NOT_AVAILABLE' });
  return found;
}

/** Asks again while the broker asked has not heard of a topic that was just made. */
async function whenKnown<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      const isNew = NOT_YET_KNOWN.includes((error as { type?: string }).type ?? '');
      if (!isNew || tries === KNOWN_WITHIN_TRIES) throw error;
      await pause(TRY_AGAIN_MS);
    }
  }
}
