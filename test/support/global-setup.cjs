/** One real PostgreSQL for the whole run, with nothing kept: specs make their own databases in it (test/support/database.ts). */
const { mkdtempSync, chmodSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { mark } = require('./leftovers.cjs');

module.exports = async function setUp() {
  mark();
  const { startEmbeddedPostgres } = require('../../libs/persistence/src/embedded/embedded-postgres.ts');
  const folder = mkdtempSync(join(tmpdir(), 'huiying-test-'));
  chmodSync(folder, 0o755);
  const postgres = await startEmbeddedPostgres({
    folder: join(folder, 'postgres'),
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  });
  process.env.TEST_POSTGRES_URL = postgres.url;
  globalThis.__huiyingPostgres = postgres;
  globalThis.__huiyingFolder = folder;
};
