import type { Admin, Kafka } from 'kafkajs';
import { EventLog, partitionOf, type OutgoingRecord, type Reading, type ReaderPosition, type RunningReader } from '../event-log.js';
import { openClient, probe, type KafkaLogOptions } from './kafka-client.js';
import { KafkaPublisher } from './kafka-publisher.js';
import { readTopics } from './kafka-reader.js';
import { rewindGroup, type RewindTo } from './kafka-rewind.js';
import { ensureKafkaTopics } from './kafka-topics.js';
import { KafkaNames } from './names.js';

const SESSION_TIMEOUT_MS = 10_000;

/** The event log on Kafka: the choice for more than one machine. kafkajs is known in this folder only (docs/decisions/0003-kafka-client.md). */
export class KafkaLog extends EventLog {
  private readonly kafka: Kafka;
  private readonly admin: Admin;
  private readonly names: KafkaNames;
  private readonly publisher: KafkaPublisher;
  private readonly sessionTimeoutMs: number;
  private readonly partitions = new Map<string, number>();
  private readonly readers = new Set<RunningReader>();

  private constructor(private readonly options: KafkaLogOptions) {
    super();
    this.kafka = openClient(options);
    this.admin = this.kafka.admin();
    this.names = new KafkaNames(options.prefix ?? '');
    this.publisher = new KafkaPublisher(this.kafka, this.names, options.clock);
    this.sessionTimeoutMs = options.sessionTimeoutMs ?? SESSION_TIMEOUT_MS;
  }

  /** Once connected it outlives any outage of the brokers. @throws Error in one sentence when none of them answers now */
  static async connect(options: KafkaLogOptions): Promise<KafkaLog> {
    const log = new KafkaLog(options);
    try {
      await Promise.all([log.admin.connect(), log.publisher.connect()]);
      // A broker that wants to know who we are lets us connect all the same; the first question tells.
      await log.admin.describeCluster();
      return log;
    } catch (error) {
      await log.close();
      throw new Error(`Kafka at ${options.brokers.join(', ')} cannot be reached: ${(error as Error).message}`, { cause: error });
    }
  }

  async ensureTopics(partitions: Record<string, number>): Promise<void> {
    await ensureKafkaTopics({ admin: this.admin, names: this.names, voice: this.options.voice }, partitions);
    for (const [topic, count] of Object.entries(partitions)) this.partitions.set(topic, count);
  }

  async publish(records: readonly OutgoingRecord[]): Promise<void> {
    await this.publisher.publish(records.map((record) => ({ ...record, partition: partitionOf(record.key, this.countOf(record.topic)) })));
  }

  async read(reading: Reading): Promise<RunningReader> {
    reading.topics.forEach((topic) => this.countOf(topic));
    const { kafka, names, sessionTimeoutMs } = this;
    const members = await readTopics({ kafka, names, sessionTimeoutMs, voice: this.options.voice, reading });
    const running: RunningReader = {
      stop: async () => {
        this.readers.delete(running);
        await Promise.all(members.map((member) => member.stop()));
      },
    };
    this.readers.add(running);
    return running;
  }

  rewind(reader: string, topic: string, to: RewindTo): Promise<number> {
    const { kafka, admin, names, sessionTimeoutMs } = this;
    return rewindGroup({ kafka, admin, names, sessionTimeoutMs }, reader, topic, to);
  }

  async positions(reader: string, topics: readonly string[]): Promise<ReaderPosition[]> {
    const all = await Promise.all(topics.map((topic) => this.positionsOf(reader, topic)));
    return all.flat();
  }

  trouble(): Promise<string | null> {
    return probe(this.options);
  }

  async close(): Promise<void> {
    await Promise.all([...this.readers].map((reader) => reader.stop()));
    await this.publisher.close();
    await this.admin.disconnect();
  }

  private async positionsOf(reader: string, topic: string): Promise<ReaderPosition[]> {
    const name = this.names.topic(topic);
    const [heads, [committed]] = await Promise.all([
      this.admin.fetchTopicOffsets(name),
      this.admin.fetchOffsets({ groupId: this.names.group(reader, topic), topics: [name] }),
    ]);
    const nexts = new Map(committed?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
    return heads
      .map(({ partition, high, low }) => {
        const next = nexts.get(partition) ?? -1; // -1: nothing committed yet, so reading starts at the beginning
        return { topic, partition, next: next < 0 ? Number(low) : next, head: Number(high) };
      })
      .sort((a, b) => a.partition - b.partition);
  }

  private countOf(topic: string): number {
    const count = this.partitions.get(topic);
    if (count === undefined) throw new Error(`topic ${topic} is unknown to this process; name it in ensureTopics first`);
    return count;
  }
}
