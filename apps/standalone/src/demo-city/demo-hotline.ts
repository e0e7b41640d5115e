import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isSignature } from '@huiying/platform';
import { readHotlineAdapter } from '@huiying/settings';
import type { CallbackTarget } from '../../../response-workflow/src/index.js';

const ID = 'demo-hotline';
/** Made up; it opens nothing but this process's own receiver. */
const SECRET = 'demo-callback-secret';
const numberOf = (orderNo: string) => Number(orderNo.slice(-5));
/** Orders of which the other side has not heard the last, or nothing at all. */
const isBehind = (orderNo: string) => numberOf(orderNo) % 17 === 4;
const isMissing = (orderNo: string) => numberOf(orderNo) % 19 === 12;

interface Side {
  orders: { orderNo: string; state: string; seq: number; checksum: string }[];
}

/** The other side of the demo's callbacks and reconciliations: a hotline's system on loopback, with gaps in its books as such systems have. */
export class DemoHotline {
  /** Address of our own API, once it is known: what the hotline knows of its orders is what it was told. */
  ours: { url: string; key: string } | null = null;

  private constructor(private readonly server: Server) {}

  static async open(): Promise<DemoHotline> {
    const server = createServer((request, answer) => void demo.take(request, answer).catch(() => answer.destroy()));
    const demo = new DemoHotline(server);
    await new Promise<void>((done, failed) => server.once('error', failed).listen(0, '127.0.0.1', done));
    return demo;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** As config/hotline.yaml would name it. */
  target(configFolder: string): CallbackTarget {
    return {
      id: ID,
      name: '望川12345热线平台（演示）',
      url: `${this.origin}/callbacks`,
      adapter: 'huiying-json',
      client: ID,
      knowledge: true,
      reconcile: { at: '00:05', url: `${this.origin}/orders/{day}`, lookBackDays: 2 },
      giveUpDays: 7,
      concurrency: 4,
      timeoutSeconds: 5,
      mapping: readHotlineAdapter(configFolder, 'huiying-json'),
      secret: SECRET,
    };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async take(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const header = (name: string) => String(request.headers[name] ?? '');
    const parts = { method: request.method!, path: request.url!, timestamp: header('x-timestamp'), nonce: header('x-nonce'), body };
    if (!isSignature(header('x-signature'), parts, SECRET)) return void answer.writeHead(401).end();
    const day = /^\/orders\/(\d{4}-\d{2}-\d{2})$/.exec(request.url!)?.[1];
    if (day !== undefined) return this.side(day, answer);
    answer.writeHead(200, { 'content-type': 'application/json' }).end('{"success":true}');
  }

  /** What it was told of a day's orders, but for those that got lost on the way. */
  private async side(day: string, answer: ServerResponse): Promise<void> {
    if (this.ours === null) return void answer.writeHead(503).end();
    const asked = await fetch(`${this.ours.url}/api/hotline/v1/reconciliations/${day}`, { headers: { 'x-api-key': this.ours.key } });
    const { orders } = (await asked.json()) as Side;
    const known = orders
      .filter(({ orderNo }) => !isMissing(orderNo))
      .map(({ orderNo, state, seq, checksum }) => {
        const hasMissed = isBehind(orderNo) && seq > 1;
        return hasMissed ? { orderNo, state: 'dispatched', seq: seq - 1, checksum: null } : { orderNo, state, seq, checksum };
      });
    answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ orders: known }));
  }
}
