import { Fetcher, type FetchLimits } from '@huiying/fetching';
import type { SendOutcome } from './notifier.js';

const LIMITS: Partial<FetchLimits> = {
  totalMs: 10_000,
  idleMs: 10_000,
  redirects: 0,
  receivedBytes: 64 * 1024,
  decompressedBytes: 64 * 1024,
};

export interface HttpAnswer {
  status: number;
  text: string;
}

/** Reads what the other end answered. Pure, so that every answer is a row in a test table. */
export type AnswerReader = (answer: HttpAnswer) => SendOutcome;

/** HTTP towards those who carry our messages: public addresses, and those of HUIYING_CHANNEL_ALLOW; redirects are not followed. */
export class ChannelHttp {
  private readonly fetcher: Fetcher;

  constructor(allow: readonly string[], limits: Partial<FetchLimits> = {}) {
    this.fetcher = new Fetcher({ allow, userAgent: 'Huiying/0.1 (notices of a city government)', limits: { ...LIMITS, ...limits } });
  }

  async ask(
    how: { method: 'GET' | 'POST'; url: string; headers: Record<string, string>; body: string | null },
    read: AnswerReader,
  ): Promise<SendOutcome> {
    const { url, ...rest } = how;
    const answer = await this.fetcher.fetch(url, { etag: null, lastModified: null }, { ...rest, anyStatus: true });
    if (answer.outcome === 'fetched') return read({ status: answer.status, text: answer.bytes.toString('utf8') });
    if (answer.outcome === 'not-modified') return { outcome: 'retry', reason: '对方返回 HTTP 304' };
    // Our own guard, or a door that leads elsewhere: nothing gets through until the settings are mended.
    const isOurs = answer.kind === 'blocked' || answer.status !== null;
    return { outcome: isOurs ? 'broken' : 'retry', reason: answer.said };
  }

  json(url: string, body: unknown, read: AnswerReader, headers: Record<string, string> = {}): Promise<SendOutcome> {
    const all = { 'content-type': 'application/json; charset=utf-8', ...headers };
    return this.ask({ method: 'POST', url, headers: all, body: JSON.stringify(body) }, read);
  }

  close(): Promise<void> {
    return this.fetcher.close();
  }
}

/** What a status alone says, where the body says nothing that is known. */
export function outcomeOfStatus(status: number, reason = `对方返回 HTTP ${status}`): SendOutcome {
  if (status === 429) return { outcome: 'retry', reason, waitSeconds: 60 };
  if (status >= 500 || status === 408 || status === 425) return { outcome: 'retry', reason };
  if (status === 401 || status === 403 || status === 404 || status === 410) return { outcome: 'broken', reason };
  if (status >= 400) return { outcome: 'refused', reason };
  return { outcome: 'retry', reason: `对方的回答无法识别（HTTP ${status}）` };
}

/** The codes of one vendor. What is in none of the lists is about this message, and refused. */
export interface VendorCodes {
  /** The key of the code and of the words beside it. */
  code: string;
  words: string;
  /** code → seconds the channel waits. */
  later: Readonly<Record<number, number>>;
  broken: readonly number[];
}

/** Reads an answer of the kind `HTTP 200 {"errcode": 0, "errmsg": "ok"}`. */
export function readVendorAnswer({ status, text }: HttpAnswer, { code, words, later, broken }: VendorCodes): SendOutcome {
  const answer = jsonObject(text);
  const given = answer?.[code];
  if (typeof given !== 'number') return outcomeOfStatus(status);
  const said = answer![words];
  const told = `${given} ${typeof said === 'string' ? said.replace(/\s+/g, ' ').slice(0, 200) : ''}`.trim();
  if (given === 0) return status < 300 ? { outcome: 'accepted', receipt: told } : outcomeOfStatus(status, told);
  const waitSeconds = later[given];
  if (waitSeconds !== undefined) return { outcome: 'retry', reason: told, ...(waitSeconds > 0 ? { waitSeconds } : {}) };
  return { outcome: broken.includes(given) ? 'broken' : 'refused', reason: told };
}

export function jsonObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
