import { closeSync, openSync, readSync, readFileSync, statSync } from 'node:fs';
import { decode } from 'iconv-lite';
import { BadInput } from '@huiying/domain';
import { guessEncoding } from '@huiying/fetching';
import { findHeader, HEADER_WITHIN, named, rowsBelow, type Header } from './header.js';
import type { GridLine, Row, TableKind, Unreadable } from './row.js';
import { csvLines, delimiterOf, jsonRows, type TextFile } from './text-rows.js';
import { inspectWorkbook, WORKBOOK_LIMITS, type Sheet } from './workbook-guard.js';
import { sheetLines } from './workbook-rows.js';

export interface TableOptions {
  /** Whether a column of this name is one that is looked for; finds the header below a title, and the sheet among others. */
  knows: (name: string) => boolean;
  /** Name of the sheet; without it the visible one whose header is best known. */
  sheet?: string | undefined;
  /** The line that names the columns, as staff count; without it the line is found. */
  headerLine?: number | undefined;
  /** What the file is called, where it lies under another name. */
  name?: string | undefined;
}

/** A file that was opened as a table. */
export interface TableFile {
  kind: TableKind;
  bytes: number;
  /** null for a workbook. */
  encoding: string | null;
  sheets: Sheet[];
  /** The sheet that is read, null where the file has none. */
  sheet: string | null;
  /** null for JSON Lines, where each row names its own columns, and for an empty file. */
  header: Header | null;
  rows: AsyncIterable<Row>;
}

const SAMPLE_BYTES = 256 * 1024;
const SHEETS_LOOKED_AT = 20;

/**
 * Opens CSV (also parted by tabs or semicolons), JSON Lines or XLSX; told apart by the bytes, then the name. Text is read as a stream in
 * whatever encoding, because spreadsheets in China save GBK; a workbook is bounded in size and unpacked sheet by sheet.
 * @throws BadInput for a file that is none of these, or a sheet that it does not have
 */
export async function openTable(path: string, options: TableOptions): Promise<TableFile> {
  const sample = beginningOf(path);
  const bytes = statSync(path).size;
  const kind = kindOf(options.name ?? path, sample);
  if (kind === 'xlsx') return openWorkbook(path, bytes, options);
  const file: TextFile = { path, encoding: guessEncoding(sample) };
  const base = { kind, bytes, encoding: file.encoding, sheets: [], sheet: null };
  if (kind === 'jsonl') return { ...base, header: null, rows: jsonRows(file) };
  const delimiter = delimiterOf(decode(sample, file.encoding));
  const lines = () => csvLines(file, delimiter);
  return { ...base, ...(await below(lines, options)) };
}

async function openWorkbook(path: string, bytes: number, options: TableOptions): Promise<TableFile> {
  const most = WORKBOOK_LIMITS.fileBytes;
  // Told before it is read: what is too large must not come into memory first.
  const content = bytes > most ? Buffer.alloc(most + 1) : readFileSync(path);
  const sheets = await inspectWorkbook(content);
  const sheet = await sheetOf(content, sheets, options);
  let lastLine = 1;
  for await (const { line } of sheetLines(content, sheet)) lastLine = line;
  const scaled = async function* (): AsyncIterable<GridLine | Unreadable> {
    for await (const line of sheetLines(content, sheet)) yield { ...line, through: bytes * Math.min(1, line.line / lastLine) };
  };
  return { kind: 'xlsx', bytes, encoding: null, sheets, sheet: sheet.name, ...(await below(scaled, options)) };
}

/** The sheet that is asked for, or the visible one whose header is known best. @throws BadInput for one that the workbook does not have */
async function sheetOf(content: Buffer, sheets: readonly Sheet[], { sheet: name, knows }: TableOptions): Promise<Sheet> {
  if (name !== undefined) {
    const asked = sheets.find((sheet) => sheet.name === name);
    if (asked) return asked;
    const names = sheets.map((sheet) => sheet.name).join('、');
    const message = `没有名为“${name}”的工作表（现有：${names}）`;
    throw new BadInput([{ field: 'sheet', rule: `must be one of ${names}`, got: name, message }]);
  }
  const visible = sheets.filter((sheet) => !sheet.isHidden);
  if (visible.length <= 1) return visible[0] ?? sheets[0]!;
  let best = { sheet: visible[0]!, known: 0 };
  for (const sheet of visible.slice(0, SHEETS_LOOKED_AT)) {
    const beginning: GridLine[] = [];
    for await (const line of sheetLines(content, sheet, HEADER_WITHIN)) if ('cells' in line) beginning.push(line);
    const known = findHeader(beginning, knows)?.columns.filter(knows).length ?? 0;
    if (known > best.known) best = { sheet, known };
  }
  return best.sheet;
}

/** Finds the header among the first lines, then reads the table anew from its beginning. */
async function below(
  lines: () => AsyncIterable<GridLine | Unreadable>,
  { knows, headerLine }: TableOptions,
): Promise<Pick<TableFile, 'header' | 'rows'>> {
  const beginning: GridLine[] = [];
  for await (const line of lines()) {
    if ('cells' in line) beginning.push(line);
    if (line.line >= (headerLine ?? 0) && beginning.length >= HEADER_WITHIN) break;
  }
  const given = headerLine === undefined ? undefined : beginning.find((line) => line.line === headerLine);
  const header = given ? { line: given.line, columns: named(given.cells) } : findHeader(beginning, knows);
  return { header, rows: header ? rowsBelow(lines(), header) : nothing() };
}

async function* nothing(): AsyncIterable<Row> {
  yield* [];
}

function beginningOf(path: string): Buffer {
  const sample = Buffer.alloc(SAMPLE_BYTES);
  const handle = openSync(path, 'r');
  try {
    return sample.subarray(0, readSync(handle, sample, 0, SAMPLE_BYTES, 0));
  } finally {
    closeSync(handle);
  }
}

const HTML = /^\s*<(?:!doctype|html|table|\?xml)/i;

/** @throws BadInput for an HTML page that calls itself a spreadsheet, as some systems export it */
function kindOf(name: string, sample: Buffer): TableKind {
  const head = sample.subarray(0, 8).toString('hex');
  if (head.startsWith('504b0304') || head === 'd0cf11e0a1b11ae1' || /\.xlsx?$/i.test(name)) {
    if (!HTML.test(sample.subarray(0, 200).toString('latin1'))) return 'xlsx';
    throw new BadInput([
      { field: 'file', rule: 'must be a workbook, not a page', message: '这个表格实为网页格式，请在表格软件中打开后另存为 .xlsx' },
    ]);
  }
  if (/\.(csv|tsv|txt)$/i.test(name)) return 'csv';
  if (/\.(jsonl|ndjson)$/i.test(name)) return 'jsonl';
  const text = sample.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
  return text.trimStart().startsWith('{') ? 'jsonl' : 'csv';
}
