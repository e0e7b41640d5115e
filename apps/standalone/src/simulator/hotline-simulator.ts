import { randomBytes } from 'node:crypto';
import type { ApiOrder, ApiStepAnswer, HotlineIntakeAnswer, HotlineRecordInput, OrderStepName } from '@huiying/contracts/http';
import type { Clock } from '@huiying/domain';
import { signedHeaders } from '@huiying/platform';
import { SystemClock } from '@huiying/settings';
import { HotlineEar } from './hotline-side.js';

/** A call as it comes in, and how its order goes on. */
export interface SimulatedCall {
  record: HotlineRecordInput;
  unit: string;
  /** What the unit answers; null: it never does. */
  reply: string | null;
  /** Whether the caller is content when called back. */
  content: boolean;
}

export interface SimulatorOptions {
  /** http://host:port of the product. */
  url: string;
  keyName: string;
  key: string;
  /** Where the hotline listens for callbacks; 0 = any free port. */
  port: number;
  callbackSecret: string;
  /** Signs its requests instead of sending the key. */
  signs?: boolean;
  /** Orders worked on at the same time. */
  concurrency?: number;
  clock?: Clock;
}

export interface SimulatorReport {
  calls: number;
  accepted: number;
  unchanged: number;
  steps: number;
  replayed: number;
  /** Requests that were sent again because no answer came. */
  sentAgain: number;
  archived: number;
  callbacks: number;
  repeatedCallbacks: number;
  /** What was not as it must be, in words; empty = all is well. */
  faults: string[];
}

const RETRY_MS = 500;
const GIVE_UP_MS = 5 * 60_000;

/** Plays a city's hotline against the API and checks the answers: hands in records, works on the orders, hears the callbacks, compares in the end. */
export class HotlineSimulator {
  readonly ear: HotlineEar;
  readonly report: SimulatorReport = {
    calls: 0,
    accepted: 0,
    unchanged: 0,
    steps: 0,
    replayed: 0,
    sentAgain: 0,
    archived: 0,
    callbacks: 0,
    repeatedCallbacks: 0,
    faults: [],
  };
  private readonly done = new Map<string, number>();
  private readonly clock: Clock;

  constructor(private readonly options: SimulatorOptions) {
    this.ear = new HotlineEar(options.port, options.callbackSecret);
    this.clock = options.clock ?? new SystemClock();
  }

  private now(): number {
    return this.clock.now().getTime();
  }

  /** Hands in records, a batch at a time, and works on every order to its end. */
  async run(calls: readonly SimulatedCall[], beat: () => Promise<void> = async () => undefined): Promise<void> {
    const waiting = [...calls];
    const work = async () => {
      for (let call = waiting.shift(); call !== undefined; call = waiting.shift()) {
        await beat();
        await this.play(call);
      }
    };
    await Promise.all(Array.from({ length: this.options.concurrency ?? 8 }, work));
  }

  /** One call from the record to the call-back. */
  async play({ record, unit, reply, content }: SimulatedCall): Promise<void> {
    this.report.calls++;
    const answer = await this.ask<HotlineIntakeAnswer>('POST', '/api/hotline/v1/records', record);
    this.report.accepted += answer.accepted;
    this.report.unchanged += answer.unchanged;
    if (answer.rejected > 0) return void this.fault(`${record.orderNo}: 记录被拒 ${JSON.stringify(answer.results[0]?.faults)}`);
    const no = record.orderNo;
    await this.arrives(no);
    await this.step(no, 'dispatch', { by: '12345派单席', leadUnit: unit }, 'dispatched');
    await this.step(no, 'sign', { by: unit }, 'signed');
    await this.step(no, 'progress', { by: unit, text: '已受理，正在核实' }, 'handling');
    if (reply === null) return void (await this.step(no, 'urge', { by: '12345督办席', reason: '请尽快办理' }, 'handling'));
    await this.step(no, 'reply', { by: unit, text: reply.slice(0, 20_000), mode: '网上' }, 'replied');
    await this.step(no, 'close', { by: '12345审核席' }, 'closed');
    const visit = {
      by: '12345回访席',
      at: this.clock.now().toISOString(),
      result: '接通',
      resolved: content ? '已解决' : '未解决',
      satisfaction: content ? '满意' : '不满意',
    };
    await this.step(no, 'visit-result', visit, content ? 'archived' : 'handling');
    if (content) this.report.archived++;
  }

