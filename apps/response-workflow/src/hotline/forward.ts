import { request as askHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as askHttps } from 'node:https';

/** Said of the connection, not of the request: each stretch of the way has its own. */
const OF_THE_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'host', 'content-length', 'expect']);

type Forwarded = IncomingMessage & { originalUrl?: string; rawBody?: Buffer };

/**
 * Hands requests for the hotline's own data on to the collector, where that is a process of its own: the console's page speaks to one
 * address only. 502 where the collector does not answer.
 */
export function forwardTo(collector: string): (request: Forwarded, answer: ServerResponse, next: () => void) => void {
  const base = new URL(collector);
  const ask = base.protocol === 'https:' ? askHttps : askHttp;
  return (request, answer) => {
    const path = request.originalUrl ?? request.url ?? '/';
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !OF_THE_CONNECTION.has(name)));
    const length = request.rawBody ? { 'content-length': String(request.rawBody.length) } : {};
    // It was unpacked when it was read.
    if (request.rawBody) delete headers['content-encoding'];
    const outgoing = ask(new URL(path, base), { method: request.method, headers: { ...headers, ...length } }, (came) => {
      answer.writeHead(came.statusCode ?? 502, came.headers);
      // An answer that breaks off is told to the caller as such, instead of being waited for.
      came.on('error', () => answer.destroy()).pipe(answer);
    });
    outgoing.on('error', () => {
      if (answer.headersSent) return void answer.destroy();
      const problem = {
        code: 'collector-away',
        status: 502,
        detail: 'the collector does not answer',
        message: '采集服务暂时没有应答，请稍后再试',
      };
      answer.writeHead(502, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
    });
    // What was read as JSON already is sent as it came; anything else streams through.
    if (request.rawBody) outgoing.end(request.rawBody);
    else request.pipe(outgoing);
  };
}
