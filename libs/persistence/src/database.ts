import { createHash } from 'node:crypto';
import { Client, type ClientConfig } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { Batch, forgetPlans, leavesPlansUnsure } from './batch.js';
import { ChannelCaller } from './channel-caller.js';
import { ChannelListener, type Heard } from './channel-listener.js';
import { awayOr } from './database-away.js';
import { MIGRATIONS } from './migrations/index.js';
import { Transaction } from './transaction.js';

/** A connection of a transaction, or of the pool. The only door through which SQL is spoken. */
export interface Queries {
  /** Rows of one statement. `$1…` are the parameters; never build SQL from what came in. */
  query<T = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<T[]>;
  /** As query, of a statement that is asked again and again: the server plans it once for each connection. Its text must not vary without end. */
  prepared<T = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<T[]>;
  /**
   * A change whose answer nobody needs, prepared. In a transaction it waits for the next question or the commit and travels with that,
   * which then throws what it threw; later statements see it all the same.
   */
  write(sql: string, parameters?: unknown[]): Promise<void>;
  /** Wakes who listens to a channel, in every process: at once, or after the commit where this is a transaction. It may be lost in a crash. */
  tell(channel: string, payload: string): void;
}

export interface DatabaseOptions {
  /** postgres://… */
  url: string;
  /** Connections this process may open. */
  pool: number;
  /** Shown in pg_stat_activity, so that an operator sees whose connection it is. */
  name: string;
  /**
   * Whether an answer to a commit means that it is on disk; it does unless this says false. For what is promised to nobody yet and made
   * anew after a crash: call `reachDisk` before anything says that it is there.
   */
  waitsForDisk?: boolean;
}

/** Said in one sentence, without the password. */
export class CannotOpenDatabase extends Error {
  constructor(url: string, cause: Error) {
    const place = URL.canParse(url) ? new URL(url).host : '';
    super(`PostgreSQL at ${place || 'its default place'} cannot be opened: ${cause.message}; set HUIYING_DATABASE_URL to one that can.`, {
      cause,
    });
    this.name = 'CannotOpenDatabase';
  }
}

/** A machine that lost its power says no goodbye: the server asks after 10 s, so that what its connections held is free within half a minute. */
const SERVER_NOTICES_DEATH = `SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3`;

/** For every connection of a database that does not wait; the server still writes all commits in their order, a moment later. */
const NO_WAITING = '-c synchronous_commit=off';

/**
 * A connection of the pool. Between two borrowers it has no error listener for a moment (typeorm adds its own a tick late); a server
 * that says goodbye in the same packet as its last answer would end this process. Who waits for an answer is told all the same.
 */
class PoolClient extends Client {
  constructor(config?: ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** One PostgreSQL, one pool, one schema per service in it. */
export class Database implements Queries {
  private readonly caller = new ChannelCaller((sql, parameters) => this.prepared(sql, parameters));
  private readonly listener = new ChannelListener(
    () => this.dedicatedClient(),
    (payload) => this.caller.received(payload),
  );

  private constructor(
    private readonly source: DataSource,
    private readonly options: DatabaseOptions,
  ) {}

  /** @throws CannotOpenDatabase */
  static async open(options: DatabaseOptions): Promise<Database> {
    const source = new DataSource({
      type: 'postgres',
      url: options.url,
      applicationName: options.name,
      poolSize: options.pool,
      entities: [],
      migrations: MIGRATIONS,
      migrationsTableName: 'huiying_migration',
      migrationsTransactionMode: 'each',
      installExtensions: false,
      // An idle connection that the server ends must not end the process.
      poolErrorHandler: () => undefined,
      extra: { Client: PoolClient, keepAlive: true, keepAliveInitialDelayMillis: 10_000, ...waiting(options) },
    });
    await source.initialize().catch((cause: Error) => {
      throw new CannotOpenDatabase(options.url, cause);
    });
    return new Database(source, options);
  }

  /** Applies what is missing, one process at a time. Returns the names applied. */
  async migrate(): Promise<string[]> {
    const lock = await this.dedicatedClient();
    try {
      await lock.query(`SELECT pg_advisory_lock(hashtext('huiying.migrate'))`);
      return (await this.source.runMigrations()).map((m) => m.name);
    } finally {
      await lock.end();
    }
  }

  /** Takes back the newest migration. */
  async undoLastMigration(): Promise<void> {
    await this.source.undoLastMigration();
  }

  /** Takes back everything: all tables and what is in them. */
  async undoAllMigrations(): Promise<void> {
    const applied = await this.source.query<unknown[]>(`SELECT FROM huiying_migration`);
    for (let left = applied.length; left > 0; left--) await this.source.undoLastMigration();
  }

  query<T = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return rowsOf<T>(this.source.manager, sql, parameters);
  }

  prepared<T = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return preparedRowsOf<T>(this.source.manager, sql, parameters);
  }

