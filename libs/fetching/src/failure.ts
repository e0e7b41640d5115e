import { isNativeError } from 'node:util/types';
import { BlockedAddress } from './address-guard.js';

/** Why a document could not be had. `blocked`: our own guard refused the address. */
export type FailureKind = 'unreachable' | 'certificate' | 'blocked' | 'too-large' | 'timeout' | 'http-status';

/** What went wrong, for the log (English) and for the officer (Chinese). */
export interface FetchFailure {
  outcome: 'failed';
  kind: FailureKind;
  /** One English sentence. */
  reason: string;
  /** The same in Chinese. */
  said: string;
  /** Set for http-status. */
  status: number | null;
  /** Seconds the server asked us to wait (Retry-After), for http-status. */
  retryAfterSeconds: number | null;
}

/** More bytes came than are taken; `stage` says whether on the wire or after decompression. */
export class TooLarge extends Error {
  constructor(
    readonly stage: 'received' | 'decompressed',
    readonly limitBytes: number,
  ) {
    super(`more than ${limitBytes} bytes ${stage}`);
    this.name = 'TooLarge';
  }
}

/** The whole exchange took longer than is allowed. */
export class TookTooLong extends Error {
  constructor(readonly limitMs: number) {
    super(`no whole answer within ${limitMs} ms`);
    this.name = 'TookTooLong';
  }
}

export function failure(
  kind: FailureKind,
  reason: string,
  said: string,
  more: { status?: number; retryAfterSeconds?: number | null } = {},
): FetchFailure {
  return { outcome: 'failed', kind, reason, said, status: more.status ?? null, retryAfterSeconds: more.retryAfterSeconds ?? null };
}

const TIMEOUTS = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);

const UNREACHABLE: Record<string, string> = {
  ENOTFOUND: '域名无法解析',
  EAI_AGAIN: '域名解析暂时失败',
  ECONNREFUSED: '对方拒绝连接',
  ECONNRESET: '连接被对方中断',
  EHOSTUNREACH: '网络不可达',
  ENETUNREACH: '网络不可达',
  UND_ERR_SOCKET: '连接中途断开',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: '内容未传完连接即断开',
  UND_ERR_HEADERS_OVERFLOW: '响应头过大',
};

const CERTIFICATE = /^(CERT_|ERR_TLS_CERT|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)|HOSTNAME_MISMATCH|EPROTO$)/;

/** The failure an error of the request means. Every error becomes one: nothing is thrown at the poller. */
export function failureOf(error: unknown): FetchFailure {
  const cause = rootOf(error);
  if (cause instanceof BlockedAddress) return failure('blocked', cause.message, `地址 ${cause.host} 指向内网，已拦截`);
  if (cause instanceof TooLarge) {
    return failure('too-large', cause.message, `内容超过 ${Math.round(cause.limitBytes / 1024)} KB 上限`);
  }
  if (cause instanceof TookTooLong) return failure('timeout', cause.message, `${Math.round(cause.limitMs / 1000)} 秒内未取回完整内容`);
  const { code = '', message } = cause as NodeJS.ErrnoException;
  if (TIMEOUTS.has(code)) return failure('timeout', message || code, '对方响应超时');
  if (CERTIFICATE.test(code)) return failure('certificate', `${code}: ${message}`, `HTTPS 证书或握手有问题（${code}）`);
  if (code.startsWith('Z_') || code.startsWith('ERR__ERROR_FORMAT'))
    return failure('unreachable', `the compressed body is damaged: ${message}`, '压缩内容损坏');
  return failure(
    'unreachable',
    code && !message.includes(code) ? `${code}: ${message}` : message || code || String(error),
    UNREACHABLE[code] ?? '连接失败',
  );
}

/** The error that tells most: of several addresses tried the first one's, of a wrapped error the inner one. */
function rootOf(error: unknown): Error {
  let current = isNativeError(error) ? error : new Error(String(error));
  for (let depth = 0; depth < 5; depth++) {
    const several: unknown = (current as AggregateError).errors;
    const inner: unknown = Array.isArray(several) ? several[0] : current.cause;
    if (!isNativeError(inner)) break;
    current = inner;
  }
  return current;
}
