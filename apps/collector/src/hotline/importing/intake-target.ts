import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HotlineIntakeAnswer } from '@huiying/contracts/http';
import type { Clock } from '@huiying/domain';
import { CollectorSources, Database, startEmbeddedPostgres, Store, urlOfRunningEmbedded } from '@huiying/persistence';
import { RecordSeal, secretKey } from '@huiying/platform';
import type { Environment } from '@huiying/settings';
import { HOTLINE, entryOf } from '../../sources/index.js';
import { HotlineIntake, type HotlineSource } from '../hotline-intake.js';
import type { Take } from './import-file.js';

/** Where an import goes. */
export interface IntakeTarget {
  /** For the person who started it; holds no password. */
  description: string;
  take: Take;
  close(): Promise<void>;
}

export interface TargetOptions {
  /** Address of a running copy. */
  url?: string | undefined;
  /** Its API key. */
  key?: string | undefined;
  environment: Environment;
  clock: Clock;
}

const TRIES = 5;

/** A running copy's API where its address and a key are known, else the database: that of a running copy, or one started for the import. */
export async function openTarget({ url, key, environment, clock }: TargetOptions): Promise<IntakeTarget> {
  const apiKey = key ?? environment.apiKeys.find((one) => one.endsAt === null || one.endsAt > clock.now())?.key;
  const running = runningUrl(environment.dataFolder);
  const address = url ?? (apiKey === undefined ? undefined : running);
  if (address !== undefined) {
    if (apiKey === undefined) throw new Error('an API key is needed with --url: give --key, or set HUIYING_API_KEYS');
    return overHttp(address, apiKey);
  }
  return intoDatabase(environment, clock);
}

/** The address that a running copy left in the data folder; of one that was killed the process is gone. */
function runningUrl(dataFolder: string): string | undefined {
  const file = join(dataFolder, 'running.json');
  if (!existsSync(file)) return undefined;
  try {
    const { pid, url } = JSON.parse(readFileSync(file, 'utf8')) as { pid?: unknown; url?: unknown };
    if (typeof pid !== 'number' || typeof url !== 'string') return undefined;
    process.kill(pid, 0);
    return url;
  } catch {
    return undefined;
  }
}

/** @param pauseMs before the second try; doubled for each further one */
export function overHttp(url: string, key: string, pauseMs = 500): IntakeTarget {
  const address = `${url.replace(/\/+$/, '')}/api/hotline/records`;
  const take: Take = async (records) => {
    for (let attempt = 1; ; attempt++) {
      const response = await post(address, key, records).catch((cause: unknown) => {
        if (attempt >= TRIES) throw new Error(`${address} cannot be reached: ${(cause as Error).message}`, { cause });
        return null;
      });
      if (response?.ok) return (await response.json()) as HotlineIntakeAnswer;
      // Records that were taken before the answer was lost are unchanged the second time.
      if (response && response.status < 500) throw new Error(`${address} refused the import: ${response.status} ${await response.text()}`);
      if (attempt >= TRIES) throw new Error(`${address} failed ${TRIES} times, last with ${response?.status}`);
      await new Promise((resolve) => setTimeout(resolve, pauseMs * 2 ** (attempt - 1)));
    }
  };
  return { description: address, take, close: () => Promise.resolve() };
}

function post(address: string, key: string, records: readonly unknown[]): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'x-api-key': key };
  return fetch(address, { method: 'POST', headers, body: JSON.stringify({ records }) });
}

async function intoDatabase(environment: Environment, clock: Clock): Promise<IntakeTarget> {
  const folder = join(environment.dataFolder, 'postgres');
  const known = environment.databaseUrl ?? urlOfRunningEmbedded(folder);
  const started = known === null ? await startEmbeddedPostgres({ folder }) : null;
  try {
    const database = await Database.open({ url: known ?? started!.url, pool: 4, name: 'huiying import' });
    await database.migrate();
    const store = new Store(database, 'collector');
    const intake = new HotlineIntake(store, await StoredHotline.of(store, clock), clock, new RecordSeal(secretKey(environment)));
    const close = async (): Promise<void> => {
      await database.close();
      await started?.stop();
    };
    return { description: started ? `数据库 ${folder}（系统未在运行）` : '数据库', take: (records) => intake.take(records), close };
  } catch (error) {
    await started?.stop();
    throw error;
  }
}

/** The hotline as the database has it: an import changes no list of sources. */
class StoredHotline implements HotlineSource {
  private constructor(readonly hotline: HotlineSource['hotline']) {}

  static async of(store: Store, clock: Clock): Promise<StoredHotline> {
    const entry = await store.change((tx) => new CollectorSources(tx).ensureHotline(entryOf(HOTLINE), clock.now()));
    return new StoredHotline({ id: entry.id, name: entry.name, channel: 'hotline' });
  }

  ready(): Promise<void> {
    return Promise.resolve();
  }
}
