import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';

/** What of an Express request and answer this needs. */
interface FileRequest {
  method: string;
  /** As it came; `path` is cut off where a middleware is mounted. */
  originalUrl: string;
}
interface FileAnswer {
  status(code: number): FileAnswer;
  type(type: string): FileAnswer;
  send(body: string): void;
  headersSent: boolean;
  setHeader(name: string, value: string): void;
  sendFile(path: string, options: { root: string; cacheControl: boolean; dotfiles: 'deny' }, done: (error?: Error) => void): void;
}

const NOT_BUILT = '控制台尚未构建：请先运行 npm run build。 The console is not built: run npm run build first.\n';
const YEAR_SECONDS = 31_536_000;

/** Whether a path belongs to the services, so that the console must not answer it. */
export function isOfServices(path: string): boolean {
  return /^\/(api|health|a)(\/|$)/.test(path);
}

/** Serves the built console: its files by name, and its one page for every address that a person may have been sent. */
export function consoleFiles(folder: string): (request: FileRequest, answer: FileAnswer, next: () => void) => void {
  const page = (answer: FileAnswer): void => {
    if (!existsSync(join(folder, 'index.html'))) return answer.status(404).type('text/plain; charset=utf-8').send(NOT_BUILT);
    answer.setHeader('cache-control', 'no-cache');
    answer.sendFile('index.html', { root: folder, cacheControl: false, dotfiles: 'deny' }, () => undefined);
  };
  return (request, answer, next) => {
    const path = pathOf(request.originalUrl);
    if ((request.method !== 'GET' && request.method !== 'HEAD') || isOfServices(path)) return next();
    const isFile = posix.extname(path) !== '';
    if (!isFile) return page(answer);
    // Files under assets bear a fingerprint in their name: what is cached never goes stale.
    const isForEver = path.startsWith('/assets/');
    answer.setHeader('cache-control', isForEver ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    answer.sendFile(path.slice(1), { root: folder, cacheControl: false, dotfiles: 'deny' }, (error) => {
      // A browser that left in the middle of a file is an error too; there is nobody to answer.
      if (!error || answer.headersSent) return;
      answer.setHeader('cache-control', 'no-store');
      next();
    });
  };
}

/** The path of an address, decoded; one that cannot be decoded never comes so far. */
function pathOf(url: string): string {
  return decodeURIComponent(url.split('?', 1)[0]!);
}
