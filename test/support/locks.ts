interface Queryable {
  query<T>(sql: string, params?: unknown[]): Promise<T[]>;
}

/** A lock of a connection to the spec's own database. */
interface Lock {
  pid: number;
  locktype: string;
  granted: boolean;
}

/** The locks of the spec's own database: `pg_locks` shows those of all specs that share the server. */
export const locksOf = (database: Queryable): Promise<Lock[]> =>
  database.query<Lock>(
    `SELECT lock.pid, lock.locktype, lock.granted FROM pg_locks lock JOIN pg_stat_activity connection USING (pid)
     WHERE connection.datname = current_database()`,
  );

/** Connections that hold an advisory lock. */
export const advisoryHolders = async (database: Queryable): Promise<number[]> => [
  ...new Set((await locksOf(database)).filter((lock) => lock.locktype === 'advisory' && lock.granted).map((lock) => lock.pid)),
];

/** How many wait for a lock of a type. */
export const waitingFor = async (database: Queryable, locktype: string): Promise<number> =>
  (await locksOf(database)).filter((lock) => lock.locktype === locktype && !lock.granted).length;
