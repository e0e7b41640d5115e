import { randomBytes } from 'node:crypto';
import { reconcileRequest } from '@huiying/contracts/http';
import type { ReconciledOrder } from '@huiying/domain';
import { signedHeaders } from '@huiying/platform';
import { request } from 'undici';

const MOST_BYTES = 16 * 1024 * 1024;

/** Where the other side's orders of a day are had. */
export interface TheirSide {
  /** With {day} in it. */
  url: string;
  /** Name and secret with which the request is signed, as callbacks are. */
  id: string;
  secret: string;
  timeoutSeconds: number;
}

/** Asks the other side for its orders of a day. @throws Error in Chinese: no answer, another status, or another form */
export async function theirOrders({ url, id, secret, timeoutSeconds }: TheirSide, day: string, now: Date): Promise<ReconciledOrder[]> {
  const address = new URL(url.replaceAll('{day}', day));
  const parts = {
    method: 'GET',
    path: `${address.pathname}${address.search}`,
    timestamp: String(Math.floor(now.getTime() / 1000)),
    nonce: randomBytes(16).toString('hex'),
    body: '',
  };
  const answer = await request(address, {
    headers: { accept: 'application/json', ...signedHeaders(parts, id, secret) },
    headersTimeout: timeoutSeconds * 1000,
    bodyTimeout: timeoutSeconds * 1000,
  }).catch((error: Error) => {
    throw new Error(`对方没有应答（${error.message}）`);
  });
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer.body) {
    bytes += (chunk as Buffer).length;
    if (bytes > MOST_BYTES) throw new Error('对方应答超过 16 MB');
    chunks.push(chunk as Buffer);
  }
  if (answer.statusCode !== 200) throw new Error(`对方应答 HTTP ${answer.statusCode}`);
  return read(Buffer.concat(chunks).toString('utf8'));
}

function read(text: string): ReconciledOrder[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('对方应答不是 JSON');
  }
  const parsed = reconcileRequest.safeParse({ orders: (value as { orders?: unknown } | null)?.orders });
  if (parsed.success) return parsed.data.orders;
  const { path, message } = parsed.error.issues[0]!;
  throw new Error(`对方应答的 ${path.join('.')} 不合要求：${message}`);
}
