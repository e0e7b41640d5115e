import { streamXlsxRows } from 'hucre/xlsx';
import type { Cell, GridLine, Unreadable } from './row.js';
import type { Sheet } from './workbook-guard.js';

/** A spreadsheet keeps 15 digits of a number; of a longer one the last are zeros. */
const MOST_DIGITS = 1e15;

/**
 * The lines of a sheet, one after the other. Where its XML breaks, what stood before is kept and the place is told.
 * @param maxRows reads no further than so many lines
 */
export async function* sheetLines(bytes: Buffer, sheet: Sheet, maxRows?: number): AsyncIterable<GridLine | Unreadable> {
  let line = 0;
  try {
    for await (const { index, values } of streamXlsxRows(bytes, { sheet: sheet.index, ...(maxRows === undefined ? {} : { maxRows }) })) {
      line = index + 1;
      const rounded = values.flatMap((value, at) => (typeof value === 'number' && Math.abs(value) >= MOST_DIGITS ? [at] : []));
      yield { line, through: 0, cells: values.map(cellOf), ...(rounded.length > 0 ? { rounded } : {}) };
    }
  } catch (error) {
    const rule = `the rest of the sheet cannot be read: ${(error as Error).message}`;
    yield { line: line + 1, through: 0, rule, message: '自此行起工作表已损坏，其后未读；请在表格软件中重新保存后再导入' };
  }
}

/** A time is written the way the sheet shows it: a sheet knows no zone, so its reading is kept in the parts of UTC. */
function cellOf(value: unknown): Cell {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 19).replace('T', ' ');
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) >= 1e11 ? BigInt(value).toString() : value;
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}
