/**
 * Builds the services (nest build) and the console (vite) into dist/. `--if-stale` builds only what is older than its sources;
 * `--services` leaves out the console.
 * Tells of it on standard error: what a command writes to standard output is its own.
 * Plain JavaScript for any Node, because it runs before anything is built.
 */
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const bin = (path) => [process.execPath, [join(root, 'node_modules', ...path.split('/'))]];

const PARTS = [
  {
    name: 'services',
    sources: ['apps', 'libs'],
    skip: /^apps\/console\//,
    files: ['tsconfig.json', 'tsconfig.build.json', 'nest-cli.json', 'package-lock.json'],
    made: 'dist/apps/standalone/src/main.js',
    command: [...bin('@nestjs/cli/bin/nest.js'), ['build', 'standalone']],
  },
  {
    name: 'console',
    sources: ['apps/console', 'libs/contracts'],
    skip: /\.spec\.ts$/,
    files: ['package-lock.json'],
    made: 'dist/console/index.html',
    command: [...bin('vite/bin/vite.js'), ['build', '--config', 'apps/console/vite.config.ts', '--logLevel', 'warn']],
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

/** @returns {string[]} the names of the parts built */
function build({ ifStale = false, only = null, say = console.error } = {}) {
  const built = [];
  for (const part of PARTS.filter(({ name }) => only === null || name === only)) {
    const stamp = join(root, 'dist', `.${part.name}.stamp`);
    const now = fingerprint(part);
    if (ifStale && existsSync(join(root, part.made)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) continue;
    say(`building the ${part.name} …`);
    const [node, script, args] = part.command;
    const done = spawnSync(node, [...script, ...args], { cwd: root, stdio: ['ignore', 2, 2] });
    if (done.status !== 0) throw new Error(`the ${part.name} could not be built`);
    mkdirSync(join(root, 'dist'), { recursive: true });
    writeFileSync(stamp, now);
    built.push(part.name);
  }
  return built;
}

module.exports = { build };

if (require.main === module) {
  try {
    const given = (option) => process.argv.includes(option);
    build({ ifStale: given('--if-stale'), only: given('--services') ? 'services' : null });
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
