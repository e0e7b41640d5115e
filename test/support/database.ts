import { Database } from '@huiying/persistence';
import { Client } from 'pg';

/** Takes a lock in the server's own database, so that the specs of one run make the template once. */
const TEMPLATE = 'huiying_template';

/** A database of a spec's own, fully migrated, dropped by `drop`. */
export interface TestDatabase {
  url: string;
  database: Database;
  drop(): Promise<void>;
}

/** @param pool connections the spec may open */
export async function freshDatabase(pool = 12): Promise<TestDatabase> {
  const server = serverUrl();
  const name = `t_${process.pid}_${process.hrtime.bigint()}`;
  await withServer(async (client) => {
    await client.query(`SELECT pg_advisory_lock(hashtext('${TEMPLATE}'))`);
    const { rowCount } = await client.query(`SELECT 1 FROM pg_database WHERE datname = $1`, [TEMPLATE]);
    if (rowCount === 0) await makeTemplate(client);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  });
  const url = databaseUrl(server, name);
  const database = await Database.open({ url, pool, name: 'spec' });
  return {
    url,
    database,
    drop: async () => {
      await database.close();
      await withServer((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

/** An empty database without any table, for specs of the migrations themselves. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const name = `e_${process.pid}_${process.hrtime.bigint()}`;
  await withServer((client) => client.query(`CREATE DATABASE ${name}`));
  const url = databaseUrl(serverUrl(), name);
  const database = await Database.open({ url, pool: 4, name: 'spec' });
  return {
    url,
    database,
    drop: async () => {
      await database.close();
      await withServer((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

async function makeTemplate(client: Client): Promise<void> {
  await client.query(`CREATE DATABASE ${TEMPLATE}`);
  const template = await Database.open({ url: databaseUrl(serverUrl(), TEMPLATE), pool: 2, name: 'spec-template' });
  await template.migrate();
  await template.close();
}

async function withServer<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function serverUrl(): string {
  const url = process.env.TEST_POSTGRES_URL;
  if (!url) throw new Error('TEST_POSTGRES_URL is not set: run through jest, whose global set-up starts PostgreSQL');
  return url;
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.toString();
}
