import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { freshCity } from '../../../../test/support/workflow-city.js';

let collector: Server;
let seen: { method: string; url: string; body: string; pass: string; packing?: string | undefined }[] = [];
let running: Awaited<ReturnType<typeof freshCity>>;

beforeAll(async () => {
  collector = createServer((request, answer) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({
        method: request.method!,
        url: request.url!,
        body: Buffer.concat(chunks).toString(),
        pass: String(request.headers['x-pass']),
        packing: request.headers['content-encoding'],
      });
      answer.writeHead(202, { 'content-type': 'application/json' }).end('{"ok":true}');
    });
  });
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  running = await freshCity('2026-11-02T09:00:00+08:00', { HUIYING_COLLECTOR_URL: url }, { runsByItself: false });
});
afterAll(async () => {
  await running.city.stop();
  await running.drop();
  collector.close();
});
beforeEach(() => (seen = []));

it('hands the hotline’s requests on as they came, JSON or not, and nothing else', async () => {
  const { city } = running;
  const json = await city.ask<{ ok: boolean }>('POST', '/api/hotline/imports/x/run?a=1', { sheet: '停水' }, { 'x-pass': 'p' });
  expect([json.status, json.body]).toEqual([202, { ok: true }]);
  await fetch(`${city.url}/api/hotline/imports`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'x-pass': 'q' },
    body: 'bytes',
  });
  expect(seen).toEqual([
    { method: 'POST', url: '/api/hotline/imports/x/run?a=1', body: '{"sheet":"停水"}', pass: 'p' },
    { method: 'POST', url: '/api/hotline/imports', body: 'bytes', pass: 'q' },
  ]);
  expect((await city.ask('GET', '/api/board')).status).toBe(401);
  expect((await city.ask('POST', '/api/hotline-passes/import')).status).toBe(401);
  expect(seen).toHaveLength(2);
});

it('hands a packed body on unpacked, as it was read, and says so', async () => {
  await fetch(`${running.city.url}/api/hotline/imports/x/run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip', 'x-pass': 'p' },
    body: new Uint8Array(gzipSync('{"sheet":"停水"}')),
  });
  expect(seen).toMatchObject([{ body: '{"sheet":"停水"}', packing: undefined }]);
});

it('says so where the collector is away', async () => {
  await new Promise((done) => collector.close(done));
  const answer = await running.city.ask<{ code: string }>('GET', '/api/hotline/imports/x');
  expect([answer.status, answer.body.code]).toEqual([502, 'collector-away']);
});
