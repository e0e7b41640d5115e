import type { ReportTable } from '@huiying/contracts/http';

/** Shares by what stands in the columns: more for long words, up to 24 characters; of an even share at least 4.5. */
export function widthsOf(columns: ReportTable['columns'], rows: ReportTable['rows']): number[] {
  return columns.map(({ name }, i) => Math.min(24, Math.max(name.length, 4.5, ...rows.map(({ cells }) => visualLength(cells[i]!)))));
}

/** In widths of a Chinese character; a letter or figure takes half. */
function visualLength(text: string): number {
  return [...text].reduce((sum, character) => sum + (character < '\u0100' ? 0.5 : 1), 0);
}
