import { findHeader, named } from './header.js';
import type { Cell, GridLine } from './row.js';

const lines = (...rows: Cell[][]): GridLine[] => rows.map((cells, i) => ({ line: i + 1, cells, through: 0 }));
const knows = (name: string) => ['工单编号', '诉求内容', '受理时间'].includes(name);

describe('findHeader', () => {
  it.each<[string, Cell[][], number | null]>([
    [
      'the first line',
      [
        ['工单编号', '诉求内容'],
        ['1', '停水'],
      ],
      1,
    ],
    [
      'below a title and a date',
      [['望川市12345工单导出'], ['2026年11月', null], ['工单编号', '诉求内容', '受理时间'], ['1', '停水', '今天']],
      3,
    ],
    ['names with spaces and line breaks', [[' 工单编号\n', '诉求 内容']], 1],
    ['nothing known: the fullest line, the first of equals', [['标题'], ['甲', '乙', '丙'], ['1', '2', '3']], 2],
    [
      'a data row that is longer than the header does not win',
      [
        ['工单编号', '诉求内容'],
        ['1', '停水', '多出', '的', '几格'],
      ],
      1,
    ],
    ['no line', [], null],
    ['empty lines', [[null, ''], ['']], null],
  ])('%s', (_, rows, line) => expect(findHeader(lines(...rows), knows)?.line ?? null).toBe(line));

  it('does not look for ever', () => {
    const rows: Cell[][] = [...Array.from({ length: 20 }, () => ['标题']), ['工单编号', '诉求内容']];
    expect(findHeader(lines(...rows), knows)!.line).toBe(1);
  });
});

it('names empty and repeated columns', () => {
  expect(named(['电话', null, '电话', ' '])).toEqual(['电话', '第2列', '电话（2）', '第4列']);
});
