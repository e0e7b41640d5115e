import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, constants } from 'node:zlib';
import { TooLarge } from './failure.js';

/** Bytes taken from the wire, and after decompression. */
export interface BodyLimits {
  receivedBytes: number;
  decompressedBytes: number;
}

/** An answer claims to be compressed so often that it can only be meant to harm. */
const MOST_ENCODINGS = 2;
/** A truncated stream gives what it has: a feed cut short still has its first items. */
const LENIENT = { finishFlush: constants.Z_SYNC_FLUSH };
const LENIENT_BROTLI = { finishFlush: constants.BROTLI_OPERATION_FLUSH };

export class UnknownEncoding extends Error {
  constructor(encoding: string) {
    super(`content-encoding ${encoding} is not known`);
    this.name = 'UnknownEncoding';
  }
}

/**
 * The whole body, decompressed, counted while it streams: what is over the limit is never in memory.
 * @param contentEncoding the header, e.g. `gzip` or `deflate, gzip` (applied left to right, undone right to left)
 * @throws TooLarge, UnknownEncoding, or the stream's own error
 */
export async function readBody(
  body: Readable,
  contentEncoding: string,
  limits: BodyLimits,
): Promise<{ bytes: Buffer; receivedBytes: number }> {
  const names = contentEncoding
    .toLowerCase()
    .split(',')
    .map((n) => n.trim())
    .filter((n) => n !== '' && n !== 'identity')
    .reverse();
  if (names.length > MOST_ENCODINGS) throw new UnknownEncoding(contentEncoding);
  const received = new Count('received', limits.receivedBytes);
  const chunks: Buffer[] = [];
  const decompressed = new Count('decompressed', limits.decompressedBytes);
  let source: AsyncIterable<Buffer> = received.through(body);
  for (const name of names) source = await decompress(name, source);
  for await (const chunk of decompressed.through(source)) chunks.push(chunk);
  return { bytes: Buffer.concat(chunks), receivedBytes: received.bytes };
}

/** A gzip file served as a document (feed.xml.gz), undone within the same limit. */
export async function gunzipDocument(bytes: Buffer, limits: BodyLimits): Promise<Buffer> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const chunks: Buffer[] = [];
  const source = await decompress('gzip', once(bytes));
  for await (const chunk of new Count('decompressed', limits.decompressedBytes).through(source)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

class Count {
  bytes = 0;
  constructor(
    private readonly stage: TooLarge['stage'],
    private readonly limit: number,
  ) {}

  async *through(source: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    for await (const chunk of source) {
      this.bytes += chunk.length;
      if (this.bytes > this.limit) throw new TooLarge(this.stage, this.limit);
      yield chunk;
    }
  }
}

async function decompress(name: string, source: AsyncIterable<Buffer>): Promise<AsyncIterable<Buffer>> {
  const { first, whole } = await peek(source);
  const decoder = decoderOf(name, first);
  // The pipeline's own failure is the decoder's failure too, so it is met by whoever reads the decoder.
  pipeline(whole, decoder).catch(() => undefined);
  return decoder;
}

function decoderOf(name: string, first: Buffer): Transform {
  if (name === 'gzip' || name === 'x-gzip') return createGunzip(LENIENT);
  if (name === 'br') return createBrotliDecompress(LENIENT_BROTLI);
  // Servers disagree on what deflate means: with the zlib header (8 in the low bits) or without.
  if (name === 'deflate') return ((first[0] ?? 8) & 0x0f) === 8 ? createInflate(LENIENT) : createInflateRaw(LENIENT);
  throw new UnknownEncoding(name);
}

async function peek(source: AsyncIterable<Buffer>): Promise<{ first: Buffer; whole: AsyncIterable<Buffer> }> {
  const iterator = source[Symbol.asyncIterator]();
  const start = await iterator.next();
  const first: Buffer = start.done ? Buffer.alloc(0) : start.value;
  async function* whole(): AsyncIterable<Buffer> {
    if (!start.done) yield first;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return { first, whole: whole() };
}

async function* once(bytes: Buffer): AsyncIterable<Buffer> {
  yield bytes;
}
