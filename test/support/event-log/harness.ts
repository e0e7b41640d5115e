import type { EventLog, LogVoice } from '@huiying/messaging';
import type { Database } from '@huiying/persistence';
import type { OwnPostgres } from './own-postgres.js';

/**
 * What the contract suite needs of an adapter. Outbox, inbox, effects and dead letters are in PostgreSQL under either adapter:
 * `postgres` is a server of the suite's own (`startOwnPostgres(UNSAFE_BUT_QUICK)`), because it is restarted.
 */
export interface LogHarness {
  postgres: OwnPostgres;
  /** Opens the log as one more process would. `database` is for the adapter that keeps the log in it. The suite closes what it opened. */
  openLog(database: Database, voice: LogVoice): Promise<EventLog>;
  /** Given to child processes beside DATABASE_URL: LOG=postgres, or LOG=kafka with KAFKA_BROKERS and PREFIX (see open-log.ts). */
  childEnvironment: Record<string, string>;
  /** Ends the broker and starts it again with its data; `between` runs while it is away. Asked only where the broker is ours. */
  restartBroker(between: () => Promise<void>): Promise<void>;
  /** Ends everything that was started, `postgres` too. */
  stop(): Promise<void>;
}

/** For servers whose data nobody needs after the run. */
export const UNSAFE_BUT_QUICK = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
