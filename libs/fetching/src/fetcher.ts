import { Agent, request, type Dispatcher } from 'undici';
import { lookup as systemLookup } from 'node:dns';
import { BlockedAddress, guardedLookup, hostAndPort, isPublicAddress, literalAddress } from './address-guard.js';
import { failure, failureOf, TookTooLong, type FetchFailure } from './failure.js';
import { gunzipDocument, readBody, type BodyLimits } from './read-body.js';
import { secondsToWait } from './retry-after.js';

export interface FetchLimits extends BodyLimits {
  /** From the first connection to the last byte, redirects included. */
  totalMs: number;
  /** To connect, to wait for headers, and between two pieces of the body. */
  idleMs: number;
  redirects: number;
}

const LIMITS: FetchLimits = {
  receivedBytes: 10 * 1024 * 1024,
  decompressedBytes: 10 * 1024 * 1024,
  totalMs: 30_000,
  idleMs: 10_000,
  redirects: 5,
};

export interface FetcherOptions {
  /** Private addresses that may be fetched all the same, as host:port (HUIYING_FETCH_ALLOW). */
  allow?: readonly string[];
  /** Says who comes, so that a site's operator can tell us apart from an attacker. */
  userAgent?: string;
  limits?: Partial<FetchLimits>;
  /** How names become addresses; the system's way by default. */
  lookup?: typeof systemLookup;
}

/** What the server told at the last visit, so that an unchanged document costs it nothing. */
export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

/** How an interface is asked, where more than its address is needed. What it holds may be a secret, so no redirect is followed with it. */
export interface AskedHow {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: string | null;
  /** The answer is read whatever its status: the body says why. */
  anyStatus?: boolean;
}

export interface FetchedDocument {
  outcome: 'fetched';
  status: number;
  /** Where the document was in the end. */
  url: string;
  contentType: string | null;
  validators: Validators;
  /** The answer's headers, as kept with the evidence. */
  headers: Record<string, string>;
  /** The document's own bytes, decompressed. */
  bytes: Buffer;
  receivedBytes: number;
}

/** Answers are values: `fetch` never throws for anything that a server or a network does. */
export type FetchAnswer = FetchedDocument | { outcome: 'not-modified' } | FetchFailure;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const ACCEPT = 'application/rss+xml, application/atom+xml, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5';
const USER_AGENT = 'Huiying/0.1 (feed reader of a city government)';

/** Fetches public documents, and nothing else: guarded against private addresses, endless bodies, endless waits and endless redirects. */
export class Fetcher {
  private readonly limits: FetchLimits;
  private readonly allow: ReadonlySet<string>;
  private readonly guarded: Agent;
  /** For hosts on the allow-list only. */
  private readonly open: Agent;

  constructor(private readonly options: FetcherOptions = {}) {
    this.limits = { ...LIMITS, ...options.limits };
    this.allow = new Set((options.allow ?? []).map((entry) => entry.toLowerCase()));
    const lookup = options.lookup ?? systemLookup;
    const agent = { headersTimeout: this.limits.idleMs, bodyTimeout: this.limits.idleMs, keepAliveTimeout: 1_000 };
    this.guarded = new Agent({ ...agent, connect: { timeout: this.limits.idleMs, lookup: guardedLookup(lookup) } });
    this.open = new Agent({ ...agent, connect: { timeout: this.limits.idleMs } });
  }

  /** Whether the address is on the allow-list, so one of our own net's. */
  isAllowed(url: string): boolean {
    return URL.canParse(url) && this.allow.has(hostAndPort(new URL(url)));
  }

