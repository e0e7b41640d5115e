import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventSource } from 'undici';
import { ChangeStream, type Link, type StreamListener } from './change-stream.js';

/** A server of one stream on loopback, whose answers the test gives one by one. */
class StreamServer {
  readonly requests: IncomingMessage[] = [];
  private waiting: ((answer: ServerResponse) => void)[] = [];
  private unclaimed: ServerResponse[] = [];
  private readonly server: Server = createServer((request, answer) => {
    this.requests.push(request);
    const claim = this.waiting.shift();
    if (claim === undefined) this.unclaimed.push(answer);
    else claim(answer);
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  next(): Promise<ServerResponse> {
    const answer = this.unclaimed.shift();
    return answer === undefined ? new Promise((resolve) => this.waiting.push(resolve)) : Promise.resolve(answer);
  }
  /** Answers the next request with an open stream that tells the browser to come back at once after a cut. */
  async openStream(): Promise<ServerResponse> {
    const answer = await this.next();
    answer.writeHead(200, { 'content-type': 'text/event-stream' });
    answer.write('retry: 1\n\nevent: ping\ndata: {"serverTime":"2026-11-22T06:00:00Z"}\n\n');
    return answer;
  }
  close(): Promise<unknown> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }
}

/** Notes what the stream tells, and waits for it. */
class Notes implements StreamListener {
  readonly told: string[] = [];
  private watchers: (() => void)[] = [];
  onLink = (link: Link) => this.tell(link.state);
  onBack = () => this.tell('back');
  onChange = (change: { position: string }) => this.tell(`change ${change.position}`);
  onNotice = (notice: { id: string }) => this.tell(`notice ${notice.id}`);
  onServerTime = () => undefined;

  async until(word: string): Promise<void> {
    while (!this.told.includes(word)) await new Promise<void>((resolve) => this.watchers.push(resolve));
  }
  private tell(word: string): void {
    this.told.push(word);
    this.watchers.splice(0).forEach((tell) => tell());
  }
}

const change = (position: number) => `id: ${position}\nevent: change\ndata: {"position":"${position}"}\n\n`;

describe('the change stream, over real HTTP', () => {
  let server: StreamServer;
  let stream: ChangeStream;
  let notes: Notes;
  const before = globalThis.EventSource;

  beforeEach(async () => {
    server = new StreamServer();
    const origin = await server.listen();
    // A browser resolves the path against its page; Node has no page.
    globalThis.EventSource = class extends EventSource {
      constructor(path: string) {
        super(new URL(path, origin).href);
      }
    } as unknown as typeof globalThis.EventSource;
    notes = new Notes();
    stream = new ChangeStream(notes);
    stream.open();
  });
  afterEach(async () => {
    stream.close();
    globalThis.EventSource = before;
    await server.close();
  });

  it('hands on changes and notices', async () => {
    const answer = await server.openStream();
    answer.write(`${change(7)}event: notice\ndata: {"id":"n1"}\n\n`);
    await notes.until('notice n1');
    expect(notes.told).toEqual(['live', 'change 7', 'notice n1']);
  });

  it('says that the connection is lost, comes back by itself and names the last position seen', async () => {
    const first = await server.openStream();
    first.write(change(7));
    await notes.until('change 7');
    first.destroy();
    await notes.until('lost');
    const second = await server.openStream();
    second.write(change(8));
    await notes.until('change 8');
    expect(notes.told).toEqual(['live', 'change 7', 'lost', 'live', 'back', 'change 8']);
    expect(server.requests[1]!.headers['last-event-id']).toBe('7');
  });

  it('tries again after the last position where the browser gives up', async () => {
    const first = await server.openStream();
    first.write(change(7));
    await notes.until('change 7');
    first.destroy();
    (await server.next()).writeHead(503).end();
    await server.openStream();
    await notes.until('back');
    expect(server.requests[server.requests.length - 1]!.url).toBe('/api/stream?after=7');
  });
});
