import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

describe('an old Node', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huiying-node-'));
  const old = join(folder, 'old.cjs');
  writeFileSync(old, `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.19.0' } });`);
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(['scripts/start.cjs', 'scripts/start-kafka.cjs'])('is told so in one sentence by %s, before anything starts', (script) => {
    const told = spawnSync(process.execPath, ['-r', old, script], { cwd: resolve(__dirname, '../..'), encoding: 'utf8', timeout: 30_000 });
    expect(told).toMatchObject({ status: 1, stdout: '', stderr: '回应 needs Node 20.19 or newer; this is Node 18.19.0.\n' });
  });
});
