import { Client, type ClientConfig } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { MIGRATIONS } from './migrations/index.js';

/** A connection of a transaction, or of the pool. The only door through which SQL is spoken. */
export interface Queries {
  /** Rows of one statement. `$1…` are the parameters; never build SQL from what came in. */
  query<T = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<T[]>;
}

export interface DatabaseOptions {
  /** postgres://… */
  url: string;
  /** Connections this process may open. */
  pool: number;
  /** Shown in pg_stat_activity, so that an operator sees whose connection it is. */
  name: string;
}

/** One PostgreSQL, one pool, one schema per service in it. */
export class Database implements Queries {
  private constructor(
    private readonly source: DataSource,
    private readonly options: DatabaseOptions,
  ) {}

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
      extra: { keepAlive: true },
    });
    await source.initialize();
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

  query<T = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return rowsOf<T>(this.source.manager, sql, parameters);
  }

  /** One transaction at READ COMMITTED; a throw rolls it back. */
  transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T> {
    return this.source.transaction((manager) => work({ query: (sql, parameters = []) => rowsOf(manager, sql, parameters) }));
  }

  /**
   * Calls `heard` on every NOTIFY of the channel, and once after each (re)connection, because what was sent in between is lost.
   * Returns the way to stop.
   */
  async listen(channel: string, heard: (payload: string | null) => void): Promise<() => Promise<void>> {
    let stopped = false;
    let client: Client | null = null;
    const connect = async (): Promise<void> => {
      client = await this.dedicatedClient();
      client.on('notification', (message) => heard(message.payload ?? null));
      client.on('error', () => undefined);
      client.on('end', () => void (stopped || reconnect()));
      await client.query(`LISTEN "${channel}"`);
      heard(null);
    };
    const reconnect = async (): Promise<void> => {
      while (!stopped) {
        try {
          return await connect();
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 500));
        }
      }
    };
    await connect();
    return async () => {
      stopped = true;
      await client?.end().catch(() => undefined);
    };
  }

  /** A connection outside the pool, for what must be held long. The caller ends it. */
  async dedicatedClient(): Promise<Client> {
    const config: ClientConfig = { connectionString: this.options.url, application_name: this.options.name, keepAlive: true };
    const client = new Client(config);
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }
}

/** typeorm answers UPDATE … RETURNING in another shape than SELECT; here both give rows. */
export async function rowsOf<T>(manager: EntityManager, sql: string, parameters: unknown[]): Promise<T[]> {
  const runner: QueryRunner = manager.queryRunner ?? manager.connection.createQueryRunner();
  try {
    const result = await runner.query(sql, parameters, true);
    return (result.records ?? []) as T[];
  } finally {
    if (!manager.queryRunner) await runner.release();
  }
}
