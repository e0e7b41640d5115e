import type { Client } from 'pg';
import type { Database } from '../database.js';

export interface RecordRow {
  topic: string;
  partition: number;
  position: number;
  key: string;
  value: string;
  at: Date;
}

/** What was read at once of a claimed partition: `from` is where the reader stood, `next` where it will stand. */
export interface Stretch {
  records: RecordRow[];
  from: string;
  next: string;
  /** Counts the rewinds of this reader here: a rewind in the meantime wins over moving on. */
  rewinds: number;
}

interface Place {
  topic: string;
  partition: number;
  /** Name of the lock, a bigint. */
  lock: string;
}

/** Among the partitions with something new, one at random whose lock is free. Locks are tried in the order given, and only until one is had. */
const TAKE = `
  WITH behind AS MATERIALIZED (
    SELECT topic, partition, lock FROM (
      SELECT p.topic, p.partition, hashtextextended(concat_ws(chr(31), p.reader, p.topic, p.partition), 0) AS lock
      FROM log.reader_position p JOIN log.partition h USING (topic, partition)
      WHERE p.reader = $1 AND p.topic = ANY($2::text[]) AND p.next < h.head) all_behind
    WHERE lock <> ALL($3::bigint[]) ORDER BY random()),
  taken AS MATERIALIZED (SELECT * FROM behind WHERE pg_try_advisory_lock(lock) LIMIT 1)
  SELECT t.*, (SELECT count(*)::int FROM behind) AS behind FROM (SELECT) AS one LEFT JOIN taken t ON true`;
const MOVE_ON = `UPDATE log.reader_position SET next = $4 WHERE reader = $1 AND topic = $2 AND partition = $3 AND rewinds = $5`;

const NOTHING: Awaited<ReturnType<Claims['take']>> = { claim: null, othersHold: false };

/**
 * The partitions that this process reads. A claim is a session lock on one connection: it goes when the process dies, whenever that is,
 * so there is no lease to renew and no time to guess; and no transaction stays open while a batch is handled.
 */
export class Claims {
  private client: Client | null = null;
  /** Locks of this process. A session gets its own lock a second time, so who has what is known here. */
  private readonly held = new Map<string, Claim>();
  private queue: Promise<unknown> = Promise.resolve();
  private closed = false;

  constructor(private readonly database: Database) {}

  /**
   * A partition that has something new for the reader and that nobody reads, by chance among them, so that none is starved.
   * `othersHold`: there is something new, but others are at it.
   */
  take(reader: string, topics: readonly string[]): Promise<{ claim: Claim | null; othersHold: boolean }> {
    return this.oneByOne(async () => {
      if (this.closed) return NOTHING;
      const client = await this.connection();
      const { rows } = await client.query<Partial<Place> & { behind: number }>({
        name: 'huiying-take',
        text: TAKE,
        values: [reader, topics, [...this.held.keys()]],
      });
      const { topic, partition, lock, behind } = rows[0]!;
      if (typeof topic !== 'string' || typeof partition !== 'number' || typeof lock !== 'string')
        return { claim: null, othersHold: behind > 0 };
      const on: LockConnection = {
        client,
        query: (name, text, values) => this.oneByOne(() => client.query({ name, text, values })),
        giveBack: () => this.give(client, lock),
      };
      const claim = new Claim(this.database, on, reader, { topic, partition, lock });
      this.held.set(lock, claim);
      return { claim, othersHold: false };
    });
  }

  /** To be called when no claim is at work any more. */
  async close(): Promise<void> {
    this.closed = true;
    await this.queue.catch(() => undefined);
    await this.client?.end().catch(() => undefined);
    this.client = null;
  }

  private async give(client: Client, lock: string): Promise<void> {
    try {
      await this.oneByOne(() => client.query(`SELECT pg_advisory_unlock($1)`, [lock]));
    } catch {
      // The connection is gone, and the lock with it.
    } finally {
      this.held.delete(lock);
    }
  }

  private async connection(): Promise<Client> {
    if (this.client) return this.client;
    const client = await this.database.dedicatedClient();
    client.on('end', () => {
      if (this.client === client) this.client = null;
      for (const claim of this.held.values()) claim.lose(client);
    });
    // A position that a crash of the server takes back brings records again, which the inbox expects: no need to wait for the disk.
    await client.query(`SET synchronous_commit = off`);
    this.client = client;
    return client;
  }

  /** One statement at a time on the lock connection; and two takes at once would both be given the lock of one session. */
  private oneByOne<T>(work: () => Promise<T>): Promise<T> {
    const done = this.queue.then(work, work);
    this.queue = done.catch(() => undefined);
    return done;
  }
}

/** The connection that a claim stands on. */
interface LockConnection {
  readonly client: Client;
  /** As a prepared statement: these are asked for every batch. */
  query(name: string, sql: string, values: unknown[]): Promise<unknown>;
  giveBack(): Promise<void>;
}

/** A partition that this process alone reads for one reader, until released or lost. */
export class Claim {
  private lost = false;

  constructor(
    private readonly database: Database,
    private readonly on: LockConnection,
    private readonly reader: string,
    private readonly place: Place,
  ) {}

  get isLost(): boolean {
    return this.lost;
  }

  get topic(): string {
    return this.place.topic;
  }

  lose(client: Client): void {
    if (client === this.on.client) this.lost = true;
  }

  /** The next records, or a stretch without any: then there is nothing new, or what there was has been pruned. */
  async read(most: number): Promise<Stretch> {
    const rows = await this.database.query<{
      next: string;
      head: string;
      rewinds: number;
      position: string | null;
      key: string;
      value: string;
      at: Date;
    }>(
      `SELECT p.next, h.head, p.rewinds, r.position, r.key, r.value, r.at
       FROM log.reader_position p JOIN log.partition h USING (topic, partition)
       LEFT JOIN LATERAL (
         SELECT position, key, value, at FROM log.record
         WHERE topic = $2 AND partition = $3 AND position >= p.next ORDER BY position LIMIT $4) r ON true
       WHERE p.reader = $1 AND p.topic = $2 AND p.partition = $3 ORDER BY r.position`,
      [this.reader, this.place.topic, this.place.partition, most],
    );
    const [first] = rows;
    if (!first) throw new Error(`reader ${this.reader} has no position in ${this.place.topic}/${this.place.partition}`);
    const { topic, partition } = this.place;
    const records = rows.flatMap(({ position, key, value, at }) =>
      position === null ? [] : [{ topic, partition, position: Number(position), key, value, at }],
    );
    const next = records.length > 0 ? String(records[records.length - 1]!.position + 1) : first.head;
    return { records, from: first.next, next, rewinds: first.rewinds };
  }

  /**
   * Moves the reader's position past a stretch, over the connection that holds the lock: who has lost the lock cannot move it.
   * A reader that was rewound in the meantime stays where it was put.
   */
  async moveOn(stretch: Stretch): Promise<void> {
    const { topic, partition } = this.place;
    await this.on.query('huiying-move-on', MOVE_ON, [this.reader, topic, partition, stretch.next, stretch.rewinds]);
  }

  release(): Promise<void> {
    return this.on.giveBack();
  }
}
