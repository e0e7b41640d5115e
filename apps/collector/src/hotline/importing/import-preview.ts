import { createHash } from 'node:crypto';
import type { HotlineImportView } from '@huiying/contracts/http';
import { maskAddress, maskName, maskPhone, maskText } from '@huiying/domain';
import { openTable } from '@huiying/tables';
import { readRecord } from '../read-record.js';
import { faultWords } from './fault-words.js';
import { chosenMapping, Columns, isKnownTo, USUAL_COLUMNS, type ColumnMapping, type Field } from './column-mapping.js';
import { lostDigits } from './lost-digits.js';

/** Rows shown before an import. */
const ROWS_SHOWN = 20;
const LONGEST_CELL = 200;

type Chosen = Partial<Record<Field, string | null>>;

export interface PreviewOptions {
  file: string;
  name: string;
  sheet: string | null;
  headerLine: number | null;
  /** null: to be guessed or remembered. */
  mapping: Chosen | null;
  now: Date;
  remembered: (columnsHash: string) => Promise<Chosen | null>;
}
interface PreviewRow {
  line: number;
  row: Record<string, unknown>;
  rounded?: readonly string[];
  unreadable: string | null;
}
export type Preview = Pick<
  HotlineImportView,
  'kind' | 'sheets' | 'sheet' | 'headerLine' | 'columns' | 'mapping' | 'remembered' | 'missing' | 'preview'
>;

/** What an import would take: the sheet, the header and the mapping as found or chosen, and the first rows with what is wrong with them. */
export async function previewOf(options: PreviewOptions): Promise<Preview> {
  const { file, name, sheet, headerLine } = options;
  const table = await openTable(file, {
    knows: isKnownTo(USUAL_COLUMNS),
    name,
    sheet: sheet ?? undefined,
    headerLine: headerLine ?? undefined,
  });
  const rows: PreviewRow[] = [];
  for await (const one of table.rows) {
    rows.push('row' in one ? { ...one, unreadable: null } : { line: one.line, row: {}, unreadable: one.message });
    if (rows.length >= ROWS_SHOWN) break;
  }
  const columns = table.header?.columns ?? [...new Set(rows.flatMap(({ row }) => Object.keys(row)))];
  const before = options.mapping === null ? await options.remembered(columnsHash(columns)) : null;
  const chosen = options.mapping ?? before;
  const mapping: ColumnMapping = chosen === null ? USUAL_COLUMNS : chosenMapping(chosen);
  const found = new Columns(mapping, columns);
  return {
    kind: table.kind,
    sheets: table.sheets.filter((one) => !one.isHidden).map((one) => one.name),
    sheet: table.sheet,
    headerLine: table.header?.line ?? null,
    columns,
    mapping: found.chosen,
    remembered: before !== null,
    missing: found.missing,
    preview: rows.map(({ line, row, rounded, unreadable }) => ({
      line,
      cells: columns.map((column) => cellShown(row[column], found, column)),
      faults: unreadable === null ? faultsOf(found, { row, rounded }, options.now) : [unreadable],
    })),
  };
}

/** Exports of one system have the same columns, in whatever order. */
export function columnsHash(columns: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([...columns].sort()))
    .digest('hex');
}

function faultsOf(columns: Columns, { row, rounded }: Pick<PreviewRow, 'row' | 'rounded'>, now: Date): string[] {
  if (columns.missing.length > 0) return [];
  const lost = lostDigits(columns, row, rounded);
  if (lost.length > 0) return lost.map(faultWords);
  const read = readRecord(columns.recordOf(row), now);
  return 'faults' in read ? read.faults.map(faultWords) : [];
}

/** Whoever imports sees that the columns are right, not whom they are about. */
function cellShown(value: unknown, columns: Columns, column: string): string {
  if (value === null || value === undefined) return '';
  const text = textOf(value).slice(0, LONGEST_CELL);
  if (columns.columnOf('callerName') === column) return maskName(text);
  if (columns.columnOf('callerPhone') === column) return maskPhone(text);
  if (columns.columnOf('callerIdNo') === column) return '*'.repeat(text.length);
  if (columns.columnOf('address') === column) return maskAddress(text);
  return maskText(text);
}

function textOf(value: unknown): string {
  if (typeof value !== 'object') return String(value as string | number);
  try {
    return JSON.stringify(value);
  } catch {
    return '…'; // nested deeper than can be written
  }
}
