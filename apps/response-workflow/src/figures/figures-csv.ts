import type { FigureCell, FiguresView } from '@huiying/contracts/http';
import { csvFile } from '../query/index.js';

interface Line {
  span: string;
  department: string;
  measure: string;
  cell: FigureCell;
  formula: string;
}

/** One line per span, department and measure: what a table of one's own is made from. */
export function figuresCsv(view: FiguresView, by: string): string {
  const lines = view.rows.flatMap(({ departmentName, cells }) =>
    cells.flatMap((ofSpan, i) =>
      ofSpan.map((cell, m): Line => {
        const { firstDay, lastDay } = view.spans[i]!;
        const { name, formula } = view.measures[m]!;
        return {
          span: firstDay === lastDay ? firstDay : `${firstDay} 至 ${lastDay}`,
          department: departmentName,
          measure: name,
          cell,
          formula,
        };
      }),
    ),
  );
  const unfinished = view.spans.some(({ isFinal }) => !isFinal) ? '含未结束的时段，为期中数据' : '';
  const text = (value: number | null) => (value === null ? '' : String(Math.round(value * 10_000) / 10_000));
  return csvFile({ name: '各单位统计', at: new Date(view.takenAt), by, asked: [['说明', unfinished]] }, lines, [
    ['时段', ({ span }) => span],
    ['单位', ({ department }) => department],
    ['指标', ({ measure }) => measure],
    ['数值', ({ cell }) => text(cell.value)],
    ['分子', ({ cell }) => text(cell.part)],
    ['分母', ({ cell }) => text(cell.whole)],
    ['口径', ({ formula }) => formula],
  ]);
}
