import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_PEOPLE } from '../../apps/standalone/src/demo/people.js';
import { isAlive, startProduct, startRefused, type Product } from '../support/product.js';

jest.setTimeout(180_000);

describe('npm start', () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'huiying-start-'));
  chmodSync(dataFolder, 0o755);
  const postmaster = (): number => Number(readFileSync(join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  let product: Product | null = null;

  afterAll(async () => {
    await product?.interrupt();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  it('brings up the city, and Ctrl-C leaves no process behind', async () => {
    product = await startProduct({ dataFolder });
    expect(product.printed()).toMatch(/duty officer, on duty now {2}[a-z]+ /);
    expect((await fetch(`${product.url}/health/ready`)).status).toBe(200);
    expect(await (await fetch(product.url)).text()).toContain('<div id="root">');
    const postgres = postmaster();
    expect(isAlive(postgres)).toBe(true);
    expect(await product.interrupt()).toBe(0);
    expect(isAlive(postgres)).toBe(false);
    expect(existsSync(join(dataFolder, 'copy.lock'))).toBe(false);
  });

  it('goes on where it stopped, soon', async () => {
    product = await startProduct({ dataFolder });
    expect(product.printed()).not.toContain('playing the last two weeks');
    const hints = (await (await fetch(`${product.url}/api/session/hints`)).json()) as { accounts: unknown[] };
    expect(hints.accounts).toHaveLength(DEMO_PEOPLE.length);
  });

  it('refuses a second copy on the same folder in one sentence', async () => {
    const { code, printed } = await startRefused({ dataFolder });
    expect(code).toBe(1);
    expect(printed.trim()).toBe(
      `Another copy is running on this data folder (process ${product!.pid}); stop it first or set HUIYING_DATA_DIR to another folder.`,
    );
  });

  it('after a kill -9 the orphaned PostgreSQL is taken over', async () => {
    const orphan = postmaster();
    await product!.kill();
    expect(isAlive(orphan)).toBe(true);
    product = await startProduct({ dataFolder });
    expect(product.printed()).toContain('one left over from a killed copy was ended');
    expect(isAlive(orphan)).toBe(false);
    expect((await fetch(`${product.url}/health/ready`)).status).toBe(200);
  });

  it('says in one sentence that the port is taken', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;
    const other = mkdtempSync(join(tmpdir(), 'huiying-other-'));
    try {
      const { code, printed } = await startRefused({ dataFolder: other, env: { HUIYING_PORT: String(port) } });
      expect([code, printed.trim()]).toEqual([
        1,
        `Port ${port} on 127.0.0.1 is taken by another program; set HUIYING_PORT to another one.`,
      ]);
    } finally {
      await new Promise((resolve) => holder.close(resolve));
      rmSync(other, { recursive: true, force: true });
    }
  });

  it('says in one sentence that the data folder cannot be written', async () => {
    const home = mkdtempSync(join(tmpdir(), 'huiying-closed-'));
    mkdirSync(join(home, 'a'));
    writeFileSync(join(home, 'a', 'file'), '');
    const { code, printed } = await startRefused({ dataFolder: join(home, 'a', 'file') });
    expect(code).toBe(1);
    expect(printed.trim()).toMatch(/^The data folder .* cannot be written \(\w+\); set HUIYING_DATA_DIR to one that can\.$/);
    rmSync(home, { recursive: true, force: true });
  });

  it('says in one sentence that a setting is misspelt', async () => {
    const { code, printed } = await startRefused({ dataFolder, env: { HUIYING_PROT: '80' } });
    expect([code, printed.trim()]).toEqual([1, 'The environment cannot be used:\n  HUIYING_PROT is not a setting of this program']);
  });
});
