import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CannotStart, prepareDataFolder, provePortFree, takeCopyLock } from './copy-lock.js';

describe('one copy per data folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huiying-copy-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('refuses while the process of the lock lives, and takes over when it is dead', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await new Promise((resolve) => other.once('spawn', resolve));
    writeFileSync(join(folder, 'copy.lock'), `${other.pid}\n`);
    expect(() => takeCopyLock(folder)).toThrow(
      new CannotStart(
        `Another copy is running on this data folder (process ${other.pid}); stop it first or set HUIYING_DATA_DIR to another folder.`,
      ),
    );
    other.kill('SIGKILL');
    await new Promise((resolve) => other.once('exit', resolve));
    const release = takeCopyLock(folder);
    expect(readFileSync(join(folder, 'copy.lock'), 'utf8')).toBe(`${process.pid}\n`);
    release();
    expect(existsSync(join(folder, 'copy.lock'))).toBe(false);
  });

  it('lets one of several that start together over a dead lock have it', async () => {
    const file = join(folder, 'copy.lock');
    const dead = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
    await new Promise((resolve) => dead.once('exit', resolve));
    const start = `
      require('./test/support/typescript.cjs');
      const { takeCopyLock } = require('./apps/standalone/src/copy/copy-lock.ts');
      process.once('message', () => {
        try { takeCopyLock(${JSON.stringify(folder)}); process.send('had'); } catch (error) { process.send(error.name); }
        setInterval(() => {}, 1000);
      });
      process.send('ready');`;
    const copies = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ['-e', start], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: process.env }),
    );
    const next = () => Promise.all(copies.map((copy) => new Promise<unknown>((resolve) => copy.once('message', resolve))));
    try {
      await next();
      writeFileSync(file, `${dead.pid}\n`);
      const said = next();
      copies.forEach((copy) => copy.send('go'));
      expect((await said).sort()).toEqual(['CannotStart', 'CannotStart', 'CannotStart', 'had']);
    } finally {
      copies.forEach((copy) => copy.kill('SIGKILL'));
      rmSync(file, { force: true });
    }
  }, 30_000);

  it('says in one sentence that the folder cannot be written', () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    chmodSync(file, 0o600);
    expect(() => prepareDataFolder(join(file, 'inside'))).toThrow(
      /^The data folder .* cannot be written \(ENOTDIR\); set HUIYING_DATA_DIR/,
    );
  });

  // In a process of its own, which is ended after a while: making a folder there once never ended.
  (existsSync('/proc/self') ? it : it.skip)(
    'says so of one under /proc, too, and does not try for ever',
    () => {
      const start = `
      require('./test/support/typescript.cjs');
      const { prepareDataFolder } = require('./apps/standalone/src/copy/copy-lock.ts');
      try { prepareDataFolder('/proc/huiying/data'); } catch (error) { console.log(error.message); }`;
      const { stdout, signal } = spawnSync(process.execPath, ['-e', start], { encoding: 'utf8', timeout: 20_000 });
      const said = 'The data folder /proc/huiying/data cannot be written (ENOENT); set HUIYING_DATA_DIR to one that can.\n';
      expect([stdout, signal]).toEqual([said, null]);
    },
    30_000,
  );

  it('says in one sentence that the port is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await expect(provePortFree('127.0.0.1', port)).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is taken by another program; set HUIYING_PORT to another one.`,
    );
    await new Promise((resolve) => server.close(resolve));
    await expect(provePortFree('127.0.0.1', port)).resolves.toBeUndefined();
  });
});