  async write(sql: string, parameters: unknown[] = []): Promise<void> {
    await this.prepared(sql, parameters);
  }

  /** One transaction at READ COMMITTED; a throw rolls it back. */
  async transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T> {
    const calls: [channel: string, payload: string][] = [];
    const result = await this.committed(work, (...call) => void calls.push(call));
    for (const [channel, payload] of calls) this.tell(channel, payload);
    return result;
  }

  tell(channel: string, payload: string): void {
    this.listener.tell(channel, payload);
    this.caller.call(channel, payload);
  }

  private async committed<T>(work: (tx: Queries) => Promise<T>, tell: Queries['tell']): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      const client = (await runner.connect().catch((error: unknown) => {
        throw awayOr(error);
      })) as Client;
      const tx = new Transaction(client, nameOf);
      try {
        const result = await work({
          query: (sql, parameters) => tx.query(sql, parameters),
          prepared: (sql, parameters) => tx.prepared(sql, parameters),
          write: (sql, parameters) => tx.write(sql, parameters),
          tell,
        });
        await tx.commit();
        return result;
      } catch (error) {
        await tx.rollback();
        throw error;
      }
    } finally {
      await runner.release();
    }
  }

  /**
   * Calls `heard` on every NOTIFY of the channel, and with null once after each (re)connection, because what was sent in between is lost.
   * Returns the way to stop. All channels of a process share one connection.
   */
  listen(channel: string, heard: Heard): Promise<() => Promise<void>> {
    return this.listener.listen(channel, heard);
  }

  /** Waits until everything committed so far, on any connection, is on disk: the log of writes is one, and this commit stands behind theirs. */
  async reachDisk(): Promise<void> {
    await this.query(`SELECT set_config('synchronous_commit', 'on', true), pg_logical_emit_message(true, 'huiying', 'on disk')`);
  }

  /** A connection outside the pool, for what must be held long. The caller ends it. */
  async dedicatedClient(): Promise<Client> {
    const config: ClientConfig = {
      connectionString: this.options.url,
      application_name: this.options.name,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      ...waiting(this.options),
    };
    const client = new Client(config);
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(SERVER_NOTICES_DEATH);
      return client;
    } catch (error) {
      throw awayOr(error);
    }
  }

  async close(): Promise<void> {
    await this.listener.close();
    await this.caller.close();
    if (this.source.isInitialized) await this.source.destroy();
  }
}

function waiting({ waitsForDisk = true }: DatabaseOptions): Pick<ClientConfig, 'options'> {
  return waitsForDisk ? {} : { options: NO_WAITING };
}

/** typeorm answers UPDATE … RETURNING in another shape than SELECT; here both give rows. */
export async function rowsOf<T>(manager: EntityManager, sql: string, parameters: unknown[]): Promise<T[]> {
  const runner: QueryRunner = manager.queryRunner ?? manager.connection.createQueryRunner();
  try {
    const result = await runner.query(sql, parameters, true);
    return (result.records ?? []) as T[];
  } catch (error) {
    throw awayOr(error);
  } finally {
    if (!manager.queryRunner) await runner.release();
  }
}

const NAMES = new Map<string, string>();

/** The same for the same text, so that a connection knows what it has planned. */
function nameOf(sql: string): string {
  const known = NAMES.get(sql);
  if (known !== undefined) return known;
  const name = `h${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
  NAMES.set(sql, name);
  return name;
}

async function preparedRowsOf<T>(manager: EntityManager, sql: string, parameters: unknown[]): Promise<T[]> {
  const runner: QueryRunner = manager.queryRunner ?? manager.connection.createQueryRunner();
  try {
    const client = (await runner.connect()) as Client;
    const [rows] = await Batch.run(client, [{ name: nameOf(sql), text: sql, values: parameters }]).catch(async (error: unknown) => {
      if (leavesPlansUnsure(error)) await forgetPlans(client).catch(() => undefined);
      throw error;
    });
    return rows as T[];
  } catch (error) {
    throw awayOr(error);
  } finally {
    if (!manager.queryRunner) await runner.release();
  }
}
