import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { until } from '../../../../test/support/event-log/until.js';
import { startEmbeddedPostgres } from './embedded-postgres.js';

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('a cluster whose lock file outlived its postmaster', () => {
  const base = mkdtempSync(join(tmpdir(), 'huiying-lock-'));
  const folder = join(base, 'postgres');
  const lock = join(folder, 'postmaster.pid');
  chmodSync(base, 0o755);
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  it('starts though the dead postmaster was never reaped', async () => {
    const first = await startEmbeddedPostgres({ folder });
    const text = readFileSync(lock, 'utf8');
    await first.stop();
    // A shell that turns into a sleep never asks how its child ended.
    // It runs as the account of the postmaster, since PostgreSQL takes another account's process for no postmaster of its own.
    const account = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], { ...account, cwd: '/', stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const dead = await new Promise<string>((said) => parent.stdout.once('data', (data: Buffer) => said(data.toString().trim())));
      writeFileSync(lock, text.replace(/^\d+/, dead));
      while (!/\) Z/.test(readFileSync(`/proc/${dead}/stat`, 'utf8'))) await new Promise((resolve) => setTimeout(resolve, 10));
      const second = await startEmbeddedPostgres({ folder });
      expect(second.tookOver).toBe(false);
      await second.stop();
    } finally {
      parent.kill('SIGKILL');
    }
  });
});

onLinux('a start that was killed while the cluster was made', () => {
  const base = mkdtempSync(join(tmpdir(), 'huiying-cut-'));
  const folder = join(base, 'postgres');
  chmodSync(base, 0o755);
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  it('leaves nothing that the next one takes for a cluster', async () => {
    const program = `
      require('./test/support/typescript.cjs');
      require('./libs/persistence/src/embedded/embedded-postgres.ts').startEmbeddedPostgres({ folder: ${JSON.stringify(folder)} });`;
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'ignore', 'inherit'], detached: true });
    try {
      // initdb writes PG_VERSION long before it is done.
      await until('the cluster is being made', () => existsSync(join(folder, 'PG_VERSION')));
    } finally {
      process.kill(-child.pid!, 'SIGKILL');
    }
    const server = await startEmbeddedPostgres({ folder });
    const client = new Client(server.url);
    await client.connect();
    expect((await client.query<{ n: number }>('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
    await client.end();
    await server.stop();
  });

  it('begins in a folder that is a link to another disk, too', async () => {
    const disk = join(base, 'disk');
    mkdirSync(disk, { mode: 0o700 });
    symlinkSync(disk, join(base, 'linked'));
    const server = await startEmbeddedPostgres({ folder: join(base, 'linked') });
    await server.stop();
    expect([existsSync(join(disk, 'PG_VERSION')), existsSync(join(base, 'linked.unfinished'))]).toEqual([true, false]);
  });

  it('says so where a folder holds something else, and leaves it', async () => {
    const other = join(base, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'mine.txt'), 'mine');
    await expect(startEmbeddedPostgres({ folder: other })).rejects.toThrow(/other holds files, but no PostgreSQL cluster/);
    expect(readFileSync(join(other, 'mine.txt'), 'utf8')).toBe('mine');
  });
});

/** Of /proc/PID/stat, see sched(7). */
const SCHED_BATCH = 3;
const policyOf = (pid: number): number => Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[38]);
const hasWay = spawnSync('chrt', ['--batch', '0', 'true']).status === 0;

(hasWay ? onLinux : describe.skip)('how the system schedules it', () => {
  const base = mkdtempSync(join(tmpdir(), 'huiying-batch-'));
  chmodSync(base, 0o755);
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  it('its processes, those of connections too, do not push a service off its processor when they wake', async () => {
    const server = await startEmbeddedPostgres({ folder: join(base, 'postgres') });
    const client = new Client(server.url);
    try {
      await client.connect();
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      expect([policyOf(server.pid), policyOf(rows[0]!.pid)]).toEqual([SCHED_BATCH, SCHED_BATCH]);
      expect(policyOf(process.pid)).not.toBe(SCHED_BATCH);
    } finally {
      await client.end();
      await server.stop();
    }
  });
});

/** A process whose own SIGINT comes while spawn() still has its new child in hand. */
const INTERRUPTED_AT_ONCE = `
  const processes = require('node:child_process');
  const { spawn } = processes;
  processes.spawn = (...given) => {
    const child = spawn(...given);
    process.kill(process.pid, 'SIGINT');
    return child;
  };`;

onLinux('a process that is interrupted', () => {
  const base = mkdtempSync(join(tmpdir(), 'huiying-interrupted-'));
  const folder = join(base, 'postgres');
  chmodSync(base, 0o755);
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  const command = (pid: string): string => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    } catch {
      return '';
    }
  };
  const servers = (): string[] =>
    readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && command(pid).includes(`postgres\0-D\0${folder}\0-p`));
  it.each([
    ['while its PostgreSQL starts', 'SIGINT', '', 130],
    ['while it runs', 'SIGTERM', '', 143],
    ['while it runs, with its terminal', 'SIGHUP', '', 129],
    ['and ends by its own handler before it has it in hand', 'SIGINT', `process.on('SIGINT', () => process.exit(0));`, 0],
    ['in the very moment in which its PostgreSQL is there', null, INTERRUPTED_AT_ONCE, 130],
  ] as const)('%s leaves none behind', async (_, signal, handler, code) => {
    const program = `
      require('./test/support/typescript.cjs');
      ${handler}
      const { startEmbeddedPostgres } = require('./libs/persistence/src/embedded/embedded-postgres.ts');
      startEmbeddedPostgres({ folder: ${JSON.stringify(folder)} }).then(() => console.log('runs'));
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    try {
      if (signal === 'SIGTERM' || signal === 'SIGHUP') await Promise.race([new Promise((said) => child.stdout.once('data', said)), ended]);
      else if (signal === 'SIGINT') await until('its server is there', () => servers().length > 0);
      if (signal !== null) child.kill(signal);
      expect(await ended).toBe(code);
      await until('its server has ended', () => servers().length === 0);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
