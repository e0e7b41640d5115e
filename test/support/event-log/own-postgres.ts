import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, startEmbeddedPostgres, type EmbeddedPostgres } from '@huiying/persistence';

/** A PostgreSQL of one suite's own, which may be restarted without taking anybody else's away. */
export interface OwnPostgres {
  url: string;
  /** Opens a pool of its own, as another process would have one. */
  open(pool?: number): Promise<Database>;
  /** Ends the server and starts it again on the same port with the same data; `between` runs while it is away. */
  restart(between?: () => Promise<void>): Promise<void>;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

/** @param settings of the server; without any it runs as it does in production */
export async function startOwnPostgres(settings: Record<string, string> = {}): Promise<OwnPostgres> {
  const home = mkdtempSync(join(tmpdir(), 'huiying-log-'));
  chmodSync(home, 0o755);
  const folder = join(home, 'postgres');
  let server: EmbeddedPostgres = await startEmbeddedPostgres({ folder, settings });
  const { url, port } = server;
  const open = (pool = 20): Promise<Database> => Database.open({ url, pool, name: 'suite' });
  const first = await open(2);
  await first.migrate();
  await first.close();
  return {
    url,
    open,
    restart: async (between) => {
      await server.stop();
      await between?.();
      server = await startEmbeddedPostgres({ folder, settings: { ...settings, port: String(port) } });
    },
    stop: async () => {
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
