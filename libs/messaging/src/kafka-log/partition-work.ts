import type { EachBatchPayload, KafkaMessage } from 'kafkajs';
import type { LogRecord, LogVoice, Reading } from '../event-log.js';
import { Heart } from './heart.js';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** "It must answer within minutes or call `beat`": these are the minutes. */
const HANDLER_PATIENCE_MS = 300_000;

/**
 * Handles what one fetch brought of one partition: in pieces of the reading's batch size, the position committed after each.
 * Nothing but Kafka's own errors leaves it, because kafkajs answers any other by stopping all partitions and, in the end, the consumer.
 */
export class PartitionWork {
  private readonly failures = new Map<number, number>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private stopping = false;

  constructor(
    private readonly topic: string,
    private readonly reading: Reading,
    private readonly heartbeatMs: number,
    private readonly voice: LogVoice,
  ) {}

  stop(): void {
    this.stopping = true;
    for (const timer of this.timers) clearTimeout(timer);
  }

  readonly handle = async (payload: EachBatchPayload): Promise<void> => {
    const { batch, heartbeat, isRunning, isStale } = payload;
    for (let from = 0; from < batch.messages.length; from += this.reading.batchSize) {
      if (this.stopping || !isRunning() || isStale()) return;
      const messages = batch.messages.slice(from, from + this.reading.batchSize);
      const heart = new Heart(heartbeat, this.heartbeatMs, HANDLER_PATIENCE_MS);
      if (!(await this.handlePiece(messages, payload, heart))) return;
      await this.moveOn(messages, payload);
      if (heart.trouble) throw heart.trouble;
    }
  };

  private async handlePiece(messages: KafkaMessage[], payload: EachBatchPayload, heart: Heart): Promise<boolean> {
    const { partition } = payload.batch;
    heart.start();
    try {
      await this.reading.handle(
        messages.map((message) => this.recordOf(message, partition)),
        heart.beat,
      );
      this.failures.delete(partition);
      return true;
    } catch (error) {
      if (!this.stopping) this.backOff(payload, error as Error);
      return false;
    } finally {
      heart.stop();
    }
  }

  /** Leaves the position where it is and lets this partition rest; the others go on. */
  private backOff(payload: EachBatchPayload, error: Error): void {
    const { partition } = payload.batch;
    const failures = (this.failures.get(partition) ?? 0) + 1;
    this.failures.set(partition, failures);
    const ms = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
    this.voice.warn(`${this.reading.reader}: ${this.topic}/${partition} rests ${ms} ms, then the same records again: ${error.message}`);
    const resume = payload.pause();
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      resume();
    }, ms);
    this.timers.add(timer);
  }

  /** Commits through the payload, not through the consumer: that one would wrap a rebalance in an error that kills the consumer. */
  private async moveOn(messages: KafkaMessage[], { batch, commitOffsetsIfNecessary, resolveOffset }: EachBatchPayload): Promise<void> {
    const last = messages[messages.length - 1]!.offset;
    const next = String(BigInt(last) + 1n);
    await commitOffsetsIfNecessary({ topics: [{ topic: batch.topic, partitions: [{ partition: batch.partition, offset: next }] }] });
    resolveOffset(last);
  }

  private recordOf(message: KafkaMessage, partition: number): LogRecord {
    return {
      topic: this.topic,
      partition,
      position: Number(message.offset),
      key: message.key?.toString('utf8') ?? '',
      value: message.value?.toString('utf8') ?? '',
      at: new Date(Number(message.timestamp)),
    };
  }
}
