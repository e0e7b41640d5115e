import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '@huiying/domain';
import { openDemoSite, type DemoSite } from '../demo/index.js';
import type { DemoState } from './demo-state.js';

/** The demo city's own web, on loopback: the collector polls it over HTTP like any other site. */
export interface SiteServer {
  port: number;
  close(): Promise<void>;
}

/** On the port of the last time, so that addresses kept in the database still open; on another one where it is taken. */
export async function serveDemoSite(demo: DemoState, clock: Clock): Promise<SiteServer> {
  let site: DemoSite | null = null;
  const server = createServer((request, response) => answer(request, response, site!, clock));
  const port = await listen(server, demo.sitePort).catch(() => listen(server, 0));
  site = openDemoSite(demo.startedAt, port, () => demo.liveAt);
  return {
    port,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function answer(request: IncomingMessage, response: ServerResponse, site: DemoSite, clock: Clock): void {
  const path = (request.url ?? '/').split('?')[0]!;
  const conditions = { ifNoneMatch: request.headers['if-none-match'], ifModifiedSince: request.headers['if-modified-since'] };
  const found = request.method === 'GET' || request.method === 'HEAD' ? site.documentFor(path, clock.now(), conditions) : null;
  if (!found) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('没有这个页面\n');
    return;
  }
  response.writeHead(found.status, found.headers).end(request.method === 'HEAD' ? undefined : found.body);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
