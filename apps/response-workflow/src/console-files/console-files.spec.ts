import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshCity, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { isOfServices } from './console-files.js';

it.each([
  ['/api/board', true],
  ['/api', true],
  ['/health/live', true],
  ['/a/TOKEN', true],
  ['/alerts/1', false],
  ['/', false],
  ['/apiary', false],
  ['/cases/1', false],
])('%s belongs to the services: %s', (path, expected) => expect(isOfServices(path)).toBe(expected));

describe('the console’s files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huiying-console-'));
  let city: WorkflowCity;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    mkdirSync(join(folder, 'console', 'assets'), { recursive: true });
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    writeFileSync(join(folder, 'console', 'index.html'), '<!doctype html><title>回应</title>');
    writeFileSync(join(folder, 'console', 'assets', 'index-abc.js'), 'console.log(1)');
    ({ city, drop } = await freshCity('2026-11-18T01:00:00Z', {}, { runsByItself: false, consoleFolder: join(folder, 'console') }));
  });
  afterAll(async () => {
    await city.stop();
    await drop();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['/', 200, 'no-cache', '<title>回应'],
    ['/cases/0f0e', 200, 'no-cache', '<title>回应'],
    ['/assets/index-abc.js', 200, 'public, max-age=31536000, immutable', 'console.log'],
    ['/assets/gone.js', 404, 'no-store', 'not-found'],
    ['/..%2fsecret.txt', 404, 'no-store', 'not-found'],
    ['/assets/..%2f..%2fsecret.txt', 404, 'no-store', 'not-found'],
    ['/api/nothing', 404, null, 'not-found'],
  ])('answers %s with %i', async (path, status, cache, text) => {
    const answer = await city.ask<unknown>('GET', path);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([status, cache]);
    expect(JSON.stringify(answer.body)).toContain(text);
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
  });

  // What is thrown outside a request, as it was, ends the process: jest then fails the whole file.
  it('goes on when a browser leaves in the middle of a file', async () => {
    writeFileSync(join(folder, 'console', 'assets', 'large-abc.js'), Buffer.alloc(32 << 20, 'x'));
    const { hostname, port } = new URL(city.url);
    await new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write('GET /assets/large-abc.js HTTP/1.1\r\nhost: console\r\n\r\n'));
      socket.once('data', () => socket.destroy()).once('close', () => resolve());
      socket.once('error', reject);
    });
    await pause(200);
    expect((await city.ask('GET', '/assets/index-abc.js')).status).toBe(200);
  });

  it('says so where the console is not built', async () => {
    rmSync(join(folder, 'console', 'index.html'));
    expect(await city.ask('GET', '/')).toMatchObject({ status: 404, body: expect.stringContaining('npm run build') });
  });
});
