const { rmSync } = require('node:fs');

module.exports = async function tearDown() {
  await globalThis.__huiyingPostgres?.stop();
  if (globalThis.__huiyingFolder) rmSync(globalThis.__huiyingFolder, { recursive: true, force: true });
};
