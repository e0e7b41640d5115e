import { localTimeText } from '@huiying/domain';
import { BOM, csvLine } from './csv-line.js';

/** What stands above the table of an export. */
export interface CsvHead {
  name: string;
  at: Date;
  by: string;
  /** Filters in words; empty ones are left out. */
  asked: readonly [string, string][];
}

/** A short table as a whole file: UTF-8 with byte order mark, what was asked in its head. */
export function csvFile<T>({ name, at, by, asked }: CsvHead, rows: readonly T[], columns: readonly [string, (row: T) => string][]): string {
  const head = [
    [name],
    ['导出时间', localTimeText(at)],
    ['导出人', by],
    ...asked.filter(([, value]) => value !== ''),
    [],
    columns.map(([column]) => column),
  ];
  return `${BOM}${[...head, ...rows.map((row) => columns.map(([, read]) => read(row)))].map(csvLine).join('')}`;
}