  async fetch(url: string, known: Validators = { etag: null, lastModified: null }, how?: AskedHow): Promise<FetchAnswer> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(new TookTooLong(this.limits.totalMs)), this.limits.totalMs);
    try {
      return await this.follow(url, known, abort.signal, how);
    } catch (error) {
      return failureOf(abort.signal.aborted ? abort.signal.reason : error);
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.guarded.destroy(), this.open.destroy()]);
  }

  private async follow(start: string, known: Validators, signal: AbortSignal, how?: AskedHow): Promise<FetchAnswer> {
    let address = start;
    for (let hops = 0; hops <= this.limits.redirects; hops++) {
      const url = permitted(address);
      if (!(url instanceof URL)) return url;
      const answer = await this.ask(url, known, signal, how);
      const location = headerOf(answer, 'location');
      if (!REDIRECTS.has(answer.statusCode) || location === null) return await this.read(url, answer, known, how?.anyStatus);
      await answer.body.dump({ limit: 64 * 1024 });
      if (how)
        return failure('http-status', 'a redirect is not followed with a key', '接口跳转到其他地址，未随之发送密钥', {
          status: answer.statusCode,
        });
      if (!URL.canParse(location, url.href))
        return failure('http-status', `redirected to an address that is none: ${location.slice(0, 200)}`, '对方跳转到无效地址');
      address = new URL(location, url.href).href;
    }
    return failure('http-status', `more than ${this.limits.redirects} redirects`, `跳转超过 ${this.limits.redirects} 次`);
  }

  private ask(url: URL, known: Validators, signal: AbortSignal, how?: AskedHow): Promise<Dispatcher.ResponseData> {
    const literal = literalAddress(url.hostname);
    const isAllowed = this.allow.has(hostAndPort(url));
    // net.connect asks no lookup for a literal address, so it is checked here.
    if (!isAllowed && literal !== null && !isPublicAddress(literal)) throw new BlockedAddress(url.host, literal);
    return request(url, {
      dispatcher: isAllowed ? this.open : this.guarded,
      signal,
      ...(how ? { method: how.method, body: how.body } : {}),
      headers: {
        'user-agent': this.options.userAgent ?? USER_AGENT,
        accept: how ? 'application/json' : ACCEPT,
        'accept-encoding': 'gzip, deflate, br',
        ...(known.etag === null ? {} : { 'if-none-match': known.etag }),
        ...(known.lastModified === null ? {} : { 'if-modified-since': known.lastModified }),
        ...how?.headers,
      },
    });
  }

  private async read(url: URL, answer: Dispatcher.ResponseData, known: Validators, anyStatus = false): Promise<FetchAnswer> {
    const status = answer.statusCode;
    if (status === 304 && (known.etag !== null || known.lastModified !== null)) {
      await answer.body.dump({ limit: 64 * 1024 });
      return { outcome: 'not-modified' };
    }
    if (!anyStatus && (status < 200 || status > 203)) {
      await answer.body.dump({ limit: 64 * 1024 });
      const retryAfterSeconds = secondsToWait(headerOf(answer, 'retry-after'), headerOf(answer, 'date'));
      return failure('http-status', `the server answered ${status}`, `对方返回 HTTP ${status}`, { status, retryAfterSeconds });
    }
    const { bytes, receivedBytes } = await readBody(answer.body, headerOf(answer, 'content-encoding') ?? '', this.limits);
    return {
      outcome: 'fetched',
      status,
      url: url.href,
      contentType: headerOf(answer, 'content-type'),
      validators: { etag: headerOf(answer, 'etag'), lastModified: headerOf(answer, 'last-modified') },
      headers: flat(answer.headers),
      bytes: await gunzipDocument(bytes, this.limits),
      receivedBytes,
    };
  }
}

/** A URL that may be asked for: http or https, without a password in it. */
function permitted(address: string): URL | FetchFailure {
  if (!URL.canParse(address)) return failure('blocked', `not an address: ${address.slice(0, 200)}`, '地址无效');
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return failure('blocked', `only http and https are fetched; got ${url.protocol}`, '仅支持 http、https 地址');
  if (url.username !== '' || url.password !== '')
    return failure('blocked', 'the address must not hold a user name or password', '地址中不得包含用户名、密码');
  return url;
}

function headerOf(answer: Dispatcher.ResponseData, name: string): string | null {
  const value = answer.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/** Cookies are not kept: they are theirs, and no evidence. */
function flat(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const kept = Object.entries(headers).filter(([name, value]) => value !== undefined && name !== 'set-cookie');
  return Object.fromEntries(kept.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)]));
}
