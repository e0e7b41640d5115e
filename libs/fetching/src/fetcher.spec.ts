import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { Fetcher, type FetcherOptions } from './fetcher.js';

const servers: Server[] = [];
const fetchers: Fetcher[] = [];

async function serve(listener: RequestListener): Promise<{ url: string; host: string }> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}/feed.xml`, host };
}

function fetcher(options: FetcherOptions): Fetcher {
  const made = new Fetcher(options);
  fetchers.push(made);
  return made;
}

/** Serves one listener and fetches it once, the server being allowed. */
async function ask(
  listener: RequestListener,
  options: FetcherOptions = {},
  validators = { etag: null as string | null, lastModified: null as string | null },
) {
  const { url, host } = await serve(listener);
  return fetcher({ allow: [host], ...options }).fetch(url, validators);
}

const answering =
  (status: number, headers: Record<string, string>, body: Buffer | string = '') =>
  (_: IncomingMessage, res: ServerResponse) =>
    void res.writeHead(status, headers).end(body);

afterAll(async () => {
  await Promise.all(fetchers.map((f) => f.close()));
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

describe('a document', () => {
  it('comes with its bytes, its validators and its headers, and says who asked', async () => {
    let asked: IncomingMessage['headers'] = {};
    const answer = await ask((req, res) => {
      asked = req.headers;
      res
        .writeHead(200, {
          'content-type': 'text/xml; charset=gbk',
          etag: '"1"',
          'last-modified': 'Mon, 02 Nov 2026 01:05:00 GMT',
          'set-cookie': 'a=b',
        })
        .end('<rss/>');
    });
    expect(answer).toMatchObject({
      outcome: 'fetched',
      contentType: 'text/xml; charset=gbk',
      validators: { etag: '"1"', lastModified: 'Mon, 02 Nov 2026 01:05:00 GMT' },
    });
    if (answer.outcome !== 'fetched') throw new Error(answer.outcome);
    expect(answer.bytes.toString()).toBe('<rss/>');
    expect(answer.headers).not.toHaveProperty('set-cookie');
    expect(asked['user-agent']).toContain('Huiying');
  });

  it('is asked for conditionally, and may be unchanged', async () => {
    const answer = await ask(
      (req, res) =>
        void res.writeHead(req.headers['if-none-match'] === '"1"' && req.headers['if-modified-since'] === 'then' ? 304 : 500).end(),
      {},
      { etag: '"1"', lastModified: 'then' },
    );
    expect(answer).toEqual({ outcome: 'not-modified' });
  });

  it.each([
    ['gzip', gzipSync('<rss>望川</rss>')],
    ['x-gzip', gzipSync('<rss>望川</rss>')],
    ['deflate', deflateSync('<rss>望川</rss>')],
    ['deflate', deflateRawSync('<rss>望川</rss>')],
    ['br', brotliCompressSync('<rss>望川</rss>')],
    ['deflate, gzip', gzipSync(deflateSync('<rss>望川</rss>'))],
    ['identity', Buffer.from('<rss>望川</rss>')],
    ['', gzipSync('<rss>望川</rss>')],
  ])('is decompressed: %s', async (encoding, body) => {
    const answer = await ask(answering(200, encoding ? { 'content-encoding': encoding } : {}, body));
    expect(answer.outcome === 'fetched' && answer.bytes.toString()).toBe('<rss>望川</rss>');
  });

  it('is followed through redirects to where it is', async () => {
    const answer = await ask((req, res) => {
      if (req.url === '/feed.xml') res.writeHead(301, { location: '/new/feed.xml' }).end();
      else res.writeHead(200).end('<rss/>');
    });
    expect(answer.outcome === 'fetched' && new URL(answer.url).pathname).toBe('/new/feed.xml');
  });
});

describe('a failure is a value that says why', () => {
  const small = { limits: { receivedBytes: 5_000, decompressedBytes: 20_000 } };
  it.each<[string, RequestListener, FetcherOptions, object]>([
    ['an error status', answering(503, { 'retry-after': '120' }), {}, { kind: 'http-status', status: 503, retryAfterSeconds: 120 }],
    ['a 304 that nobody asked for', answering(304, {}), {}, { kind: 'http-status', status: 304 }],
    ['no content', answering(204, {}), {}, { kind: 'http-status', status: 204 }],
    ['a body over the limit', answering(200, {}, Buffer.alloc(5_001)), small, { kind: 'too-large' }],
    ['a gzip bomb', answering(200, { 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(2_000_000))), small, { kind: 'too-large' }],
    ['a gzip file that is a bomb', answering(200, {}, gzipSync(Buffer.alloc(2_000_000))), small, { kind: 'too-large' }],
    [
      'a bomb in a bomb',
      answering(200, { 'content-encoding': 'gzip, gzip' }, gzipSync(gzipSync(Buffer.alloc(20_000_000)))),
      { limits: { receivedBytes: 50_000, decompressedBytes: 100_000 } },
      { kind: 'too-large' },
    ],
    ['three layers of compression', answering(200, { 'content-encoding': 'gzip, gzip, gzip' }, 'x'), {}, { kind: 'unreachable' }],
    ['an unknown compression', answering(200, { 'content-encoding': 'zip' }, 'x'), {}, { kind: 'unreachable' }],
    ['a damaged compression', answering(200, { 'content-encoding': 'gzip' }, 'this is no gzip'), {}, { kind: 'unreachable' }],
    ['a redirect in a circle', answering(302, { location: '/feed.xml' }), {}, { kind: 'http-status' }],
    ['a redirect to a file', answering(302, { location: 'file:///etc/passwd' }), {}, { kind: 'blocked' }],
    ['a redirect to a metadata service', answering(302, { location: 'http://169.254.169.254/latest/' }), {}, { kind: 'blocked' }],
    ['a redirect to another port of an allowed host', answering(302, { location: 'http://127.0.0.1:1/' }), {}, { kind: 'blocked' }],
    ['a redirect to nowhere', answering(302, { location: 'http://[' }), {}, { kind: 'http-status' }],
    ['headers that never come', () => undefined, { limits: { idleMs: 100 } }, { kind: 'timeout' }],
    [
      'a body that stops',
      (_, res) => void res.writeHead(200, { 'content-length': '100' }).write('<rss>'),
      { limits: { idleMs: 100 } },
      { kind: 'timeout' },
    ],
    ['a body that drips for ever', drip, { limits: { totalMs: 300 } }, { kind: 'timeout' }],
    [
      'a connection cut in the middle',
      (_, res) => void res.writeHead(200, { 'content-length': '100' }).write('<rss>', () => res.destroy()),
      {},
      { kind: 'unreachable' },
    ],
  ])('%s', async (_, listener, options, expected) => {
    const answer = await ask(listener, options);
    expect(answer).toMatchObject({ outcome: 'failed', ...expected });
    expect(answer.outcome === 'failed' && answer.reason.length > 5 && /[\u4e00-\u9fff]/.test(answer.said)).toBe(true);
  });

  it.each([
    ['nobody listens', 'http://127.0.0.1:1/', ['127.0.0.1:1'], 'unreachable'],
    ['the address is loopback', 'http://127.0.0.1:1/', [], 'blocked'],
    ['the address is loopback, otherwise spelt', 'http://0x7f000001:1/', [], 'blocked'],
    ['the address is loopback in IPv6', 'http://[::1]:1/', [], 'blocked'],
    ['the address is loopback, mapped into IPv6', 'http://[::ffff:127.0.0.1]:1/', [], 'blocked'],
    ['the name leads to loopback', 'http://localhost:1/', [], 'blocked'],
    ['it is no web address', 'ftp://news.example/', [], 'blocked'],
    ['it is no address', 'news', [], 'blocked'],
    ['it holds a password', 'http://me:secret@127.0.0.1:1/', ['127.0.0.1:1'], 'blocked'],
  ])('%s', async (_, url, allow, kind) => {
    const answer = await fetcher({ allow }).fetch(url);
    expect(answer).toMatchObject({ outcome: 'failed', kind });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  it('a name that turns private between two visits is refused at the second', async () => {
    const answers = [[], [{ address: '10.1.2.3', family: 4 }]];
    const lookup = ((_h: string, _o: object, callback: (e: NodeJS.ErrnoException | null, a: object[]) => void) => {
      const next = answers.shift()!;
      if (next.length === 0) callback(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), []);
      else callback(null, next);
    }) as FetcherOptions['lookup'];
    const rebound = fetcher({ lookup });
    expect(await rebound.fetch('http://rebound.example/')).toMatchObject({ kind: 'unreachable', said: '域名无法解析' });
    expect(await rebound.fetch('http://rebound.example/')).toMatchObject({ kind: 'blocked', reason: expect.stringContaining('10.1.2.3') });
  });

  it('a certificate that nobody signed', async () => {
    const pem = (name: string) => readFileSync(resolve(__dirname, 'fixtures', name));
    const server = createTlsServer({ cert: pem('self-signed.cert.pem'), key: pem('self-signed.key.pem') }, answering(200, {}, '<rss/>'));
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const host = `localhost:${(server.address() as AddressInfo).port}`;
    const answer = await fetcher({ allow: [host] }).fetch(`https://${host}/`);
    expect(answer).toMatchObject({ outcome: 'failed', kind: 'certificate', said: expect.stringContaining('DEPTH_ZERO_SELF_SIGNED_CERT') });
  });
});

/** One byte every 20 ms: never idle, never done. */
function drip(_: IncomingMessage, res: ServerResponse): void {
  res.writeHead(200);
  const timer = setInterval(() => res.write('x'), 20);
  res.on('close', () => clearInterval(timer));
}
