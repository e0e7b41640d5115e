import type { FigureCell, FiguresView } from '@huiying/contracts/http';

/** `92.3%`; cut off, not rounded up, so that 100% means all. `—` where there is nothing to tell. */
export function figureText({ value }: Pick<FigureCell, 'value'>, isRate: boolean): string {
  if (value === null) return '—';
  return isRate ? `${(Math.floor(value * 1000 + 1e-9) / 10).toFixed(1)}%` : String(value);
}

/** Against the span beside: `+3`, `−2.5 个百分点`; '' where nothing changed or nothing can be compared. */
export function figureChange(now: FigureCell, then: FigureCell, isRate: boolean): string {
  if (now.value === null || then.value === null || now.value === then.value) return '';
  const by = now.value - then.value;
  const sign = by > 0 ? '+' : '−';
  return isRate ? `${sign}${(Math.abs(by) * 100).toFixed(1)} 个百分点` : `${sign}${Math.abs(by)}`;
}

/** 11-09 for a day; 11-09 至 11-15; with the year where the spans are of several. */
export function spanWord({ firstDay, lastDay }: { firstDay: string; lastDay: string }, withYear: boolean): string {
  const day = (text: string) => (withYear ? text : text.slice(5));
  return firstDay === lastDay ? day(firstDay) : `${day(firstDay)} 至 ${day(lastDay)}`;
}

export function spanWords(spans: FiguresView['spans']): string[] {
  const years = new Set(spans.flatMap(({ firstDay, lastDay }) => [firstDay.slice(0, 4), lastDay.slice(0, 4)]));
  return spans.map((span) => spanWord(span, years.size > 1));
}

/** Rows that are shown: the city, and those that were picked, or all. */
export function rowsShown(rows: FiguresView['rows'], picked: readonly string[]): FiguresView['rows'] {
  return picked.length === 0 ? rows : rows.filter(({ departmentId }) => departmentId === null || picked.includes(departmentId));
}

/** Those that a chart can tell apart: the departments with most of the measure in the last span. */
export function rowsDrawn(rows: FiguresView['rows'], measure: number, most: number): FiguresView['rows'] {
  const last = (row: FiguresView['rows'][number]) => row.cells.at(-1)![measure]!.value ?? -1;
  const departments = rows.filter(({ departmentId }) => departmentId !== null);
  return [...departments].sort((a, b) => last(b) - last(a)).slice(0, most);
}
