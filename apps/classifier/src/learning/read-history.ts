import { createHash } from 'node:crypto';
import { BadInput } from '@huiying/domain';
import { openTable } from '@huiying/tables';
import { isKnownColumn, labelledText, type LabelledText } from './labelled-text.js';

export interface History {
  texts: LabelledText[];
  /** Rows without words or without any label. */
  unlabelled: number;
  /** Lines that are no rows. */
  unreadable: { line: number; message: string }[];
}

/** Reads a city's labelled history: JSON Lines, CSV or XLSX. @throws BadInput where no row has words and a label */
export async function readHistory(file: string, progress: (share: number) => void = () => undefined): Promise<History> {
  const table = await openTable(file, { knows: isKnownColumn });
  const history: History = { texts: [], unlabelled: 0, unreadable: [] };
  let rows = 0;
  for await (const row of table.rows) {
    if (++rows % 500 === 0) progress(row.through / Math.max(1, table.bytes));
    if (!('row' in row)) {
      history.unreadable.push({ line: row.line, message: row.message });
      continue;
    }
    const text = labelledText(row.row);
    if (text === null || Object.keys(text.labels).length === 0) history.unlabelled++;
    else history.texts.push(text);
  }
  if (history.texts.length === 0) throw new BadInput([{ field: 'file', ...nothingIn(rows, history) }]);
  return history;
}

function nothingIn(rows: number, { unreadable }: History) {
  const [bad] = unreadable;
  const why = bad
    ? `第 ${bad.line} 行：${bad.message}`
    : '需要一列文字（title、detail、text 或 标题、内容）和一列结论（topic、department 或 诉求分类、承办单位等）';
  return {
    rule: `must have rows with words and a label (topic, department, sentiment or rumour); of ${rows} rows none has`,
    message: `文件的 ${rows} 行中没有可供学习的记录。${why}`,
  };
}

/** Sixteen hexadecimal digits that change when any text or label does, in whatever order they stand. */
export function historyFingerprint(texts: readonly LabelledText[]): string {
  const lines = texts.map(({ title, text, labels }) => JSON.stringify([title, text, Object.entries(labels).sort()])).sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
}
