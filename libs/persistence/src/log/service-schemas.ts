import type { Queries } from '../database.js';

/** The schemas of all services in this database: those that have an outbox. */
export async function serviceSchemas(database: Queries): Promise<string[]> {
  const rows = await database.query<{ schema: string }>(
    `SELECT quote_ident(table_schema) AS schema FROM information_schema.tables WHERE table_name = 'outbox' ORDER BY 1`,
  );
  return rows.map(({ schema }) => schema);
}

/** Makes a reader's inbox forget events, so that its handlers run again when they come again. Returns how many it had. */
export async function forgetClaims(database: Queries, reader: string, eventIds: readonly string[]): Promise<number> {
  let forgotten = 0;
  for (const schema of await serviceSchemas(database)) {
    const gone = await database.query(`DELETE FROM ${schema}.inbox WHERE reader = $1 AND event_id = ANY($2::uuid[]) RETURNING 1`, [
      reader,
      eventIds,
    ]);
    forgotten += gone.length;
  }
  return forgotten;
}
