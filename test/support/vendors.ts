import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '@huiying/domain';
import { isSignature } from '@huiying/platform';

/** What a vendor's server is told to do instead of its work. */
export type Trouble = 'busy' | 'expired' | 'garbage' | 'down' | 'silent' | 'redirect';

/** A request as the server took it. */
export interface Taken {
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
  /** The words that people would read. */
  text: string;
}
interface Asked {
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
}
interface Answer {
  status?: number;
  body: unknown;
}

/**
 * A real HTTP server on loopback that behaves as a vendor's does: it checks credential, signature, time and size, says what is wrong
 * in a body of HTTP 200 where the vendor does so, and keeps what it took.
 */
export abstract class Vendor {
  readonly taken: Taken[] = [];
  trouble: Trouble | null = null;
  /** Called with what it took before it says so. */
  beforeAccepting: (taken: Taken) => Promise<void> = async () => undefined;
  private server: Server | null = null;
  port = 0;

  /** Path behind which it answers. */
  protected abstract readonly path: string;
  protected abstract judge(asked: Asked): Answer | Taken['text'];
  protected abstract readonly accepts: Answer;
  protected abstract readonly busy: Answer;
  protected abstract readonly expired: Answer;

  get url(): string {
    return `http://127.0.0.1:${this.port}${this.path}`;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  async start(port = 0): Promise<this> {
    const server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve, reject) => server.listen(port, '127.0.0.1', resolve).once('error', reject));
    this.server = server;
    this.port = (server.address() as { port: number }).port;
    return this;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise<void>((resolve) => (this.server ? this.server.close(() => resolve()) : resolve()));
    this.server = null;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked = { url: new URL(request.url!, this.url), headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
    const { trouble } = this;
    if (trouble === 'silent') return;
    if (trouble === 'redirect') return void response.writeHead(302, { location: 'http://example.com/' }).end();
    if (trouble === 'garbage') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>登录校园网</html>');
    if (trouble === 'down') return void response.writeHead(502).end('Bad Gateway');
    if (trouble === 'busy') return send(response, this.busy);
    if (trouble === 'expired') return send(response, this.expired);
    const judged = this.judge(asked);
    if (typeof judged !== 'string') return send(response, judged);
    const taken = { ...asked, text: judged };
    this.taken.push(taken);
    await this.beforeAccepting(taken);
    send(response, this.accepts);
  }
}

