import type { Client } from 'pg';
import type { Database } from '../database.js';
import { unseen } from '../steady-plan.js';

export interface RecordRow {
  topic: string;
  partition: number;
  position: number;
  key: string;
  value: string;
  at: Date;
}

/** What was read at once of a claimed partition: `next` is where the reader will stand. */
interface Step extends Place {
  next: string;
  /** Counts the rewinds of this reader here: a rewind in the meantime wins over moving on. */
  rewinds: number;
}

/** What was read at once of a claim. */
export interface Stretch {
  /** Of one partition after the other, each in order. */
  records: RecordRow[];
  /** The partitions whose position is to move. */
  steps: Step[];
  /** Whether this was all there was to read. */
  isLast: boolean;
}

interface Place {
  topic: string;
  partition: number;
}

/** With the name of its lock, a bigint. */
interface LockedPlace extends Place {
  lock: string;
}

interface ReadRow extends Place {
  next: string;
  head: string;
  rewinds: number;
  position: string | null;
  key: string;
  value: string;
  at: Date;
}

/**
 * Among the partitions with something new, by chance, the first whose locks are free: one, or as many as it takes to have $4 records.
 * Locks are tried in the order given, and only until enough are had.
 */
const TAKE = `
  WITH behind AS MATERIALIZED (
    SELECT *, sum(lag) OVER (ORDER BY chance) - lag AS before FROM (
      SELECT p.topic, p.partition, h.head - p.next AS lag, random() AS chance,
        hashtextextended(concat_ws(chr(31), p.reader, p.topic, p.partition), 0) AS lock
      FROM log.reader_position p JOIN log.partition h USING (topic, partition)
      WHERE p.reader = $1 AND p.topic = ANY($2::text[]) AND p.next < h.head) all_behind
    WHERE lock <> ALL($3::bigint[]) ORDER BY chance),
  taken AS MATERIALIZED (
    SELECT topic, partition, lock FROM behind WHERE pg_try_advisory_lock(lock)
    LIMIT greatest(1, (SELECT count(*) FROM behind WHERE before < $4)))
  SELECT t.*, (SELECT count(*)::int FROM behind) AS behind FROM (SELECT) AS one LEFT JOIN taken t ON true`;
const READ = `
  SELECT w.topic, w.partition, p.next, h.head, p.rewinds, r.position, r.key, r.value, r.at
  FROM unnest(${unseen('$2::text[]')}, ${unseen('$3::int[]')}) AS w(topic, partition)
  JOIN log.reader_position p ON p.reader = $1 AND p.topic = w.topic AND p.partition = w.partition
  JOIN log.partition h ON h.topic = w.topic AND h.partition = w.partition
  LEFT JOIN LATERAL (
    SELECT position, key, value, at FROM log.record
    WHERE topic = w.topic AND partition = w.partition AND position >= p.next ORDER BY position LIMIT ${unseen('$4::int')}) r ON true
  ORDER BY w.topic, w.partition, r.position`;
const MOVE_ON = `
  UPDATE log.reader_position p SET next = t.next
  FROM unnest($2::text[], $3::int[], $4::bigint[], $5::int[]) AS t(topic, partition, next, rewinds)
  WHERE p.reader = $1 AND p.topic = t.topic AND p.partition = t.partition AND p.rewinds = t.rewinds`;

const GIVE = `SELECT pg_advisory_unlock(lock) FROM unnest($1::bigint[]) AS lock`;

/** What of the partitions with something new is left to others: `othersHold` where none could be had, `isAll` where all were. */
interface Taken {
  claim: Claim | null;
  othersHold: boolean;
  isAll: boolean;
}

