import type { IncomingMessage } from 'node:http';
import { proveUtf8 } from '@huiying/platform';

const MOST_BYTES = 64 * 1024;
type FormRequest = IncomingMessage & { body?: unknown; rawBody?: Buffer };

/**
 * Reads a form (application/x-www-form-urlencoded) as GeoReport v2 sends it. Only for the one address that takes forms: everywhere else a
 * form, which any site can send from a browser, is no body.
 */
export function readForm(request: FormRequest, _answer: unknown, next: (error?: unknown) => void): void {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')) return next();
  if (request.headers['content-encoding'] !== undefined)
    return next(Object.assign(new Error('a form must not be compressed'), { status: 415 }));
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= MOST_BYTES) chunks.push(chunk);
  });
  request.on('error', next);
  request.on('end', () => {
    if (bytes > MOST_BYTES) return next(Object.assign(new Error(`a form of more than ${MOST_BYTES} bytes`), { status: 413 }));
    request.rawBody = Buffer.concat(chunks);
    try {
      proveUtf8(unescaped(request.rawBody));
      request.body = formOf(request.rawBody.toString('utf8'));
    } catch (error) {
      return next(error); // thrown here it would end the process
    }
    next();
  });
}

/** The bytes that a form stands for. */
function unescaped(form: Buffer): Buffer {
  const plain = form.toString('latin1').replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1');
}

/** `attribute[A]=1` and `attribute[B][]=2&attribute[B][]=3` become { attribute: { A: ['1'], B: ['2', '3'] } }. */
export function formOf(text: string): Record<string, unknown> {
  // Without a prototype, for a sender may name a field as he likes: `attribute[constructor]`.
  const form = Object.create(null) as Record<string, unknown>;
  const attribute = Object.create(null) as Record<string, string[]>;
  for (const [name, value] of new URLSearchParams(text)) {
    const code = /^attribute\[(\w{1,32})\](\[\d*\])?$/.exec(name)?.[1];
    if (code !== undefined) (attribute[code] ??= []).push(value);
    else form[name] = value;
  }
  return { ...form, attribute };
}