function send(response: ServerResponse, { status = 200, body }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

/** 企业微信 group robot. */
export class WecomVendor extends Vendor {
  protected readonly path = '/cgi-bin/webhook/send';
  protected readonly accepts = { body: { errcode: 0, errmsg: 'ok' } };
  protected readonly busy = { body: { errcode: 45009, errmsg: 'api freq out of limit' } };
  protected readonly expired = { body: { errcode: 93000, errmsg: 'invalid webhook url' } };

  constructor(private readonly key: string) {
    super();
  }

  protected judge({ url, body }: Asked): Answer | string {
    if (url.searchParams.get('key') !== this.key) return this.expired;
    const { msgtype, text } = JSON.parse(body) as { msgtype: string; text?: { content?: string } };
    if (msgtype !== 'text') return { body: { errcode: 40008, errmsg: 'invalid message type' } };
    const content = text?.content ?? '';
    if (content === '') return { body: { errcode: 44004, errmsg: 'empty content' } };
    if (Buffer.byteLength(content) > 2048) return { body: { errcode: 40058, errmsg: 'text.content exceed max length 2048' } };
    return content;
  }
}

/** 钉钉 group robot with 加签. */
export class DingtalkVendor extends Vendor {
  protected readonly path = '/robot/send';
  protected readonly accepts = { body: { errcode: 0, errmsg: 'ok' } };
  protected readonly busy = { body: { errcode: 130101, errmsg: 'send too fast, exceed 20 times per minute' } };
  protected readonly expired = { body: { errcode: 310000, errmsg: 'sign not match, more: [https://ding-doc.dingtalk.com]' } };

  constructor(
    private readonly token: string,
    private readonly secret: string,
    private readonly clock: Clock,
  ) {
    super();
  }

  protected judge({ url, body }: Asked): Answer | string {
    const asked = (name: string) => url.searchParams.get(name) ?? '';
    if (asked('access_token') !== this.token) return { body: { errcode: 300001, errmsg: 'token is not exist' } };
    if (Math.abs(Number(asked('timestamp')) - this.clock.now().getTime()) > 3_600_000)
      return { body: { errcode: 310000, errmsg: 'invalid timestamp' } };
    const sign = createHmac('sha256', this.secret)
      .update(`${asked('timestamp')}\n${this.secret}`)
      .digest('base64');
    if (asked('sign') !== sign) return this.expired;
    if (Buffer.byteLength(body) > 20_000) return { body: { errcode: 460101, errmsg: 'message too long, exceed 20000 bytes' } };
    return (JSON.parse(body) as { text: { content: string } }).text.content;
  }
}

/** 飞书 custom robot with 签名校验. */
export class FeishuVendor extends Vendor {
  protected readonly path = '/open-apis/bot/v2/hook';
  protected readonly accepts = { body: { StatusCode: 0, StatusMessage: 'success', code: 0, data: {}, msg: 'success' } };
  protected readonly busy = { status: 400, body: { code: 9499, msg: 'too many request', data: {} } };
  protected readonly expired = { body: { code: 19021, msg: 'sign match fail or timestamp is not within one hour from current time' } };

  constructor(
    private readonly token: string,
    private readonly secret: string,
    private readonly clock: Clock,
  ) {
    super();
  }

  protected judge({ url, body }: Asked): Answer | string {
    if (url.pathname !== `${this.path}/${this.token}`)
      return { status: 400, body: { code: 19001, msg: 'param invalid: incoming webhook access token invalid' } };
    if (Buffer.byteLength(body) > 20 * 1024) return { body: { code: 9499, msg: 'Bad Request: the request is over 20 KB' } };
    const { timestamp, sign, content } = JSON.parse(body) as { timestamp: string; sign: string; content: { text: string } };
    if (Math.abs(Number(timestamp) * 1000 - this.clock.now().getTime()) > 3_600_000) return this.expired;
    if (sign !== createHmac('sha256', `${timestamp}\n${this.secret}`).update('').digest('base64')) return this.expired;
    return content.text;
  }
}

/** A carrier's gateway for short messages: JSON in, code in a 200 body, its key in the body. */
export class GatewayVendor extends Vendor {
  protected readonly path = '/sms/send';
  protected readonly accepts = { body: { result: { code: '0', message: 'OK' } } };
  protected readonly busy = { body: { result: { code: 'FLOW', message: '流量控制' } } };
  protected readonly expired = { body: { result: { code: 'AUTH', message: '账号已停用' } } };

  constructor(private readonly key: string) {
    super();
  }

  protected judge({ body }: Asked): Answer | string {
    const { to, text, key, id } = JSON.parse(body) as Record<string, string>;
    // Some gateways repeat what they were given.
    if (key !== this.key) return { body: { result: { code: 'AUTH', message: `bad key ${key}` } } };
    if (!/^1\d{10}$/.test(to ?? '')) return { body: { result: { code: 'NUMBER', message: `bad number, key ${key}` } } };
    if (!id || !text || text.length > 268) return { body: { result: { code: 'TEXT', message: 'too long' } } };
    return text;
  }
}

/** A system of the city's own, which checks our signature. */
export class WebhookVendor extends Vendor {
  protected readonly path = '/hooks/notices?city=wangchuan';
  protected readonly accepts = { status: 202, body: { ok: true } };
  protected readonly busy = { status: 429, body: { error: 'slow down' } };
  protected readonly expired = { status: 401, body: { error: 'who are you' } };

  constructor(private readonly secret: string) {
    super();
  }

  protected judge({ url, headers, body }: Asked): Answer | string {
    const one = (name: string) => String(headers[name] ?? '');
    const parts = { method: 'POST', path: `${url.pathname}${url.search}`, timestamp: one('x-timestamp'), nonce: one('x-nonce'), body };
    if (!/^[\w-]{16,64}$/.test(parts.nonce) || !isSignature(one('x-signature'), parts, this.secret)) return this.expired;
    const { recipient, notices } = JSON.parse(body) as { recipient: { username: string }; notices: { title: string; viewUrl: string }[] };
    if (recipient.username === 'unknown') return { status: 422, body: { error: 'no such person' } };
    return JSON.stringify({ recipient, notices });
  }
}
