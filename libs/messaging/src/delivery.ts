import type { AnyEvent } from '@huiying/contracts';
import { CONTRACTS } from '@huiying/contracts';
import { BadInput, type Clock } from '@huiying/domain';
import { DatabaseAway, type DeadLetters } from '@huiying/persistence';
import { Bell } from './bell.js';
import type { LogRecord, LogVoice } from './event-log.js';

/** The record is no event of a kind that we read. It goes to the dead letters at once: trying again cannot help. */
export class BadEvent extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadEvent';
  }
}

/**
 * For a handler to throw when something that all its events need is away, e.g. the mail server: it is waited for, however long,
 * and nothing goes to the dead letters. The database's absence is known without it.
 */
export class Outage extends Error {
  constructor(message: string, options?: { cause: unknown }) {
    super(message, options);
    this.name = 'Outage';
  }
}

/** Longest silence towards the adapter while waiting. */
const BEAT_MS = 2_000;

export interface DeliveryOptions {
  reader: string;
  /** Gets events of one topic, those of one key in order; one transaction for all of them is the idea. */
  handle: (events: AnyEvent[], records: readonly LogRecord[]) => Promise<void>;
  deadLetters: Pick<DeadLetters, 'add'>;
  clock: Clock;
  voice: LogVoice;
  /** Reads a record's value. @throws BadEvent */
  parse?: (record: LogRecord) => AnyEvent;
  /** Times one event alone is tried before it is dead. */
  attempts?: number;
  /** Milliseconds before the first new try; doubles up to 30 s. */
  firstWaitMs?: number;
}

/**
 * What stands between every handler and either adapter: bad events are dead-lettered at once; a batch that fails is tried
 * event by event, so that a poison message between good ones costs only itself; an outage (database away) is waited out,
 * however long, because it says nothing about the events.
 */
export class Delivery {
  private readonly parse: (record: LogRecord) => AnyEvent;
  private readonly attempts: number;
  private readonly firstWaitMs: number;
  private stopped = false;
  private readonly end = new Bell();

  constructor(private readonly options: DeliveryOptions) {
    this.parse = options.parse ?? parseByContract;
    this.attempts = options.attempts ?? 4;
    this.firstWaitMs = options.firstWaitMs ?? 200;
  }

  /** Ends waiting between tries; a batch that has not succeeded is thrown back to the adapter. */
  stop(): void {
    this.stopped = true;
    this.end.ring();
  }

  async deliver(records: readonly LogRecord[], beat: () => Promise<void>): Promise<void> {
    const good: { record: LogRecord; event: AnyEvent }[] = [];
    for (const record of records) {
      try {
        good.push({ record, event: this.parse(record) });
      } catch (error) {
        await this.outlast(() => this.bury(record, error, 1), beat);
      }
    }
    if (good.length === 0) return;
    const failed = await this.tryBatch(good, beat);
    if (!failed) return;
    for (const one of good) {
      await beat(); // one by one takes longer than the batch was meant to
      await this.deliverAlone(one, beat);
    }
  }

  /** @returns whether the batch failed for a reason of its own */
  private async tryBatch(batch: { record: LogRecord; event: AnyEvent }[], beat: () => Promise<void>): Promise<boolean> {
    try {
      await this.outlast(() => this.handle(batch), beat);
      return false;
    } catch (error) {
      if (this.stopped) throw error;
      this.options.voice.warn(`${this.options.reader}: a batch of ${batch.length} failed, going on one by one: ${sentence(error)}`);
      return true;
    }
  }

  private async deliverAlone(one: { record: LogRecord; event: AnyEvent }, beat: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.outlast(() => this.handle([one]), beat);
      } catch (error) {
        if (this.stopped) throw error;
        if (attempt >= this.attempts || error instanceof BadEvent || error instanceof BadInput)
          return this.outlast(() => this.bury(one.record, error, attempt), beat);
        await this.wait(this.firstWaitMs * 2 ** (attempt - 1), beat);
      }
    }
  }

  private handle(batch: { record: LogRecord; event: AnyEvent }[]): Promise<void> {
    return this.options.handle(
      batch.map((b) => b.event),
      batch.map((b) => b.record),
    );
  }

  /** Tries for as long as what fails is the world around us, not the event. */
  private async outlast(work: () => Promise<void>, beat: () => Promise<void>): Promise<void> {
    for (let wait = this.firstWaitMs; ; wait = Math.min(wait * 2, 30_000)) {
      try {
        return await work();
      } catch (error) {
        if (this.stopped || !isOutage(error)) throw error;
        this.options.voice.warn(`${this.options.reader}: waiting ${wait} ms, then trying again: ${sentence(error)}`);
        await this.wait(wait, beat);
      }
    }
  }

  private async bury(record: LogRecord, error: unknown, attempts: number): Promise<void> {
    const { topic, partition, position, key, value } = record;
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const letter = { reader: this.options.reader, topic, partition, position, key, value, reason, attempts, at: this.options.clock.now() };
    await this.options.deadLetters.add(letter);
    this.options.voice.error(`${this.options.reader}: ${topic}/${partition}@${position} is a dead letter: ${sentence(error)}`);
  }

  /** @throws what `beat` throws: the partition has gone to somebody else, who gets the same records */
  private async wait(ms: number, beat: () => Promise<void>): Promise<void> {
    for (let left = ms; left > 0 && !this.stopped; left -= BEAT_MS) {
      await this.end.wait(0, Math.min(left, BEAT_MS));
      await beat();
    }
  }
}

/** Reads a record by the contract that its type and version name. @throws BadEvent */
export function parseByContract(record: LogRecord): AnyEvent {
  let raw: unknown;
  try {
    raw = JSON.parse(record.value);
  } catch {
    throw new BadEvent('the value is not JSON');
  }
  const { type, version } = (raw ?? {}) as Partial<AnyEvent>;
  if (type !== record.topic) throw new BadEvent(`an event of type ${String(type)} in the topic ${record.topic}`);
  const versions = (
    CONTRACTS as Record<string, Record<number, { safeParse(value: unknown): { success: boolean; data?: unknown; error?: Error } }>>
  )[String(type)];
  const contract = versions?.[Number(version)];
  if (!contract) throw new BadEvent(`no contract for type ${String(type)} version ${String(version)}`);
  const checked = contract.safeParse(raw);
  if (!checked.success) throw new BadEvent(`not a ${String(type)} v${String(version)}: ${checked.error?.message}`);
  return checked.data as AnyEvent;
}

/** 40 lost a race with another transaction; 53 out of memory, disk or connections; 57P the server is ending or starting. */
const PASSING_SQLSTATE = /^(40|53|57P)/;

/** Whether the failure says nothing about the event. A handler's own ECONNREFUSED does: it may be this event's address. */
export function isOutage(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof DatabaseAway || at instanceof Outage) return true;
    const code = (at as { code?: unknown }).code;
    if (typeof code === 'string' && code.length === 5 && PASSING_SQLSTATE.test(code)) return true;
  }
  return false;
}

function sentence(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
}
