/** Byte order mark: without it office programs read UTF-8 as GBK. */
export const BOM = '\uFEFF';

/** One line after RFC 4180. A cell that a spreadsheet would take for a formula is made text by an apostrophe. */
export function csvLine(cells: readonly string[]): string {
  const safe = cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell));
  return `${safe.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)).join(',')}\r\n`;
}
