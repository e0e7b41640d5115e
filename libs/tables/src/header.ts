import type { Cell, GridLine, Row, Unreadable } from './row.js';

/** Where the columns of a table are named. */
export interface Header {
  /** As staff count: the first line is 1. */
  line: number;
  columns: string[];
}

/** Exports put a title, a date and a remark above their header; no more lines than this are looked at. */
export const HEADER_WITHIN = 20;

/**
 * The line that names the columns: the one with most names that are known, the first of equals; where none is known, the first with the
 * most filled cells. A title stands in one cell, so it never wins against a header. null for a table without a filled line.
 * @param lines the first lines of the table
 */
export function findHeader(lines: readonly GridLine[], knows: (name: string) => boolean): Header | null {
  let best: { score: number; header: Header } | null = null;
  for (const { line, cells } of lines.slice(0, HEADER_WITHIN)) {
    const names = cells.map(nameOf);
    const score = names.filter((name) => name !== '' && knows(name)).length * 1_000 + names.filter((name) => name !== '').length;
    if (score > (best?.score ?? 0)) best = { score, header: { line, columns: named(cells) } };
  }
  return best?.header ?? null;
}

/** The names of a header's cells: an empty one is named by its place, a second of one name is told apart. */
export function named(cells: readonly Cell[]): string[] {
  const seen = new Map<string, number>();
  return cells.map((cell, index) => {
    const name = nameOf(cell) || `第${index + 1}列`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name}（${times}）`;
  });
}

/** The lines below a header as rows. Lines without any value are left out; values beyond the last column have no name and are left out. */
export async function* rowsBelow(lines: AsyncIterable<GridLine | Unreadable>, header: Header): AsyncIterable<Row> {
  for await (const line of lines) {
    if (line.line <= header.line) continue;
    if (!('cells' in line)) yield line;
    else if (line.cells.some((cell) => cell !== null && String(cell).trim() !== '')) yield rowOf(line, header.columns);
  }
}

function rowOf({ line, cells, through, rounded = [] }: GridLine, columns: readonly string[]): Row {
  const row = Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
  const doubtful = rounded.flatMap((index) => columns[index] ?? []);
  return { line, through, row, ...(doubtful.length > 0 ? { rounded: doubtful } : {}) };
}

function nameOf(cell: Cell): string {
  return cell === null ? '' : String(cell).replace(/\s+/g, ' ').trim();
}
