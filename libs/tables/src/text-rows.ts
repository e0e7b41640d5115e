import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { decodeStream } from 'iconv-lite';
import type { GridLine, Row, Unreadable } from './row.js';

/** No work order is longer; a file with an open quote would otherwise be read into memory whole. */
const LONGEST_RECORD = 1024 * 1024;

/** A text file in an encoding that was found out before. */
export interface TextFile {
  path: string;
  encoding: string;
}

/** One JSON object a line. A line that is none is told of, and the others are read all the same. */
export async function* jsonRows(file: TextFile): AsyncIterable<Row> {
  const scale = scaleOf(file);
  let line = 0;
  let bytes = 0;
  for await (const { content, length } of linesOf(textOf(file))) {
    line++;
    bytes += length + 1;
    if (content === null) yield { line, through: bytes * scale, ...TOO_LONG };
    else if (content.trim() !== '') yield { line, through: bytes * scale, ...jsonObject(content) };
  }
}

/** Of a line that is no record so much is kept, in characters. */
const TEXT_KEPT = 2_000;
const TOO_LONG = { rule: 'must be no longer than 1 MB', message: '这一行超过 1 MB，不是一条记录' };

/** The lines of a text and their bytes in UTF-8. Of one that is longer than any record nothing is held but its length; its content is null. */
async function* linesOf(text: AsyncIterable<string>): AsyncIterable<{ content: string | null; length: number }> {
  let held = '';
  let length = 0;
  const take = () => {
    const line = { content: length > LONGEST_RECORD ? null : held, length };
    [held, length] = ['', 0];
    return line;
  };
  for await (const chunk of text) {
    for (const [i, part] of chunk.split('\n').entries()) {
      if (i > 0) yield take();
      length += Buffer.byteLength(part);
      if (length <= LONGEST_RECORD) held += part;
    }
  }
  if (length > 0) yield take();
}

function jsonObject(content: string): { row: Record<string, unknown> } | Pick<Unreadable, 'rule' | 'message' | 'text'> {
  const none = {
    rule: 'must be one JSON object; mend it in the original',
    message: '这一行不是一个 JSON 对象，请在原文件中改好后再导入',
    text: content.trim().slice(0, TEXT_KEPT),
  };
  try {
    const row: unknown = JSON.parse(content);
    return typeof row === 'object' && row !== null && !Array.isArray(row) ? { row: row as Record<string, unknown> } : none;
  } catch {
    return none;
  }
}

/** The lines of a CSV. Where it stops being one, what stood before is kept and the place is told. */
export async function* csvLines(file: TextFile, delimiter: string): AsyncIterable<GridLine | Unreadable> {
  const scale = scaleOf(file);
  const text = textOf(file);
  const parser = text.pipe(
    parse({
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_RECORD,
    }),
  );
  text.on('error', (error) => parser.destroy(error));
  let last = { lines: 0, bytes: 0 };
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: typeof last }>) {
      last = info;
      yield { line: info.lines, through: info.bytes * scale, cells: record };
    }
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    if (!code?.startsWith('CSV_')) throw error;
    const rule = `the rest of the file is no CSV: ${message}`;
    yield { line: last.lines + 1, through: last.bytes * scale, rule, message: '自此行起不是有效的 CSV（多为引号未成对），其后未读' };
  }
}

/** What parts the columns: the sign that the first lines hold most of. */
export function delimiterOf(sample: string): string {
  const beginning = sample.split('\n', 10).join('\n');
  const times = (sign: string) => beginning.split(sign).length;
  return ['\t', ';'].reduce((best, sign) => (times(sign) > times(best) ? sign : best), ',');
}

function textOf({ path, encoding }: TextFile): Readable {
  const text = decodeStream(encoding, { stripBOM: true }) as unknown as Readable & NodeJS.WritableStream;
  // A failure to read ends the decoder with the same error, which whoever reads the rows meets.
  pipeline(createReadStream(path), text, () => undefined);
  return text;
}

/** Chinese takes three bytes in UTF-8, by which the parsers count, and two elsewhere. */
function scaleOf({ encoding }: TextFile): number {
  return encoding === 'utf8' ? 1 : 2 / 3;
}
