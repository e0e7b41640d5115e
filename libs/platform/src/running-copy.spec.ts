import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@huiying/persistence';
import { clearRunningCopy, openRunningDatabase, readRunningCopy, writeRunningCopy } from './running-copy.js';

describe('the running copy', () => {
  let dataFolder: string;
  const copy = { pid: process.pid, url: 'http://127.0.0.1:1', databaseUrl: 'postgres://u:p@127.0.0.1:1/d', hotlineKey: null };
  beforeEach(() => {
    dataFolder = mkdtempSync(join(tmpdir(), 'huiying-copy-'));
    chmodSync(dataFolder, 0o755);
  });
  afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

  it('is told to its owner only, also where a file with wider rights was left', () => {
    writeFileSync(join(dataFolder, 'running.json'), 'old', { mode: 0o644 });
    writeRunningCopy({ dataFolder }, copy);
    expect(statSync(join(dataFolder, 'running.json')).mode & 0o777).toBe(0o600);
    expect(readRunningCopy({ dataFolder })).toEqual(copy);
    clearRunningCopy({ dataFolder });
    expect(readRunningCopy({ dataFolder })).toBeNull();
  });

  it('is none when its process was killed', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await once(other, 'spawn');
    writeRunningCopy({ dataFolder }, { ...copy, pid: other.pid! });
    expect(readRunningCopy({ dataFolder })?.pid).toBe(other.pid);
    other.kill('SIGKILL');
    await once(other, 'exit');
    expect(readRunningCopy({ dataFolder })).toBeNull();
  });

  it('opens the server that runs and leaves it running; starts one for the while where none does', async () => {
    const environment = { dataFolder, databaseUrl: null };
    await expect(openRunningDatabase(environment, 'spec')).rejects.toThrow(/^Nothing has been kept in .* yet/);
    const folder = join(dataFolder, 'postgres');
    const server = await startEmbeddedPostgres({ folder });
    const beside = await openRunningDatabase(environment, 'spec');
    await beside.database.query('CREATE TABLE kept (n int)');
    await beside.close();
    expect(() => process.kill(server.pid, 0)).not.toThrow();
    await server.stop();
    const alone = await openRunningDatabase(environment, 'spec');
    expect(await alone.database.query('SELECT * FROM kept')).toEqual([]);
    const pid = Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
    await alone.close();
    expect(() => process.kill(pid, 0)).toThrow();
  });
});
