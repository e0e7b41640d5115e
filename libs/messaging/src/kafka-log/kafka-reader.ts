import type { Consumer, Kafka } from 'kafkajs';
import type { LogVoice, Reading } from '../event-log.js';
import type { KafkaNames } from './names.js';
import { PartitionWork } from './partition-work.js';
import { Turns } from './turns.js';

const FIRST_RESTART_MS = 1_000;
const LONGEST_RESTART_MS = 30_000;
/** Longest a fetch waits at the broker when there is nothing new. Bounds how long stopping takes, not how late a record is. */
const FETCH_WAIT_MS = 1_000;
/** How long a rebalance waits for a batch in work. */
const REBALANCE_MS = 60_000;
/** Partitions whose records may wait for one call of a mixed reading. */
const WAITING_TOGETHER = 16;

export interface ReadingSetup {
  kafka: Kafka;
  names: KafkaNames;
  reading: Reading;
  sessionTimeoutMs: number;
  voice: LogVoice;
}

/** Reads every topic of a reading, each as a group of its own, together within the reading's bound of batches at the same time. */
export async function readTopics(setup: ReadingSetup): Promise<KafkaReader[]> {
  const { handle } = new Turns(setup.reading);
  const readers = setup.reading.topics.map((topic) => new KafkaReader({ ...setup, reading: { ...setup.reading, handle }, topic }));
  await Promise.all(readers.map((reader) => reader.start()));
  return readers;
}

/** This process as a member of the group of one reader and one topic. Comes back after every crash of the client until it is stopped. */
export class KafkaReader {
  private consumer: Consumer | null = null;
  private work: PartitionWork | null = null;
  private opening: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;
  private restartMs = FIRST_RESTART_MS;
  private stopping = false;

  constructor(private readonly setup: ReadingSetup & { topic: string }) {}

  /**
   * Resolves when the group has been joined, or when that failed once and goes on in the background: right after its own start
   * a broker answers that it is still loading the group, which kafkajs takes for the end.
   */
  start(): Promise<void> {
    this.opening = this.open().catch((error: Error) => this.comeBack(error));
    return this.opening;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    if (this.timer) clearTimeout(this.timer);
    this.work?.stop();
    await this.opening;
    await this.consumer?.disconnect();
  }

  private async open(): Promise<void> {
    const { kafka, names, topic, reading, sessionTimeoutMs, voice } = this.setup;
    const heartbeatInterval = Math.floor(sessionTimeoutMs / 4);
    const consumer = kafka.consumer({
      groupId: names.group(reading.reader, topic),
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval,
      rebalanceTimeout: REBALANCE_MS,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      allowAutoTopicCreation: false,
      // A restart of kafkajs' own can outrun disconnect() and leave a consumer that nobody holds: we restart, with a new one.
      retry: { restartOnFailure: () => Promise.resolve(false) },
    });
    this.consumer = consumer;
    this.work = new PartitionWork(topic, reading, heartbeatInterval, voice);
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => this.joined(payload.memberAssignment[names.topic(topic)] ?? []));
    try {
      await this.join(consumer, this.work);
    } catch (error) {
      await consumer.disconnect().catch(() => undefined); // the first error is the one to tell
      throw error;
    }
  }

  /** `run` returns normally even when joining failed; only the crash event tells. */
  private async join(consumer: Consumer, work: PartitionWork): Promise<void> {
    let isReading = false;
    let early: Error | null = null;
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (isReading) this.comeBack(payload.error);
      else early = payload.error;
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [this.setup.names.topic(this.setup.topic)], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.setup.reading.mixed ? WAITING_TOGETHER : this.setup.reading.parallel,
      eachBatch: work.handle,
    });
    if (early) throw early as Error;
    isReading = true;
  }

  private joined(partitions: readonly number[]): void {
    this.restartMs = FIRST_RESTART_MS;
    const { reading, topic, voice } = this.setup;
    voice.log(`${reading.reader}: reads ${topic}, partitions ${[...partitions].sort((a, b) => a - b).join(' ') || 'none'}`);
  }

  private comeBack(error: Error): void {
    if (this.stopping) return;
    this.work?.stop();
    const { reading, topic, voice } = this.setup;
    voice.warn(`${reading.reader}: reading ${topic} stopped, starting again in ${this.restartMs} ms: ${error.message}`);
    this.timer = setTimeout(() => {
      void this.start();
    }, this.restartMs);
    this.restartMs = Math.min(this.restartMs * 2, LONGEST_RESTART_MS);
  }
}
