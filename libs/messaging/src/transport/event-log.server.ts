import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { PARTITIONS, type AnyEvent } from '@huiying/contracts';
import type { Clock } from '@huiying/domain';
import type { DeadLetters } from '@huiying/persistence';
import { lastValueFrom } from 'rxjs';
import { Delivery } from '../delivery.js';
import type { EventLog, LogRecord, LogVoice, RunningReader } from '../event-log.js';
import type { ReaderExtras } from './reads.decorator.js';

interface Route {
  topic: string;
  extras: ReaderExtras;
  handler: MessageHandler;
}

/** Nest's transport over the event log: makes both adapters look alike to `@Reads` handlers. */
export class EventLogServer extends Server implements CustomTransportStrategy {
  private readonly routes: Route[] = [];
  private readonly running: RunningReader[] = [];
  private readonly deliveries: Delivery[] = [];

  constructor(
    private readonly eventLog: EventLog,
    private readonly deadLetters: DeadLetters,
    private readonly clock: Clock,
    private readonly voice: LogVoice,
  ) {
    super();
  }

  /** Nest would chain two handlers of one topic and await only one; here each is a reader of its own. */
  override addHandler(pattern: unknown, callback: MessageHandler, isEventHandler = false, extras: Record<string, unknown> = {}): void {
    if (!isEventHandler || typeof extras.reader !== 'string')
      throw new Error(`${String(pattern)}: declare handlers of the log with @Reads`);
    const topic = String(pattern);
    if (this.routes.some((route) => route.topic === topic && route.extras.reader === extras.reader)) {
      throw new Error(`${topic}: reader ${extras.reader} has two handlers; each event would reach one of them only`);
    }
    this.routes.push({ topic, extras: extras as unknown as ReaderExtras, handler: callback });
  }

  listen(callback: (error?: unknown) => void): void {
    this.start().then(() => callback(), callback);
  }

  async close(): Promise<void> {
    this.deliveries.forEach((delivery) => delivery.stop());
    await Promise.all(this.running.map((reader) => reader.stop()));
  }

  on(): void {
    throw new Error('the event log has no transport events');
  }

  unwrap<T>(): T {
    return this.eventLog as unknown as T;
  }

  /** Starts one reader per (reader, topic): each has its own position and its own loops. */
  private async start(): Promise<void> {
    await this.eventLog.ensureTopics(PARTITIONS);
    for (const route of this.routes) {
      const { reader, batchSize, parallel } = route.extras;
      const delivery = new Delivery({
        reader,
        handle: (events, records) => invoke(route.handler, events, records),
        deadLetters: this.deadLetters,
        clock: this.clock,
        voice: this.voice,
      });
      this.deliveries.push(delivery);
      const handle = delivery.deliver.bind(delivery);
      this.running.push(await this.eventLog.read({ reader, topics: [route.topic], batchSize, parallel, mixed: true, handle }));
    }
  }
}

async function invoke(handler: MessageHandler, events: AnyEvent[], records: readonly LogRecord[]): Promise<void> {
  const answer: unknown = await handler(events, records);
  if (isObservable(answer)) await lastValueFrom(answer as never, { defaultValue: undefined });
}

function isObservable(value: unknown): boolean {
  return typeof (value as { subscribe?: unknown } | null)?.subscribe === 'function';
}
