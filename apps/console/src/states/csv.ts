/** A cell that a spreadsheet would run as a formula is told apart by a leading apostrophe. */
function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const harmless = /^[=+\-@\t\r]/.test(text) && typeof value !== 'number' ? `'${text}` : text;
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A table as CSV with a byte order mark, so that Excel reads the Chinese. The head says what the rows were narrowed by. */
export function toCsv(head: readonly string[], columns: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const lines = [...head.map((line) => cell(line)), columns.map(cell).join(','), ...rows.map((row) => row.map(cell).join(','))];
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

/** Hands a text to the browser as a file. */
export function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  Object.assign(document.createElement('a'), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
