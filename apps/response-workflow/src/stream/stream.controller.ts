import { Get, Inject, Query, Req, Res, type BeforeApplicationShutdown } from '@nestjs/common';
import { BadInput, Clock } from '@huiying/domain';
import { Allow, EVERYBODY, Guarded, SessionDesk, type GuardedRequest, type LiveSession } from '../accounts/index.js';
import { ConsoleConnection, type EventSink } from './console-connection.js';
import { StreamHub } from './stream-hub.js';

const PING_MS = 15_000;
/** `connection: close`: once the stream ends its socket does too, so that a process that stops need not wait for it. */
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
  connection: 'close',
};

interface StreamRequest extends GuardedRequest {
  on(event: 'close', heard: () => void): void;
}

interface StreamAnswer extends EventSink {
  writeHead(status: number, headers: Record<string, string>): void;
}

/** The change stream as server-sent events. */
@Guarded('api/stream')
export class StreamController implements BeforeApplicationShutdown {
  private readonly connections = new Set<ConsoleConnection>();

  constructor(
    @Inject(StreamHub) private readonly hub: StreamHub,
    @Inject(SessionDesk) private readonly sessions: SessionDesk,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** After `Last-Event-ID`, else after `?after=`, else from now: all that comes once the answer has begun. Ends with the session. */
  @Get()
  @Allow(EVERYBODY)
  async open(@Query('after') after: string | undefined, @Req() request: StreamRequest, @Res() answer: StreamAnswer): Promise<void> {
    const { actor, session } = request as Required<GuardedRequest>;
    const lastEventId = request.headers['last-event-id'];
    const position = positionOf(typeof lastEventId === 'string' ? lastEventId : after);
    answer.writeHead(200, HEADERS);
    const ends: (() => void)[] = [];
    const connection = new ConsoleConnection(answer, actor, () => {
      ends.forEach((end) => end());
      this.connections.delete(connection);
    });
    this.connections.add(connection);
    request.on('close', () => connection.close());
    try {
      ends.push(await this.hub.subscribe(position, (rows) => connection.take(rows)));
    } catch (error) {
      connection.close();
      throw error;
    }
    if (!connection.isOpen) return ends.forEach((end) => end());
    // Whoever sees the answer begin reads anew what was before: not until it is known where the stream stands.
    connection.ping(this.clock.now().toISOString());
    const timer = setInterval(() => void this.keepAlive(connection, session), PING_MS);
    ends.push(() => clearInterval(timer));
  }

  beforeApplicationShutdown(): void {
    for (const connection of [...this.connections]) connection.close();
  }

  private async keepAlive(connection: ConsoleConnection, session: LiveSession): Promise<void> {
    const lives = await this.sessions.lives(session.tokenHash).catch(() => true);
    if (lives) connection.ping(this.clock.now().toISOString());
    else connection.close();
  }
}

/** @throws BadInput */
function positionOf(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  if (/^\d{1,18}$/.test(text)) return text;
  throw new BadInput([{ field: 'after', rule: 'must be a position of the stream', message: '位置标记无效' }]);
}
