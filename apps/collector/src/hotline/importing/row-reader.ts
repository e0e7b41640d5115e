import { createReadStream, openSync, readSync, closeSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline, Transform, type Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { decodeStream } from 'iconv-lite';
import { guessEncoding } from '@huiying/fetching';

/** A row of the file, or why a line is none. */
export type Row = { line: number; row: Record<string, unknown> } | { line: number; rule: string; message: string };

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
 * @param advanced told of the bytes read so far
 */
export function openRows(file: string, advanced: (bytes: number) => void): RowFile {
  const sample = beginningOf(file);
  const encoding = guessEncoding(sample);
  const kind = kindOf(file, sample);
  let read = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      advanced((read += chunk.length));
      done(null, chunk);
    },
  });
  const text = decodeStream(encoding, { stripBOM: true });
  // A failure to read ends the decoder with the same error, which whoever reads the rows meets.
  pipeline(createReadStream(file), meter, text, () => undefined);
  const rows = kind === 'csv' ? csvRows(text as unknown as Readable) : jsonRows(text as unknown as Readable);
  return { kind, bytes: statSync(file).size, encoding, rows };
}

async function* jsonRows(text: Readable): AsyncIterable<Row> {
  let line = 0;
  for await (const content of createInterface({ input: text, crlfDelay: Infinity })) {
    line++;
    if (content.trim() !== '') yield jsonRow(line, content);
  }
}

function jsonRow(line: number, content: string): Row {
  const none = { line, rule: 'must be one JSON object', message: '应为一个 JSON 对象' };
  try {
    const row: unknown = JSON.parse(content);
    return typeof row === 'object' && row !== null && !Array.isArray(row) ? { line, row: row as Record<string, unknown> } : none;
  } catch {
    return none;
  }
}

async function* csvRows(text: Readable): AsyncIterable<Row> {
  const parser = text.pipe(
    parse({
      bom: true,
      columns: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_RECORD,
      relax_quotes: true,
    }),
  );
  text.on('error', (error) => parser.destroy(error));
  let line = 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: Record<string, string>; info: { lines: number } }>) {
      line = info.lines;
      if (Object.values(record).some((value) => value.trim() !== '')) yield { line, row: record };
    }
  } catch (error) {
    const { code } = error as { code?: string };
    if (!code?.startsWith('CSV_')) throw error;
    yield {
      line: line + 1,
      rule: `the rest of the file is no CSV: ${(error as Error).message}`,
      message: '自此行起不是有效的 CSV（多为引号未成对），其后未读',
    };
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
