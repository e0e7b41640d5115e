/** A relay in a process of its own that stops for ever after its second batch was sent and before it is marked, so that kill -9 hits there. */
import 'reflect-metadata';
import { OutboxRelay, type EventLog } from '@huiying/messaging';
import { Database } from '@huiying/persistence';
import { openLogOf } from './open-log.js';
import { SCHEMA } from './suite-events.js';

const { DATABASE_URL, TOPIC, PARTITIONS } = process.env as Record<string, string>;
const voice = { log: () => undefined, warn: (m: string) => console.error(m), error: (m: string) => console.error(m) };

function hangAfterSending(log: EventLog): EventLog {
  const take = log.load.bind(log);
  let batches = 0;
  log.load = async (...from) => {
    const load = await take(...from);
    const send = async (): Promise<void> => {
      await load.send();
      if (++batches < 2) return;
      process.stdout.write(`sent ${load.positions.length}\n`);
      await new Promise(() => undefined);
    };
    return { ...load, send };
  };
  return log;
}

async function main(): Promise<void> {
  const database = await Database.open({ url: DATABASE_URL!, pool: 4, name: 'relay child' });
  const log = await openLogOf(process.env, database, voice);
  await log.ensureTopics({ [TOPIC!]: Number(PARTITIONS) });
  await OutboxRelay.of(database, SCHEMA, hangAfterSending(log), voice).start();
}

void main();
