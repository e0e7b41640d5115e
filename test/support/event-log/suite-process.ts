import {
  Delivery,
  OutboxRelay,
  type DeliveryOptions,
  type EventLog,
  type LogRecord,
  type LogVoice,
  type RunningReader,
} from '@huiying/messaging';
import { DeadLetters, Store, type Database, type OutgoingEvent } from '@huiying/persistence';
import { SystemClock } from '@huiying/settings';
import type { LogHarness } from './harness.js';
import { effectsOf, parseSuiteEvent, SCHEMA, writeEffects, type Effects, type SuiteEvent } from './suite-events.js';
import { until } from './until.js';

export interface ReadOptions extends Partial<Pick<DeliveryOptions, 'parse' | 'attempts'>> {
  batchSize?: number;
  parallel?: number;
  /** In the transaction, before the effects are written. */
  before?: (events: SuiteEvent[]) => Promise<void> | void;
}

/** What one process of a service has: a pool, the log, a store, readers and relays. `close` stops all of it. */
export class SuiteProcess {
  readonly store: Store;
  readonly deadLetters: DeadLetters;
  private readonly ends: (() => Promise<void>)[] = [];

  private constructor(
    readonly database: Database,
    readonly log: EventLog,
    private readonly voice: LogVoice,
    /** What the log, the relays and the deliveries complained of. */
    readonly warnings: readonly string[],
  ) {
    this.store = new Store(database, SCHEMA);
    this.deadLetters = new DeadLetters(database);
  }

  static async open(harness: LogHarness): Promise<SuiteProcess> {
    const database = await harness.postgres.open();
    const warnings: string[] = [];
    const voice: LogVoice = { log: () => undefined, warn: (m) => void warnings.push(m), error: (m) => void warnings.push(m) };
    return new SuiteProcess(database, await harness.openLog(database, voice), voice, warnings);
  }

  /** Reads a topic the way a service does: Delivery, then Store.once with the effects in its transaction. */
  async read(reader: string, topic: string, options: ReadOptions = {}): Promise<RunningReader> {
    const { batchSize = 100, parallel = 2, before, parse = parseSuiteEvent, attempts } = options;
    const delivery = new Delivery({
      reader,
      parse,
      attempts,
      firstWaitMs: 20,
      deadLetters: this.deadLetters,
      clock: new SystemClock(),
      voice: this.voice,
      handle: (events) =>
        this.store.once(reader, events as SuiteEvent[], async (tx, fresh) => {
          await before?.(fresh);
          await writeEffects(tx, reader, fresh);
        }),
    });
    const running = await this.log.read({ reader, topics: [topic], batchSize, parallel, handle: delivery.deliver.bind(delivery) });
    let stopped: Promise<void> | null = null;
    const stop = (): Promise<void> => {
      delivery.stop();
      return (stopped ??= running.stop());
    };
    this.ends.push(stop);
    return { stop };
  }

  /** Reads without inbox or Delivery: what the log itself delivers. */
  async readBare(
    reader: string,
    topic: string,
    handle: (records: readonly LogRecord[]) => Promise<void> | void,
    batchSize = 100,
  ): Promise<RunningReader> {
    const running = await this.log.read({ reader, topics: [topic], batchSize, parallel: 2, handle: async (records) => handle(records) });
    let stopped: Promise<void> | null = null;
    const stop = (): Promise<void> => (stopped ??= running.stop());
    this.ends.push(stop);
    return { stop };
  }

  async relay(): Promise<OutboxRelay> {
    const relay = OutboxRelay.of(this.database, SCHEMA, this.log, this.voice);
    await relay.start();
    this.ends.push(() => relay.stop());
    return relay;
  }

  /** Writes events to the outbox in one commit, as a change of state does. */
  send(events: readonly OutgoingEvent[]): Promise<void> {
    return this.store.change(async (tx) => tx.send(...events));
  }

  effects(reader: string): Promise<Effects> {
    return effectsOf(this.database, reader);
  }

  /** Waits until so many different events took effect. @throws with what was complained of in the meantime */
  async settled(reader: string, events: number, withinMs?: number): Promise<Effects> {
    const enough = async (): Promise<Effects | false> => {
      const effects = await this.effects(reader);
      return effects.distinct >= events && effects;
    };
    try {
      return await until(`${events} events took effect for ${reader}`, enough, withinMs);
    } catch (error) {
      throw new Error(`${(error as Error).message}; complaints: ${this.warnings.slice(-5).join(' | ') || 'none'}`, { cause: error });
    }
  }

  async close(): Promise<void> {
    for (const end of this.ends.reverse()) await end();
    await this.log.close();
    await this.database.close();
  }
}
