import { writeXlsx } from 'hucre/xlsx';
import type { Cell } from './row.js';

/** A workbook of one sheet; the first line names the columns. Everything is text, so that no long number loses its end. */
export async function workbookOf(sheet: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Promise<Buffer> {
  const text = (cell: Cell) => (cell === null ? null : String(cell));
  const lines = [[...columns], ...rows.map((row) => row.map(text))];
  return Buffer.from(await writeXlsx({ sheets: [{ name: sheet, rows: lines }] }));
}

export interface NewSheet {
  /** Cut to the 31 characters that a sheet's name may have, without those it may not. */
  name: string;
  /** Numbers stay numbers. */
  rows: (string | number | null)[][];
}

/** A workbook of several sheets. */
export async function sheetsOf(sheets: readonly NewSheet[]): Promise<Buffer> {
  const named = sheets.map(({ name, rows }) => ({ name: name.replace(/[\\/?*[\]:：]/g, ' ').slice(0, 31), rows }));
  return Buffer.from(await writeXlsx({ sheets: named }));
}
