import { accessSync, constants, existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { makeFolder } from '@huiying/platform';

/** What stops a copy from starting, as one clear sentence for the person who started it. */
export class CannotStart extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'CannotStart';
  }
}

/** Makes the data folder and proves that it can be written. @throws CannotStart */
export function prepareDataFolder(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
    writeFileSync(join(folder, '.write-test'), '');
    rmSync(join(folder, '.write-test'));
  } catch (cause) {
    throw new CannotStart(
      `The data folder ${folder} cannot be written (${(cause as NodeJS.ErrnoException).code}); set HUIYING_DATA_DIR to one that can.`,
      { cause },
    );
  }
}

/**
 * One copy per data folder. The lock is a file with our process id; one left by a killed process is taken over.
 * @returns the way to let go
 * @throws CannotStart while another copy lives
 */
export function takeCopyLock(folder: string): () => void {
  const file = join(folder, 'copy.lock');
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, `${process.pid}\n`);
  try {
    while (!linked(mine, file)) {
      const pid = holderOf(file);
      if (pid === null) continue;
      if (isOurs(pid))
        throw new CannotStart(
          `Another copy is running on this data folder (process ${pid}); stop it first or set HUIYING_DATA_DIR to another folder.`,
        );
      removeStale(file, pid, mine);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  return () => rmSync(file, { force: true });
}

/** Under a guard, and only while it still names the dead one: of two copies that start together neither removes what the other has just taken. */
function removeStale(file: string, dead: number, mine: string): void {
  const guard = `${file}.stale`;
  if (!linked(mine, guard)) {
    const remover = holderOf(guard);
    if (remover !== null && !isOurs(remover)) rmSync(guard, { force: true }); // killed in the instant between
    return;
  }
  try {
    if (holderOf(file) === dead) rmSync(file, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

/** Gives a file a second name, whole and at once, unless the name is taken. */
function linked(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    return false;
  }
}

/** null when it is gone. */
function holderOf(file: string): number | null {
  try {
    return Number(readFileSync(file, 'utf8').trim());
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    return null;
  }
}

/** A process id may have been given to something else since; where /proc tells, it must be a node. */
function isOurs(pid: number): boolean {
  if (!(pid > 0) || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  if (!existsSync('/proc/self/cmdline')) return true;
  return existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('node');
}

/** Proves early that nobody holds the port: a person should not wait for a demo to load first. @throws CannotStart */
export async function provePortFree(host: string, port: number): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be opened (${code})`;
    const setting = code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL' || code === 'EAI_AGAIN' ? 'HUIYING_HOST' : 'HUIYING_PORT';
    throw new CannotStart(`Port ${port} on ${host} ${why}; set ${setting} to another one.`, { cause });
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
