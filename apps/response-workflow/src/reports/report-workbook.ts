import type { ReportTable, ReportView } from '@huiying/contracts/http';
import { localTimeText } from '@huiying/domain';
import { sheetsOf } from '@huiying/tables';
import { sameEveryTime } from './same-every-time.js';
import { cutLine } from './unfinished.js';

/** Every table of the report as a sheet named by its title; figures are numbers, so that they can be summed. */
export async function reportWorkbook(report: ReportView): Promise<Buffer> {
  const { sections, title, issue, firstDay, lastDay, takenAt, sha256 } = report;
  const cut = cutLine(report);
  const tables = sections.flatMap(({ blocks }) => blocks.filter((block): block is ReportTable => block.kind === 'table'));
  const about = [
    ['名称', title],
    ...(cut === null ? [] : [['状态', cut]]),
    ['期数', issue ?? ''],
    ['统计周期', `${firstDay} 至 ${lastDay}`],
    ['数据截止', localTimeText(new Date(takenAt))],
    ['内容校验（SHA-256）', sha256],
  ];
  const made = await sheetsOf([
    { name: '说明', rows: about },
    ...tables.map(({ title: name, columns, rows }) => ({
      name,
      rows: [
        columns.map((column) => column.name),
        ...rows.map(({ cells }) => cells.map((cell, i) => (columns[i]!.isNumber ? Number(cell) : cell))),
      ],
    })),
  ]);
  return sameEveryTime(made, new Date(takenAt));
}
