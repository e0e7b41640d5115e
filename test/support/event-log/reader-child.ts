/**
 * A reader in a process of its own. HANG=before-commit | after-commit makes it stop for ever in its second batch, inside the transaction
 * or between its commit and the moving of the position, so that kill -9 hits exactly there.
 */
import 'reflect-metadata';
import { Delivery } from '@huiying/messaging';
import { Database, DeadLetters, Store } from '@huiying/persistence';
import { SystemClock } from '@huiying/settings';
import { openLogOf } from './open-log.js';
import { parseSuiteEvent, SCHEMA, writeEffects, type SuiteEvent } from './suite-events.js';

const { DATABASE_URL, READER, TOPIC, PARTITIONS, BATCH, HANG } = process.env as Record<string, string>;
const voice = { log: () => undefined, warn: (m: string) => console.error(m), error: (m: string) => console.error(m) };
const say = (line: string): void => void process.stdout.write(`${line}\n`);
let batches = 0;

function hang(where: string): Promise<void> {
  if (HANG !== where || batches !== 2) return Promise.resolve();
  say(`hangs ${where}`);
  return new Promise(() => undefined);
}

async function main(): Promise<void> {
  const database = await Database.open({ url: DATABASE_URL!, pool: 4, name: 'reader child' });
  const store = new Store(database, SCHEMA);
  const log = await openLogOf(process.env, database, voice);
  await log.ensureTopics({ [TOPIC!]: Number(PARTITIONS) });
  const delivery = new Delivery({
    reader: READER!,
    deadLetters: new DeadLetters(database),
    clock: new SystemClock(),
    voice,
    parse: parseSuiteEvent,
    handle: async (events) => {
      batches++;
      await store.once(READER!, events as SuiteEvent[], async (tx, fresh) => {
        await writeEffects(tx, READER!, fresh);
        await hang('before-commit');
      });
      await hang('after-commit');
    },
  });
  await log.read({ reader: READER!, topics: [TOPIC!], batchSize: Number(BATCH), parallel: 1, handle: delivery.deliver.bind(delivery) });
  say('reads');
}

void main();
