/**
 * What a run started and did not end: an open output of it keeps jest from ending, and a server of it is found by the next spec. Every process
 * below a run inherits its mark; a spec that gives a child an environment of its own passes TEST_RUN on.
 */
const { randomUUID } = require('node:crypto');
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { performance } = require('node:perf_hooks');

/** A browser and a database take a moment to end after they were told. */
const GRACE_MS = 5_000;

function mark() {
  process.env.TEST_RUN = randomUUID();
}

/** Ends what is left and names it; the run fails by it, though each of its tests passed. Only where /proc tells (Linux). */
async function endLeftovers() {
  if (!existsSync('/proc/self/environ')) return;
  const giveUpAt = performance.now() + GRACE_MS;
  let left = marked();
  while (left.length > 0 && performance.now() < giveUpAt) {
    await new Promise((done) => setTimeout(done, 100));
    left = marked();
  }
  if (left.length === 0) return;
  for (const { pid } of left) endIfThere(pid);
  console.error(`A spec left behind what it started (ended now):\n${left.map(({ pid, command }) => `  ${pid} ${command}`).join('\n')}`);
  process.exitCode = 1;
}

function marked() {
  const entry = `TEST_RUN=${process.env.TEST_RUN}`;
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid && read(pid, 'environ').includes(entry))
    .map((pid) => ({ pid: Number(pid), command: read(pid, 'cmdline').join(' ').replace(/\s+/g, ' ').trim().slice(0, 200) }));
}

/** None for a process that has ended since, or is another account's. */
function read(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

function endIfThere(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

module.exports = { mark, endLeftovers };
