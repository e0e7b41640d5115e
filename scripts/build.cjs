/**
 * Builds the services (nest build) and the console (vite) into dist/. `--if-stale` builds only what is older than its sources, the
 * services by transpile.cjs, which looks at no types (docs/decisions/0047). `--services` leaves out the console.
 * Tells of it on standard error: what a command writes to standard output is its own.
 * Plain JavaScript for any Node, because it runs before anything is built.
 */
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const bin = (path, ...args) => [process.execPath, [join(root, 'node_modules', ...path.split('/')), ...args]];

const PARTS = [
  {
    name: 'services',
    sources: ['apps', 'libs'],
    skip: /^apps\/console\//,
    files: ['tsconfig.json', 'tsconfig.build.json', 'nest-cli.json', 'package-lock.json'],
    made: 'dist/apps/standalone/src/main.js',
    command: bin('@nestjs/cli/bin/nest.js', 'build', 'standalone'),
    quick: [process.execPath, [join(root, 'scripts', 'transpile.cjs')]],
  },
  {
    name: 'console',
    sources: ['apps/console', 'libs/contracts'],
    skip: /\.spec\.ts$/,
    files: ['package-lock.json'],
    made: 'dist/console/index.html',
    command: bin('vite/bin/vite.js', 'build', '--config', 'apps/console/vite.config.ts', '--logLevel', 'warn'),
  },
];

/** What a part is made from, by path, size and time: cheap, and enough to see an edit or a checkout. */
function fingerprint(part) {
  const hash = createHash('sha1');
  const add = (path) => {
    const file = statSync(join(root, path));
    hash.update(`${path}:${file.size}:${file.mtimeMs}\n`);
  };
  const walk = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (part.skip.test(path)) continue;
      if (entry.isDirectory()) walk(path);
      else add(path);
    }
  };
  part.sources.forEach(walk);
  part.files.forEach(add);
  return hash.digest('hex');
}

const stampOf = (part) => join(root, 'dist', `.${part.name}.stamp`);

function isFresh(part, now) {
  const stamp = stampOf(part);
  return existsSync(join(root, part.made)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Whether the lock is of a build that was killed. No build takes ten minutes; its process's number may be another's by now. */
function isLeft(lock) {
  try {
    const owner = Number(readFileSync(lock, 'utf8'));
    return (owner > 0 && !isAlive(owner)) || Date.now() - statSync(lock).mtimeMs > 600_000;
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

/** One build at a time: of two programs that start at once the second waits, and finds everything built. */
function inTurn(work, say) {
  const lock = join(root, 'dist', '.build.lock');
  mkdirSync(join(root, 'dist'), { recursive: true });
  for (let said = false; ;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isLeft(lock)) rmSync(lock, { force: true });
    else if (!said) say('waiting for another build …');
    said = true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** @returns {string[]} the names of the parts built */
function build({ ifStale = false, only = null, say = console.error } = {}) {
  const parts = PARTS.filter(({ name }) => only === null || name === only);
  if (ifStale && parts.every((part) => isFresh(part, fingerprint(part)))) return [];
  return inTurn(() => buildParts(parts, ifStale, say), say);
}

function buildParts(parts, ifStale, say) {
  const built = [];
  for (const part of parts) {
    const now = fingerprint(part);
    if (ifStale && isFresh(part, now)) continue;
    say(`building the ${part.name} …`);
    const [node, args] = (ifStale && part.quick) || part.command;
    const done = spawnSync(node, args, { cwd: root, stdio: ['ignore', 2, 2] });
    if (done.status !== 0) throw new Error(`the ${part.name} could not be built`);
    mkdirSync(join(root, 'dist'), { recursive: true });
    writeFileSync(stampOf(part), now);
    built.push(part.name);
  }
  return built;
}

module.exports = { build };

if (require.main === module) {
  require('./usage.cjs')('usage: npm run build [-- --if-stale] [-- --services]', ['--if-stale', '--services']);
  try {
    const given = (option) => process.argv.includes(option);
    build({ ifStale: given('--if-stale'), only: given('--services') ? 'services' : null });
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
