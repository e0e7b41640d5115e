const { rmSync } = require('node:fs');
const { endLeftovers } = require('./leftovers.cjs');

module.exports = async function tearDown() {
  await globalThis.__huiyingPostgres?.stop();
  if (globalThis.__huiyingFolder) rmSync(globalThis.__huiyingFolder, { recursive: true, force: true });
  await endLeftovers();
};
