import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isSignature } from '@huiying/platform';

/** What a hotline hears of an order by callbacks. */
export interface HeardOrder {
  seq: number;
  state: string;
  /** Sequence numbers in the order in which they had an effect. */
  effects: number[];
  reply: string | null;
}

/** The hotline's ear: takes callbacks, checks who sent them, honours the idempotency key, keeps where each order stands. */
export class HotlineEar {
  readonly orders = new Map<string, HeardOrder>();
  refusedSignatures = 0;
  repeated = 0;
  /** Callbacks that came before one that should have come first. */
  outOfOrder: string[] = [];
  private readonly keys = new Set<string>();
  private server: Server | null = null;

  constructor(
    private readonly port: number,
    private readonly secret: string,
    private readonly heard: (orderNo: string, state: string, action: string) => void = () => undefined,
  ) {}

  async open(): Promise<number> {
    this.server = createServer((request, answer) => void this.take(request, answer).catch(() => answer.destroy()));
    await new Promise<void>((done, failed) => this.server!.once('error', failed).listen(this.port, '127.0.0.1', done));
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : this.port;
  }

  /** Hangs up on everybody, as a killed process does; what was taken is kept, as its database would. */
  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((done) => (this.server ? this.server.close(done) : done(null)));
    this.server = null;
  }

  private async take(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const header = (name: string) => String(request.headers[name] ?? '');
    const parts = { method: request.method!, path: request.url!, timestamp: header('x-timestamp'), nonce: header('x-nonce'), body };
    if (!isSignature(header('x-signature'), parts, this.secret)) {
      this.refusedSignatures++;
      return void answer.writeHead(401).end();
    }
    this.effect(header('idempotency-key'), JSON.parse(body.toString('utf8')) as Callback);
    answer.writeHead(200, { 'content-type': 'application/json' }).end('{"success":true}');
  }

  private effect(key: string, { orderNo, seq, state, action, order }: Callback): void {
    if (this.keys.has(key)) return void this.repeated++;
    this.keys.add(key);
    const before = this.orders.get(orderNo);
    if (before !== undefined && seq <= before.seq) this.outOfOrder.push(key);
    this.orders.set(orderNo, { seq, state, effects: [...(before?.effects ?? []), seq], reply: order.reply });
    this.heard(orderNo, state, action);
  }
}

interface Callback {
  orderNo: string;
  seq: number;
  state: string;
  action: string;
  order: { reply: string | null };
}
