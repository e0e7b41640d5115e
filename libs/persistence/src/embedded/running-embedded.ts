import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The address of the embedded PostgreSQL that another process runs in this folder; null where none runs. Holds a password. */
export function urlOfRunningEmbedded(folder: string): string | null {
  const [pidFile, passwordFile] = [join(folder, 'postmaster.pid'), `${folder}.password`];
  if (!existsSync(pidFile) || !existsSync(passwordFile)) return null;
  // postmaster.pid: pid, data folder, start, port, …
  const port = Number(readFileSync(pidFile, 'utf8').split('\n')[3]);
  const password = readFileSync(passwordFile, 'utf8').trim();
  return Number.isInteger(port) && port > 0 ? `postgres://postgres:${password}@127.0.0.1:${port}/postgres` : null;
}
