import { isUtf8, transcode } from 'node:buffer';
import { createReadStream, readFileSync } from 'node:fs';
import { BadInput } from '@huiying/domain';

/** No message is longer; a line without an end would otherwise be read into memory whole. */
export const LONGEST_LINE_BYTES = 4 * 1024 * 1024;
const LINE_END = 0x0a;

/** A line of a text file, counted from 1, or why it cannot be read. */
export type TextLine = { number: number; text: string } | FaultyLine;
interface FaultyLine {
  number: number;
  fault: string;
}

/** Whole lines as they stand in a file, of which the first has this number; or one line that is too long to be held. */
export type LineBlock = { number: number; bytes: Uint8Array } | FaultyLine;

/**
 * The lines of a file in UTF-8, or of a stream, without their ends; a byte-order mark at the beginning is left out. Bounded in memory.
 * @throws BadInput for a directory, a file that cannot be opened, and one that holds bytes of no text (NUL)
 */
export async function* textLines(input: string | NodeJS.ReadableStream): AsyncGenerator<TextLine> {
  for await (const block of lineBlocks(input)) yield* linesIn(block);
}

/** As textLines, in blocks of about 64 KB that are not yet read: `linesIn` reads them, here or in another thread. */
export async function* lineBlocks(input: string | NodeJS.ReadableStream): AsyncGenerator<LineBlock> {
  const name = typeof input === 'string' ? input : '-';
  const stream = typeof input === 'string' ? createReadStream(input) : input;
  let number = 1;
  const begun = new BegunLine();
  try {
    for await (const chunk of stream as AsyncIterable<Buffer | string>) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      const noText = bytes.indexOf(0);
      const text = noText < 0 ? bytes : bytes.subarray(0, noText);
      const end = text.lastIndexOf(LINE_END) + 1;
      if (end > 0) {
        for (const block of begun.ended(text.subarray(0, end), number)) {
          yield block;
          number += 'fault' in block ? 1 : linesOf(block.bytes);
        }
      }
      if (noText >= 0) throw notText(name, number);
      begun.add(text.subarray(end));
    }
  } catch (error) {
    throw fileFault(error as Error, name);
  }
  yield* begun.ended(Buffer.alloc(0), number);
}

/** The line whose end has not come yet; of one that is too long only the length is kept. */
class BegunLine {
  private held: Uint8Array[] = [];
  private bytes = 0;

  add(piece: Uint8Array): void {
    this.bytes += piece.length;
    if (this.bytes > LONGEST_LINE_BYTES) this.held = [];
    else if (piece.length > 0) this.held.push(piece);
  }

  /** @param rest whole lines, the first of which ends this one; none at the end of the file. @param number of this one */
  *ended(rest: Buffer, number: number): Generator<LineBlock> {
    const { held, bytes } = this;
    [this.held, this.bytes] = [[], 0];
    const own = rest.indexOf(LINE_END) + 1;
    const isTooLong = bytes + Math.max(0, own - 1) > LONGEST_LINE_BYTES;
    if (isTooLong) yield tooLong(number, bytes + Math.max(0, own - 1));
    const lines = isTooLong ? rest.subarray(own) : held.length === 0 ? rest : Buffer.concat([...held, rest]);
    if (lines.length > 0) yield { number: isTooLong ? number + 1 : number, bytes: lines };
  }
}

function linesOf(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(LINE_END); at >= 0; at = bytes.indexOf(LINE_END, at + 1)) lines++;
  return lines;
}

/** The lines of a block. */
export function* linesIn(block: LineBlock): Generator<TextLine> {
  if ('fault' in block) return yield block;
  const { bytes } = block;
  const whole = bytes.length > LONGEST_LINE_BYTES ? null : decoded(bytes, block.number);
  if (whole === null) return yield* oneByOne(bytes, block.number);
  let { number } = block;
  for (let from = 0; from < whole.length; number++) {
    const end = whole.indexOf('\n', from);
    yield { number, text: withoutReturn(whole.slice(from, end < 0 ? whole.length : end)) };
    from = end < 0 ? whole.length : end + 1;
  }
}

/** Where not all is text in UTF-8, each line is asked for itself. */
function* oneByOne(bytes: Uint8Array, first: number): Generator<TextLine> {
  let number = first;
  for (let from = 0; from < bytes.length; number++) {
    const end = bytes.indexOf(LINE_END, from);
    yield lineOf(number, bytes.subarray(from, end < 0 ? bytes.length : end));
    from = end < 0 ? bytes.length : end + 1;
  }
}

function lineOf(number: number, bytes: Uint8Array): TextLine {
  if (bytes.length > LONGEST_LINE_BYTES) return tooLong(number, bytes.length);
  const text = decoded(bytes, number);
  return text === null ? { number, fault: 'must be text in UTF-8' } : { number, text: withoutReturn(text) };
}

const MARK = '\ufeff';

/**
 * Null where it is no text in UTF-8. A byte-order mark is one in line 1 only. By `transcode`, which takes a tenth of the time that
 * TextDecoder and toString take for Chinese.
 */
function decoded(bytes: Uint8Array, number: number): string | null {
  if (!isUtf8(bytes)) return null;
  const text = transcode(bytes, 'utf8', 'utf16le').toString('utf16le');
  return number === 1 && text.startsWith(MARK) ? text.slice(MARK.length) : text;
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

function tooLong(number: number, bytes: number): FaultyLine {
  const megabytes = (count: number) => count / 1024 / 1024;
  return { number, fault: `must be no longer than ${megabytes(LONGEST_LINE_BYTES)} MB; got ${megabytes(bytes).toFixed(1)} MB` };
}

function notText(file: string, number: number): BadInput {
  return new BadInput([{ field: `${file}: line ${number}:`, rule: 'must be text in UTF-8, it holds bytes that are none' }]);
}

/** The whole of a small file. @throws BadInput in one sentence that names it */
export function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw fileFault(error as Error, file);
  }
}

/** An error of opening or reading a file as one sentence that names it; any other as it is. */
export function fileFault(error: Error & { code?: string }, file: string): Error {
  const why = error.code === undefined ? undefined : FILE_FAULTS[error.code];
  return why === undefined ? error : new BadInput([{ field: `${file}:`, rule: `${why} (${error.code})` }]);
}

const FILE_FAULTS: Record<string, string> = {
  ENOENT: 'must be a file, there is none of this name',
  ENOTDIR: 'must be a file, there is none of this name',
  EISDIR: 'must be a file, it is a directory',
  EACCES: 'must be a file that may be read',
};
