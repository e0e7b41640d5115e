import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isSignature } from '../../libs/platform/src/gate/request-signature.js';

interface Told {
  id: string;
  orderNo: string;
  seq: number;
  action: string;
  state: string;
  order: Record<string, unknown>;
}

/** What is answered: a status, or 'drop' = taken, but the connection is lost before the answer. */
export type ReceiverPlan = (callback: Told, attempt: number) => number | 'drop';

/** A hotline's side of the callbacks: checks signatures, honours the idempotency key, and fails as it is told to. */
export class HotlineReceiver {
  plan: ReceiverPlan = () => 200;
  refusedSignatures = 0;
  requests = 0;
  private readonly attempts = new Map<string, number>();
  private readonly taken = new Map<string, Told[]>();
  private readonly again = new Map<string, number>();

  private constructor(
    private readonly server: Server,
    private readonly secret: string,
  ) {}

  static async start(secret: string): Promise<HotlineReceiver> {
    const server = createServer((request, answer) => void receiver.take(request, answer));
    const receiver = new HotlineReceiver(server, secret);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/callbacks`;
  }

  /** Sequence numbers of what had an effect on an order, in the order in which it had it. */
  effects(orderNo: string): number[] {
    return (this.taken.get(orderNo) ?? []).map(({ seq }) => seq);
  }

  /** How often something came that was taken before. */
  repeats(orderNo: string): number {
    return this.again.get(orderNo) ?? 0;
  }

  last(orderNo: string): Told | undefined {
    return this.taken.get(orderNo)?.at(-1);
  }

  get orders(): string[] {
    return [...this.taken.keys()];
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async take(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    this.requests++;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const header = (name: string) => String(request.headers[name] ?? '');
    const parts = { method: request.method!, path: request.url!, timestamp: header('x-timestamp'), nonce: header('x-nonce'), body };
    if (!isSignature(header('x-signature'), parts, this.secret)) {
      this.refusedSignatures++;
      return void answer.writeHead(401).end();
    }
    const told = JSON.parse(body.toString('utf8')) as Told;
    const key = header('idempotency-key');
    const attempt = (this.attempts.get(key) ?? 0) + 1;
    this.attempts.set(key, attempt);
    const planned = this.plan(told, attempt);
    if (planned === 'drop' || planned < 300) this.effect(key, told);
    if (planned === 'drop') return void request.socket.destroy();
    answer.writeHead(planned).end();
  }

  /** Once for each key, as a receiver must. */
  private effect(key: string, told: Told): void {
    const before = this.taken.get(told.orderNo) ?? [];
    if (before.some(({ id }) => id === key)) this.again.set(told.orderNo, this.repeats(told.orderNo) + 1);
    else this.taken.set(told.orderNo, [...before, told]);
  }
}
