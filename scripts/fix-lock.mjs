// npm leaves optional packages of other platforms out of the lock where the registry it asked did not serve them, and `npm ci` then
// refuses that lock everywhere else. This adds a stub for each. Run it after every `npm install`; `npm run check` tells when it is due.
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'package-lock.json';
const PLATFORM =
  /[-/](android|aix|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32|windows)[-]?(arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|x64|wasm32)?/;

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const missing = [];
for (const entry of Object.values(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const platform = PLATFORM.exec(name);
    if (platform && !lock.packages[`node_modules/${name}`]) missing.push({ name, range, platform, dev: entry.dev });
  }
}
for (const { name, range, platform, dev } of missing) {
  lock.packages[`node_modules/${name}`] = {
    version: range.replace(/^[\^~]/, ''),
    ...(dev ? { dev: true } : {}),
    optional: true,
    os: [platform[1] === 'windows' ? 'win32' : platform[1]],
    ...(platform[2] ? { cpu: [platform[2]] } : {}),
  };
}
const addresses = JSON.stringify(lock).match(/"resolved":"http/g)?.length ?? 0;
if (process.argv.includes('--check')) {
  if (missing.length > 0 || addresses > 0) {
    console.error(
      `package-lock.json: ${missing.length} platform packages missing, ${addresses} download addresses; run node scripts/fix-lock.mjs`,
    );
    process.exit(1);
  }
} else {
  for (const entry of Object.values(lock.packages)) if (entry.resolved?.startsWith('http')) delete entry.resolved;
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${missing.length} added, ${addresses} addresses removed`);
}
