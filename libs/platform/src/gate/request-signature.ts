import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What a signature is made of. */
export interface SignedParts {
  method: string;
  /** Path and query as sent. */
  path: string;
  /** Seconds since 1970. */
  timestamp: string;
  nonce: string;
  body: Buffer | string;
}

/** A request's time may differ from ours by so much, either way. */
export const CLOCK_SKEW_SECONDS = 300;

/** HMAC-SHA256 over method, path, time, nonce and the body's SHA-256, one a line; in hex. The key itself never travels. */
export function signatureOf({ method, path, timestamp, nonce, body }: SignedParts, key: string): string {
  const digest = createHash('sha256').update(body).digest('hex');
  return createHmac('sha256', key).update([method.toUpperCase(), path, timestamp, nonce, digest].join('\n')).digest('hex');
}

/** The headers of a signed request. */
export function signedHeaders(parts: SignedParts, keyName: string, key: string): Record<string, string> {
  const { timestamp, nonce } = parts;
  return { 'x-key-name': keyName, 'x-timestamp': timestamp, 'x-nonce': nonce, 'x-signature': signatureOf(parts, key) };
}

/** Compared in constant time, whatever came. */
export function isSignature(given: string, parts: SignedParts, key: string): boolean {
  const expected = Buffer.from(signatureOf(parts, key), 'hex');
  const came = /^[0-9a-f]{64}$/i.test(given) ? Buffer.from(given, 'hex') : Buffer.alloc(expected.length);
  return timingSafeEqual(expected, came);
}

export type TimeVerdict = 'fits' | 'no-time' | 'too-old' | 'too-new';

/** Whether a request's time lies within the skew allowed, both ends included. */
export function judgeTime(timestamp: string, now: Date): TimeVerdict {
  if (!/^\d{9,11}$/.test(timestamp)) return 'no-time';
  const ageSeconds = Math.floor(now.getTime() / 1000) - Number(timestamp);
  if (ageSeconds > CLOCK_SKEW_SECONDS) return 'too-old';
  return ageSeconds < -CLOCK_SKEW_SECONDS ? 'too-new' : 'fits';
}
