import type { OutboxTable } from '@huiying/persistence';
import { scanAsGroup } from './scan.js';

/** A record to append. `value` is the event as JSON. */
export interface OutgoingRecord {
  topic: string;
  key: string;
  value: string;
}

/** A record as it stands in the log. `position` grows by one within (topic, partition). */
export interface LogRecord extends OutgoingRecord {
  partition: number;
  position: number;
  at: Date;
}

/** What an adapter tells about its own state; Nest's Logger fits. */
export interface LogVoice {
  log(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface Reading {
  /** The reader group (consumer group): processes of one name share the partitions. */
  reader: string;
  topics: readonly string[];
  /** Most records handed over at once. */
  batchSize: number;
  /** Batches this process handles at the same time, each of another partition. */
  parallel: number;
  /**
   * Whether records of several partitions may come in one batch, one partition after the other. Order per key is as ever. Where little
   * comes at a time an adapter may make one batch, and one commit, of what would else be many.
   */
  mixed?: boolean;
  /**
   * Handles records of one partition (unless `mixed`), in order. When it returns, the position moves past them; when it throws,
   * the same records come again later. It must answer within minutes or call `beat` while it works.
   * Poison is not the adapter's affair: `Delivery` wraps every handler and dead-letters inside.
   */
  handle: (records: readonly LogRecord[], beat: () => Promise<void>) => Promise<void>;
}

export interface RunningReader {
  /** Waits for the batches in work, then lets the partitions go. */
  stop(): Promise<void>;
}

export interface ReaderPosition {
  topic: string;
  partition: number;
  /** The next record to be read. */
  next: number;
  /** The position that the next appended record gets. `head - next` is the lag. */
  head: number;
}

/** A point of a topic: the first records at or after an instant, or a position of one partition. */
export type RewindTo = { at: Date } | { position: number; partition: number };

/** Unsent events of an outbox, in order, on their way into the log. */
export interface Load {
  positions: string[];
  /** When it returns they are kept in the log. */
  send(): Promise<void>;
}

/**
 * The event log. Two adapters, one suite over both (event-log.suite.ts): PostgreSQL (embedded default) and Kafka.
 * At-least-once, ordered per key; `Store.once` makes the effect exactly-once.
 */
export abstract class EventLog {
  /** Makes the topics with their partition counts where they are missing. A count that differs from the log's is an error. */
  abstract ensureTopics(partitions: Record<string, number>): Promise<void>;

  /** Appends all records; when it returns they are kept. Order per key is the order given. */
  abstract publish(records: readonly OutgoingRecord[]): Promise<void>;

  /**
   * Takes up the oldest unsent events of an outbox. An adapter that lives in the outbox's own database may leave their values there.
   * @param besides positions that are on their way already
   */
  async load(outbox: OutboxTable, most: number, besides: readonly string[]): Promise<Load> {
    const events = await outbox.pending(most, besides);
    const records = events.map(({ topic, key, payload }) => ({ topic, key, value: payload }));
    return { positions: events.map(({ position }) => position), send: () => this.publish(records) };
  }

  /** Starts to read. A group that is new starts at the beginning of its topics. */
  abstract read(reading: Reading): Promise<RunningReader>;

  /**
   * Moves a reader group to the first record at or after an instant, or to a position of one partition.
   * Returns the number of partitions moved. @throws Error in one sentence where the adapter cannot while the group is reading.
   */
  abstract rewind(reader: string, topic: string, to: RewindTo): Promise<number>;

  /** Shows every record of a topic from a point to where the log ends now. No reader group is moved. */
  scan(topic: string, from: RewindTo, show: (records: readonly LogRecord[]) => void): Promise<void> {
    return scanAsGroup(this, topic, from, show);
  }

  /** Where a reader stands in every partition; one that has not begun stands at the beginning. */
  abstract positions(reader: string, topics: readonly string[]): Promise<ReaderPosition[]>;

  /** Null when the log can be reached, otherwise what is wrong, in one sentence. */
  abstract trouble(): Promise<string | null>;

  abstract close(): Promise<void>;
}

/** The partition of a key, the same in both adapters (FNV-1a over UTF-8). */
export function partitionOf(key: string, partitions: number): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(key, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % partitions;
}
