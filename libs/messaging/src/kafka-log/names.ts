import type { OutgoingRecord } from '../event-log.js';

/** What our topics and readers are called on the broker. */
export class KafkaNames {
  constructor(private readonly prefix: string) {}

  topic(topic: string): string {
    return this.prefix + topic;
  }

  /**
   * One consumer group per reader AND topic. kafkajs' assigner gives every member the leader's topics, so members of one group
   * must all read the same topics; and a group of one topic can be rewound while the reader's other topics go on.
   */
  group(reader: string, topic: string): string {
    return `${this.prefix}${reader}.${topic}`;
  }
}

export type PlacedRecord = OutgoingRecord & { partition: number };

/**
 * Splits records into requests so that no partition gets more than `mostBytes` in one of them, keeping the order.
 * A broker refuses a record batch over max.message.bytes, and kafkajs makes one record batch per partition and request.
 */
export function requestsOf(records: readonly PlacedRecord[], mostBytes: number): PlacedRecord[][] {
  const requests: PlacedRecord[][] = [];
  let current: PlacedRecord[] = [];
  let bytes = new Map<string, number>();
  for (const record of records) {
    const place = `${record.topic}/${record.partition}`;
    const size = Buffer.byteLength(record.value) + Buffer.byteLength(record.key);
    const before = bytes.get(place) ?? 0;
    if (before > 0 && before + size > mostBytes) {
      requests.push(current);
      current = [];
      bytes = new Map();
    }
    current.push(record);
    bytes.set(place, (bytes.get(place) ?? 0) + size);
  }
  if (current.length > 0) requests.push(current);
  return requests;
}
