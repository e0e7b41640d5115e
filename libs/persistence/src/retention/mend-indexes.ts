import type { Database } from '../database.js';

/** Less waste is not worth the work: it is in memory all the same. */
const LEAST_WASTE_BYTES = 64 * 1024 * 1024;
/** And an index that is less than half empty fills up again by itself. */
const LEAST_TIMES = 2;

interface IndexSize {
  name: string;
  bytes: number;
  /** What its rows need, each with its header and pointer, pages nine tenths full as PostgreSQL builds them. */
  needed: number;
}

/**
 * Builds the indexes by which texts are found anew where most of their bytes are waste: PostgreSQL gives no page back that still holds one
 * entry, so after the first pruning of an old archive they would stay as large as they were, and out of memory. Readers and writers go on
 * meanwhile (CONCURRENTLY); it needs as much free disk as the index will have. What an attempt that was cut off left is taken away first.
 * Returns what was built anew, with its bytes before and after.
 */
export async function mendIndexes(
  database: Database,
  tables: readonly string[],
  leastWaste = LEAST_WASTE_BYTES,
): Promise<{ name: string; before: number; after: number }[]> {
  const mended = [];
  for (const table of tables) {
    if (await isBeingBuilt(database, table)) continue;
    for (const { name } of await leftOver(database, table)) await database.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
    for (const { name, bytes, needed } of await sizes(database, table)) {
      if (bytes - needed < leastWaste || bytes < LEAST_TIMES * needed) continue;
      await database.query(`REINDEX INDEX CONCURRENTLY ${name}`);
      const [now] = await database.query<{ bytes: number }>(`SELECT pg_relation_size($1::regclass)::float8 AS bytes`, [name]);
      mended.push({ name, before: bytes, after: now!.bytes });
    }
  }
  return mended;
}

/** Another process is at it, or an operator is. */
async function isBeingBuilt(database: Database, table: string): Promise<boolean> {
  const rows = await database.query(`SELECT 1 FROM pg_stat_progress_create_index WHERE relid = $1::regclass`, [table]);
  return rows.length > 0;
}

function leftOver(database: Database, table: string): Promise<{ name: string }[]> {
  return database.query<{ name: string }>(
    `SELECT i.indexrelid::regclass::text AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE i.indrelid = $1::regclass AND NOT i.indisvalid AND c.relname ~ '_cc(new|old)\\d*$'`,
    [table],
  );
}

/** Of its B-trees; equal entries are kept once, so a size that is needed is a generous one. Row counts are fresh once it was analysed. */
async function sizes(database: Database, table: string): Promise<IndexSize[]> {
  await database.query(`ANALYZE ${table}`);
  return database.query<IndexSize>(
    `SELECT i.indexrelid::regclass::text AS name, pg_relation_size(i.indexrelid)::float8 AS bytes,
       (GREATEST(t.reltuples, 0) * (4 + 8 * ceil((8 + w.width) / 8.0)) / 0.9 + 16384)::float8 AS needed
     FROM pg_index i
     JOIN pg_class t ON t.oid = i.indrelid
     JOIN pg_class x ON x.oid = i.indexrelid
     JOIN pg_am a ON a.oid = x.relam AND a.amname = 'btree'
     CROSS JOIN LATERAL (
       SELECT COALESCE(sum(COALESCE(s.avg_width, 8)), 8) AS width FROM pg_attribute c
       LEFT JOIN pg_stats s ON s.schemaname = t.relnamespace::regnamespace::text AND s.tablename = t.relname AND s.attname = c.attname
       WHERE c.attrelid = t.oid AND c.attnum = ANY(i.indkey::int2[])) w
     WHERE t.oid = $1::regclass AND i.indisvalid AND i.indpred IS NULL ORDER BY 1`,
    [table],
  );
}