  /** Compares order by order what was done, what was heard, and what the product says; waits until callbacks stop coming. */
  async compare(patienceMs = 60_000): Promise<SimulatorReport> {
    const theirs = await this.allOrders();
    const until = this.now() + patienceMs;
    while (this.now() < until && [...this.done].some(([no, seq]) => (this.ear.orders.get(no)?.seq ?? 0) < seq)) await pause(200);
    for (const [no, seq] of this.done) {
      const order = theirs.get(no);
      const heard = this.ear.orders.get(no);
      if (order === undefined) this.fault(`${no}: 对方没有这张工单`);
      else if (order.seq < seq) this.fault(`${no}: 对方停在第 ${order.seq} 件，应为 ${seq}`);
      if (heard === undefined) this.fault(`${no}: 没有收到回调`);
      else if (order !== undefined && (heard.state !== order.state || heard.seq !== order.seq))
        this.fault(`${no}: 回调停在 ${heard.state}/${heard.seq}，对方为 ${order.state}/${order.seq}`);
      else if (heard.effects.some((one, i) => i > 0 && one !== heard.effects[i - 1]! + 1))
        this.fault(`${no}: 回调缺号或乱序 ${heard.effects.join(',')}`);
    }
    for (const key of this.ear.outOfOrder) this.fault(`${key}: 回调乱序`);
    if (this.ear.refusedSignatures > 0) this.fault(`${this.ear.refusedSignatures} 个回调签名不符`);
    this.report.callbacks = [...this.ear.orders.values()].reduce((sum, { effects }) => sum + effects.length, 0);
    this.report.repeatedCallbacks = this.ear.repeated;
    return this.report;
  }

  /** Every order the product has, page by page. */
  async allOrders(): Promise<Map<string, ApiOrder>> {
    const orders = new Map<string, ApiOrder>();
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { items: ApiOrder[]; next: string | null } = await this.ask(
        'GET',
        `/api/hotline/v1/orders?limit=500${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      for (const order of page.items) orders.set(order.orderNo, order);
      cursor = page.next;
    }
    return orders;
  }

  /** A record was answered at once; the order it makes is there a moment later. */
  private async arrives(no: string): Promise<void> {
    for (const until = this.now() + GIVE_UP_MS; this.now() < until; await pause(30)) {
      // No answer is no order yet: the other side may be starting again.
      const answer = await this.send('GET', `/api/hotline/v1/orders/${encodeURIComponent(no)}`).catch(() => null);
      if (answer?.status === 200) return;
    }
    this.fault(`${no}: 交了记录，一直没有成为工单`);
  }

  private async step(no: string, action: OrderStepName, body: Record<string, unknown>, expected: string): Promise<void> {
    const answer = await this.ask<ApiStepAnswer>(
      'POST',
      `/api/hotline/v1/orders/${encodeURIComponent(no)}/${action}`,
      body,
      `${no}-${action}-1`,
    );
    this.report.steps++;
    this.done.set(no, Math.max(this.done.get(no) ?? 0, answer.seq));
    if (answer.state !== expected) this.fault(`${no}: ${action} 之后应为 ${expected}，返回 ${answer.state}`);
  }

  /** Asks until there is an answer: the other side may be starting again. @throws Error for a refusal, and after five minutes */
  private async ask<T>(method: string, path: string, body?: unknown, key?: string): Promise<T> {
    for (const until = this.now() + GIVE_UP_MS; ; await pause(RETRY_MS)) {
      try {
        const { status, said, isReplay } = await this.send(method, path, body, key);
        if (isReplay) this.report.replayed++;
        if (status === 200) return said as T;
        if (status < 500 && status !== 429) throw new Refused(`${method} ${path}: ${status} ${JSON.stringify(said)}`);
      } catch (error) {
        if (error instanceof Refused) throw error;
      }
      this.report.sentAgain++;
      if (this.now() > until) throw new Error(`${method} ${path}: 五分钟没有应答`);
    }
  }

  private async send(
    method: string,
    path: string,
    body?: unknown,
    key?: string,
  ): Promise<{ status: number; said: unknown; isReplay: boolean }> {
    const text = body === undefined ? '' : JSON.stringify(body);
    const { options } = this;
    const parts = { method, path, timestamp: String(Math.floor(this.now() / 1000)), nonce: randomBytes(12).toString('hex'), body: text };
    const answer = await fetch(`${options.url}${path}`, {
      method,
      headers: {
        ...(text === '' ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(options.signs ? signedHeaders(parts, options.keyName, options.key) : { 'x-api-key': options.key }),
      },
      ...(text === '' ? {} : { body: text }),
    });
    return { status: answer.status, said: await answer.json(), isReplay: answer.headers.get('idempotent-replay') === 'true' };
  }

  private fault(text: string): void {
    this.report.faults.push(text);
  }
}

class Refused extends Error {}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
