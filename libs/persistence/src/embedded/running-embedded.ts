import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The address of the embedded PostgreSQL that another process runs in this folder; null where none runs. Holds a password. */
export function urlOfRunningEmbedded(folder: string): string | null {
  const [pidFile, passwordFile] = [join(folder, 'postmaster.pid'), `${folder}.password`];
  if (!existsSync(pidFile) || !existsSync(passwordFile)) return null;
  // postmaster.pid: pid, data folder, start, port, …; it stays behind when the server is killed.
  const lines = readFileSync(pidFile, 'utf8').split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!isAlive(pid) || !(port > 0)) return null;
  const password = readFileSync(passwordFile, 'utf8').trim();
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

/** Whether some process has this id, ours or not. */
export function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
