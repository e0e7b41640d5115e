import { BadInput } from '@huiying/domain';
import { openLog, openRunningDatabase } from '@huiying/platform';
import { PARTITIONS } from '@huiying/contracts';
import type { EventLog } from '@huiying/messaging';
import type { Database } from '@huiying/persistence';
import { readEnvironment, SystemClock } from '@huiying/settings';
import { frontDoor, WrongUsage } from '@huiying/tables/lines';

/** What a command beside the running copy works with. */
export interface Desk {
  database: Database;
  clock: SystemClock;
  /** The log that the environment names, opened once and closed with the desk. */
  openLog(): Promise<EventLog>;
  say(line: string): void;
}

export interface Command<T> {
  name: string;
  usage: string;
  /** @throws BadInput */
  read(args: string[]): T;
  work(wish: T, desk: Desk): Promise<void>;
}

/** Runs one command: opens the database of the running copy, and says every failure in one sentence. */
export function runCommand<T>(command: Command<T>): void {
  frontDoor((args) => main(command, args), { usage: command.usage, failed: 1 });
}

async function main<T>({ name, read, work }: Command<T>, args: string[]): Promise<number> {
  const wish = wishOf(read, args);
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
    return 0;
  } finally {
    await (log as EventLog | null)?.close();
    await close();
  }
}

function wishOf<T>(read: (args: string[]) => T, args: string[]): T {
  try {
    return read(args);
  } catch (error) {
    throw error instanceof BadInput ? new WrongUsage(error.message) : error;
  }
}

/** @throws BadInput */
export function wrongArgument(field: string, rule: string, got: unknown): never {
  throw new BadInput([{ field, rule, got }]);
}
