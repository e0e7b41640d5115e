import type { Clock } from '@huiying/domain';
import { Claims, LogTables, type Database, type OutboxTable } from '@huiying/persistence';
import {
  EventLog,
  partitionOf,
  type Load,
  type LogRecord,
  type LogVoice,
  type OutgoingRecord,
  type Reading,
  type ReaderPosition,
  type RewindTo,
  type RunningReader,
} from '../event-log.js';
import { PostgresReader } from './postgres-reader.js';

const SCAN_PAGE = 1_000;

/** The embedded event log: tables in PostgreSQL. Also fine for a county's own server. */
export class PostgresLog extends EventLog {
  private readonly tables: LogTables;
  private readonly claims: Claims;
  private readonly partitions = new Map<string, number>();
  private readonly readers = new Set<PostgresReader>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly voice: LogVoice,
  ) {
    super();
    this.tables = new LogTables(database);
    this.claims = new Claims(database);
  }

  async ensureTopics(partitions: Record<string, number>): Promise<void> {
    await this.tables.ensureTopics(partitions);
    for (const [topic, count] of Object.entries(partitions)) this.partitions.set(topic, count);
  }

  async publish(records: readonly OutgoingRecord[]): Promise<void> {
    await this.tables.append(this.placed(records), this.clock.now());
  }

  /** The outboxes are tables of this database: the events are copied inside it. */
  override async load(outbox: OutboxTable, most: number, besides: readonly string[]): Promise<Load> {
    const heads = await outbox.pendingHeads(most, besides);
    return {
      positions: heads.map(({ position }) => position),
      send: () => this.tables.appendFrom(outbox.schema, this.placed(heads), this.clock.now()),
    };
  }

  async read(reading: Reading): Promise<RunningReader> {
    reading.topics.forEach((topic) => this.countOf(topic));
    await this.tables.ensureReader(reading.reader, reading.topics);
    const reader = new PostgresReader(this.database, this.claims, reading, this.voice);
    await reader.start();
    this.readers.add(reader);
    return {
      stop: async () => {
        this.readers.delete(reader);
        await reader.stop();
      },
    };
  }

  rewind(reader: string, topic: string, to: RewindTo): Promise<number> {
    return this.tables.rewind(reader, topic, to);
  }

  /** Straight from the table: a group would be held against the pruning of what it has not read. */
  override async scan(topic: string, from: RewindTo, show: (records: readonly LogRecord[]) => void): Promise<void> {
    let last: Pick<LogRecord, 'partition' | 'position'> | undefined = { partition: -1, position: -1 };
    while (last) {
      const page = await this.tables.page(topic, from, last, SCAN_PAGE);
      if (page.length > 0) show(page);
      last = page[SCAN_PAGE - 1];
    }
  }

  positions(reader: string, topics: readonly string[]): Promise<ReaderPosition[]> {
    return this.tables.positions(reader, topics);
  }

  async trouble(): Promise<string | null> {
    try {
      await this.database.query('SELECT 1');
      return null;
    } catch (error) {
      return `the database does not answer: ${(error as Error).message}`;
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.readers].map((reader) => reader.stop()));
    this.readers.clear();
    await this.claims.close();
  }

  private placed<R extends { topic: string; key: string }>(records: readonly R[]): (R & { partition: number })[] {
    return records.map((record) => ({ ...record, partition: partitionOf(record.key, this.countOf(record.topic)) }));
  }

  private countOf(topic: string): number {
    const count = this.partitions.get(topic);
    if (count === undefined) throw new Error(`topic ${topic} is unknown to this process; name it in ensureTopics first`);
    return count;
  }
}
