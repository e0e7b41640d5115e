import type { Columns } from './column-mapping.js';
import type { RowFault } from './rejects.js';

/** Numbers that name something: of one that lost its last digits nobody can tell what it named. */
const NUMBERS = ['orderNo', 'parentNo', 'callerPhone', 'callerIdNo'] as const;
/** As spreadsheets (2.02611E+19) and Java (2.02611E19) write a long number. */
const SCIENTIFIC = /^\d(?:\.\d+E\+?|E\+)\d+$/i;

/** @param rounded columns of numbers longer than a sheet keeps */
export function lostDigits(columns: Columns, row: Readonly<Record<string, unknown>>, rounded: readonly string[] = []): RowFault['faults'] {
  return NUMBERS.flatMap((field) => {
    const column = columns.columnOf(field);
    if (column === undefined) return [];
    const text = String(row[column] as string | number).trim();
    if (SCIENTIFIC.test(text)) return [inScientificForm(field, column, text)];
    return rounded.includes(column) ? [cutBySheet(field)] : [];
  });
}

function inScientificForm(field: string, column: string, got: string): RowFault['faults'][number] {
  return {
    field,
    rule: `must be written in full, not in scientific notation; got ${got}`,
    message: `${field}：${got} 是科学计数法，原来的数字已丢失；请在来源系统把“${column}”列设为文本格式后重新导出`,
  };
}

function cutBySheet(field: string): RowFault['faults'][number] {
  return {
    field,
    rule: 'must be kept as text in the sheet: a number loses what is beyond 15 digits',
    message: `${field}：单元格为数字格式，15 位以后的数字已丢失；请在来源系统以文本格式重新导出`,
  };
}
