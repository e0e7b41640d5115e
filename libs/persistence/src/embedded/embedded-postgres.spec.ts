import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
