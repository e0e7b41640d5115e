import { writeXlsx } from 'hucre/xlsx';
import type { Cell } from './row.js';

/** A workbook of one sheet; the first line names the columns. Everything is text, so that no long number loses its end. */
export async function workbookOf(sheet: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Promise<Buffer> {
  const text = (cell: Cell) => (cell === null ? null : String(cell));
  const lines = [[...columns], ...rows.map((row) => row.map(text))];
  return Buffer.from(await writeXlsx({ sheets: [{ name: sheet, rows: lines }] }));
}
