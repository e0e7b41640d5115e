import { createReadStream, openSync, readSync, closeSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline, type Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { decodeStream } from 'iconv-lite';
import { guessEncoding } from '@huiying/fetching';

/** A row of the file, or why a line is none. */
export type Row = Content & {
  line: number;
  /** Bytes of the file up to the end of this row; an estimate where the file is not UTF-8. */
  through: number;
};
type Content = { row: Record<string, unknown> } | { rule: string; message: string };

export type FileKind = 'csv' | 'jsonl';

const SAMPLE_BYTES = 256 * 1024;
/** No work order is longer; a file with an open quote would otherwise be read into memory whole. */
const LONGEST_RECORD = 1024 * 1024;

export interface RowFile {
  kind: FileKind;
  bytes: number;
  encoding: string;
  rows: AsyncIterable<Row>;
}

/**
 * Reads a file row by row, never whole. CSV and JSON Lines are told apart by the name or else by the first character;
 * the encoding by its bytes, because spreadsheets in China save GBK.
 */
export function openRows(file: string): RowFile {
  const sample = beginningOf(file);
  const encoding = guessEncoding(sample);
  const kind = kindOf(file, sample);
  const text = decodeStream(encoding, { stripBOM: true }) as unknown as Readable & NodeJS.WritableStream;
  // A failure to read ends the decoder with the same error, which whoever reads the rows meets.
  pipeline(createReadStream(file), text, () => undefined);
  // Chinese takes three bytes in UTF-8 and two elsewhere.
  const scale = encoding === 'utf8' ? 1 : 2 / 3;
  return { kind, bytes: statSync(file).size, encoding, rows: kind === 'csv' ? csvRows(text, scale) : jsonRows(text, scale) };
}

async function* jsonRows(text: Readable, scale: number): AsyncIterable<Row> {
  let line = 0;
  let bytes = 0;
  for await (const content of createInterface({ input: text, crlfDelay: Infinity })) {
    line++;
    bytes += Buffer.byteLength(content) + 1;
    if (content.trim() !== '') yield { line, through: bytes * scale, ...jsonObject(content) };
  }
}

function jsonObject(content: string): Content {
  const none = { rule: 'must be one JSON object', message: '应为一个 JSON 对象' };
  try {
    const row: unknown = JSON.parse(content);
    return typeof row === 'object' && row !== null && !Array.isArray(row) ? { row: row as Record<string, unknown> } : none;
  } catch {
    return none;
  }
}

async function* csvRows(text: Readable, scale: number): AsyncIterable<Row> {
  const parser = text.pipe(
    parse({
      bom: true,
      columns: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_RECORD,
    }),
  );
  text.on('error', (error) => parser.destroy(error));
  let last = { lines: 1, bytes: 0 };
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: Record<string, string>; info: typeof last }>) {
      last = info;
      const isBlank = Object.values(record).every((value) => value.trim() === '');
      if (!isBlank) yield { line: info.lines, through: info.bytes * scale, row: record };
    }
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    if (!code?.startsWith('CSV_')) throw error;
    const rule = `the rest of the file is no CSV: ${message}`;
    yield { line: last.lines + 1, through: last.bytes * scale, rule, message: '自此行起不是有效的 CSV（多为引号未成对），其后未读' };
  }
}

function beginningOf(file: string): Buffer {
  const sample = Buffer.alloc(SAMPLE_BYTES);
  const handle = openSync(file, 'r');
  try {
    return sample.subarray(0, readSync(handle, sample, 0, SAMPLE_BYTES, 0));
  } finally {
    closeSync(handle);
  }
}

function kindOf(file: string, sample: Buffer): FileKind {
  if (/\.csv$/i.test(file)) return 'csv';
  if (/\.(jsonl|ndjson)$/i.test(file)) return 'jsonl';
  return sample
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .startsWith('{')
    ? 'jsonl'
    : 'csv';
}
