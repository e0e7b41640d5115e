import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Database, isAlive, startEmbeddedPostgres, urlOfRunningEmbedded } from '@huiying/persistence';
import type { Environment } from '@huiying/settings';

/** What a running copy tells the commands beside it. Holds secrets: readable by its owner only. */
export interface RunningCopy {
  pid: number;
  /** http://127.0.0.1:PORT */
  url: string;
  databaseUrl: string;
  /** Key with which the demo's own hotline posts; null without the demo. */
  hotlineKey: string | null;
}

type Place = Pick<Environment, 'dataFolder'>;
const FILE = 'running.json';

export function writeRunningCopy({ dataFolder }: Place, copy: RunningCopy): void {
  const fresh = join(dataFolder, `${FILE}.${process.pid}`);
  writeFileSync(fresh, `${JSON.stringify(copy)}\n`, { mode: 0o600 });
  renameSync(fresh, join(dataFolder, FILE)); // a file left with other rights is replaced, not written into; and nobody reads half of it
}

export function clearRunningCopy({ dataFolder }: Place): void {
  rmSync(join(dataFolder, FILE), { force: true });
}

/** The copy that runs on this data folder; null where none does, or where it was killed. */
export function readRunningCopy({ dataFolder }: Place): RunningCopy | null {
  const file = join(dataFolder, FILE);
  if (!existsSync(file)) return null;
  const copy = JSON.parse(readFileSync(file, 'utf8')) as RunningCopy;
  return isAlive(copy.pid) ? copy : null;
}

/**
 * The database of the copy on this data folder: of the one that runs, of your own server, or the embedded one, which is started for the
 * while where nobody runs it. One that runs is never ended for that.
 * @throws Error in one sentence where nothing has been kept here yet
 */
export async function openRunningDatabase(
  environment: Pick<Environment, 'dataFolder' | 'databaseUrl'>,
  name: string,
): Promise<{ database: Database; close(): Promise<void> }> {
  const folder = join(environment.dataFolder, 'postgres');
  const url = environment.databaseUrl ?? urlOfRunningEmbedded(folder) ?? readRunningCopy(environment)?.databaseUrl ?? null;
  if (url === null && !existsSync(join(folder, 'PG_VERSION'))) {
    throw new Error(
      `Nothing has been kept in ${environment.dataFolder} yet; run npm start first, or set HUIYING_DATABASE_URL or HUIYING_DATA_DIR`,
    );
  }
  const embedded = url === null ? await startEmbeddedPostgres({ folder }) : null;
  try {
    const database = await Database.open({ url: url ?? embedded!.url, pool: 4, name: `huiying ${name}` });
    const close = async (): Promise<void> => {
      await database.close();
      await embedded?.stop();
    };
    return { database, close };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}
