import { BadInput } from '@huiying/domain';
import { openLog, openRunningDatabase } from '@huiying/platform';
import { PARTITIONS } from '@huiying/contracts';
import type { EventLog } from '@huiying/messaging';
import type { Database } from '@huiying/persistence';
import { readEnvironment, SystemClock } from '@huiying/settings';

/** What a command beside the running copy works with. */
export interface Desk {
  database: Database;
  clock: SystemClock;
  /** The log that the environment names, opened once and closed with the desk. */
  openLog(): Promise<EventLog>;
  say(line: string): void;
}

/** Runs one command: opens the database of the running copy, and says every failure in one sentence. */
export function runCommand<T>(name: string, read: (args: string[]) => T, work: (wish: T, desk: Desk) => Promise<void>): void {
  main(name, read, work).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}

async function main<T>(name: string, read: (args: string[]) => T, work: (wish: T, desk: Desk) => Promise<void>): Promise<void> {
  const wish = read(process.argv.slice(2));
  const environment = readEnvironment(process.env);
  const clock = new SystemClock();
  const { database, close } = await openRunningDatabase(environment, name);
  let log: EventLog | null = null;
  const open = async (): Promise<EventLog> => {
    if (log) return log;
    log = await openLog({ environment, clock, name }, database);
    await log.ensureTopics(PARTITIONS);
    return log;
  };
  try {
    await work(wish, { database, clock, openLog: open, say: (line) => void process.stdout.write(`${line}\n`) });
  } finally {
    await (log as EventLog | null)?.close();
    await close();
  }
}

/** @throws BadInput */
export function wrongArgument(field: string, rule: string, got: unknown): never {
  throw new BadInput([{ field, rule, got }]);
}
