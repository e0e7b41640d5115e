import type { Kafka, Producer, TopicMessages } from 'kafkajs';
import type { Clock } from '@huiying/domain';
import { partitionOf } from '../event-log.js';
import { requestsOf, type KafkaNames, type PlacedRecord } from './names.js';

/** Bytes one partition gets in one request. Well under the topic's max.message.bytes, so that only a single giant could break it. */
const MOST_BYTES = 512 * 1024;

/** The sending half. Not the idempotent producer: in kafkajs it is experimental and does not recover; readers claim by event id instead. */
export class KafkaPublisher {
  private readonly producer: Producer;
  private readonly underway = new Set<Promise<void>>();

  constructor(
    kafka: Kafka,
    private readonly names: KafkaNames,
    private readonly clock: Clock,
  ) {
    this.producer = kafka.producer({
      allowAutoTopicCreation: false,
      // Every record names its partition; this is only so that nothing can slip past the port's rule.
      createPartitioner:
        () =>
        ({ message, partitionMetadata }) =>
          message.partition ?? partitionOf(String(message.key), partitionMetadata.length),
    });
  }

  connect(): Promise<void> {
    return this.producer.connect();
  }

  /** Appends in order, acknowledged by all in-sync replicas. */
  publish(records: readonly PlacedRecord[]): Promise<void> {
    const sending = this.send(records);
    const settled = sending.then(
      () => undefined,
      () => undefined, // the caller has the error
    );
    this.underway.add(settled);
    void settled.then(() => this.underway.delete(settled));
    return sending;
  }

  async close(): Promise<void> {
    await Promise.all(this.underway);
    await this.producer.disconnect();
  }

  private async send(records: readonly PlacedRecord[]): Promise<void> {
    const timestamp = String(this.clock.now().getTime());
    for (const request of requestsOf(records, MOST_BYTES)) {
      await this.producer.sendBatch({ acks: -1, topicMessages: this.messagesOf(request, timestamp) });
    }
  }

  private messagesOf(records: readonly PlacedRecord[], timestamp: string): TopicMessages[] {
    const byTopic = new Map<string, TopicMessages>();
    for (const { topic, key, value, partition } of records) {
      const entry = byTopic.get(topic) ?? { topic: this.names.topic(topic), messages: [] };
      entry.messages.push({ key, value, partition, timestamp });
      byTopic.set(topic, entry);
    }
    return [...byTopic.values()];
  }
}