const NOTHING: Taken = { claim: null, othersHold: false, isAll: true };

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
   * A partition that has something new for the reader and that nobody reads, by chance among them, so that none is starved;
   * or several, where it takes several to have `together` records.
   */
  take(reader: string, topics: readonly string[], together = 0): Promise<Taken> {
    return this.oneByOne(async () => {
      if (this.closed) return NOTHING;
      const client = await this.connection();
      const { rows } = await client.query<Partial<LockedPlace> & { behind: number }>({
        name: 'huiying-take',
        text: TAKE,
        values: [reader, topics, [...this.held.keys()], together],
      });
      const places = rows.filter((row): row is LockedPlace & { behind: number } => typeof row.lock === 'string');
      const { behind } = rows[0]!;
      if (places.length === 0) return { claim: null, othersHold: behind > 0, isAll: behind === 0 };
      const locks = places.map(({ lock }) => lock);
      const on: LockConnection = {
        client,
        query: (name, text, values) => this.oneByOne(() => client.query({ name, text, values })),
        giveBack: () => this.give(client, locks),
      };
      const claim = new Claim(this.database, on, reader, places);
      for (const lock of locks) this.held.set(lock, claim);
      return { claim, othersHold: false, isAll: places.length === behind };
    });
  }

  /** To be called when no claim is at work any more. */
  async close(): Promise<void> {
    this.closed = true;
    await this.queue.catch(() => undefined);
    await this.client?.end().catch(() => undefined);
    this.client = null;
  }

  private async give(client: Client, locks: readonly string[]): Promise<void> {
    try {
      await this.oneByOne(() => client.query({ name: 'huiying-give', text: GIVE, values: [locks] }));
    } catch {
      // The connection is gone, and the locks with it.
    } finally {
      for (const lock of locks) this.held.delete(lock);
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

/** One partition, or some, that this process alone reads for one reader, until released or lost. */
export class Claim {
  private lost = false;

  constructor(
    private readonly database: Database,
    private readonly on: LockConnection,
    private readonly reader: string,
    private readonly places: readonly Place[],
  ) {}

  get isLost(): boolean {
    return this.lost;
  }

  get topic(): string {
    return this.places[0]!.topic;
  }

  lose(client: Client): void {
    if (client === this.on.client) this.lost = true;
  }

  /** The next records; a stretch without any has nothing new, or what there was has been pruned: then only the positions move. */
  async read(most: number): Promise<Stretch> {
    const rows = await this.database.prepared<ReadRow>(READ, [
      this.reader,
      this.places.map((place) => place.topic),
      this.places.map((place) => place.partition),
      most,
    ]);
    const records = rows
      .filter((row) => row.position !== null)
      .slice(0, most)
      .map(({ topic, partition, position, key, value, at }) => ({ topic, partition, position: Number(position), key, value, at }));
    const standing = this.places.map((place) => {
      const of = (one: Place) => one.topic === place.topic && one.partition === place.partition;
      const row = rows.find(of);
      if (!row) throw new Error(`reader ${this.reader} has no position in ${place.topic}/${place.partition}`);
      return { row, next: nextOf(row, records.findLast(of)) };
    });
    const steps = standing.filter(({ row, next }) => next !== row.next).map(({ row, next }) => ({ ...row, next }));
    return { records, steps, isLast: standing.every(({ row, next }) => next === row.head) };
  }

  /**
   * Moves the reader's positions past a stretch, over the connection that holds the locks: who has lost them cannot move it.
   * A reader that was rewound in the meantime stays where it was put.
   */
  async moveOn({ steps }: Stretch): Promise<void> {
    await this.on.query('huiying-move-on', MOVE_ON, [
      this.reader,
      steps.map((step) => step.topic),
      steps.map((step) => step.partition),
      steps.map((step) => step.next),
      steps.map((step) => step.rewinds),
    ]);
  }

  release(): Promise<void> {
    return this.on.giveBack();
  }
}

/** Behind the last record read; where it is the table that has none, at the head; where others came first, where it stood. */
function nextOf(row: ReadRow, last: RecordRow | undefined): string {
  if (last) return String(last.position + 1);
  return row.position === null ? row.head : row.next;
}
