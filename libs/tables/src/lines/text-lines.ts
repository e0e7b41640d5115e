import { createReadStream } from 'node:fs';
import { BadInput } from '@huiying/domain';

/** No message is longer; a line without an end would otherwise be read into memory whole. */
export const LONGEST_LINE_BYTES = 4 * 1024 * 1024;
const LINE_END = 0x0a;

/** A line of a text file, counted from 1, or why it cannot be read. */
export type TextLine = { number: number; text: string } | { number: number; fault: string };

/**
 * The lines of a file in UTF-8, or of a stream, without their ends; a byte-order mark at the beginning is left out. Bounded in memory.
 * @throws BadInput for a directory, a file that cannot be opened, and one that holds bytes of no text (NUL)
 */
export async function* textLines(input: string | NodeJS.ReadableStream): AsyncGenerator<TextLine> {
  const name = typeof input === 'string' ? input : '-';
  const stream = typeof input === 'string' ? createReadStream(input) : input;
  let number = 0;
  let held: Buffer[] = [];
  let bytes = 0;
  const take = (): TextLine => {
    const line = lineOf(++number, held, bytes);
    [held, bytes] = [[], 0];
    return line;
  };
  try {
    for await (const chunk of stream as AsyncIterable<Buffer | string>) {
      const block = Buffer.from(chunk as Buffer);
      let from = 0;
      for (let end = block.indexOf(LINE_END); end >= 0 || from < block.length; end = block.indexOf(LINE_END, from)) {
        const piece = block.subarray(from, end < 0 ? block.length : end);
        if (piece.includes(0)) throw notText(name, number + 1);
        bytes += piece.length;
        if (bytes <= LONGEST_LINE_BYTES) held.push(piece);
        if (end < 0) break;
        from = end + 1;
        yield take();
      }
    }
  } catch (error) {
    throw fileFault(error as Error, name);
  }
  if (bytes > 0) yield take();
}

function lineOf(number: number, held: readonly Buffer[], bytes: number): TextLine {
  if (bytes > LONGEST_LINE_BYTES)
    return { number, fault: `must be no longer than ${LONGEST_LINE_BYTES / 1024 / 1024} MB; got ${(bytes / 1024 / 1024).toFixed(1)} MB` };
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: number > 1 }).decode(Buffer.concat(held));
    return { number, text: text.endsWith('\r') ? text.slice(0, -1) : text };
  } catch {
    return { number, fault: 'must be text in UTF-8' };
  }
}

function notText(file: string, number: number): BadInput {
  return new BadInput([{ field: `${file}: line ${number}:`, rule: 'must be text in UTF-8, it holds bytes that are none' }]);
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
