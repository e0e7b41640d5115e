/** The database could not be asked, or its answer was lost. It says nothing about what was asked: the same may succeed later. */
export class DatabaseAway extends Error {
  constructor(cause: unknown) {
    super(`the database does not answer: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'DatabaseAway';
  }
}

/** 08 connection, 57P the server is ending or starting, 53300 too many connections, 25P03/25P04 it gave up on an idle transaction. */
const AWAY_SQLSTATE = /^(08...|57P0.|53300|25P0[34])$/;
const AWAY_CODE = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** The driver gives these no code. The last two: our own connection was taken from us in the middle of a transaction. */
const AWAY_WORDS =
  /Connection terminated|timeout exceeded when trying to connect|connection error and is not queryable|Client was closed|Query runner already released/i;

/** To be asked only of errors that the driver threw: a handler's own ECONNREFUSED is not the database's. */
export function awayOr(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DatabaseAway) return error;
  const code = String((error as { code?: unknown }).code ?? '');
  const away =
    AWAY_CODE.has(code) || AWAY_SQLSTATE.test(code) || AWAY_WORDS.test(error.message) || error.name === 'QueryRunnerAlreadyReleasedError';
  return away ? new DatabaseAway(error) : error;
}
