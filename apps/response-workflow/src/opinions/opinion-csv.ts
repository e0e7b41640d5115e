import type { FilterChoices } from '@huiying/contracts/http';
import { localTimeText } from '@huiying/domain';
import type { OpinionRow } from '@huiying/persistence';
import { csvLine } from '../query/index.js';
import { CHANNEL_NAMES } from './opinion-view.js';

const COLUMNS: [string, (row: OpinionRow) => string][] = [
  ['采集时间', (row) => localTimeText(row.capturedAt)],
  ['发布时间', (row) => (row.publishedAt ? localTimeText(row.publishedAt) : '')],
  ['信源', (row) => row.sourceName],
  ['渠道', (row) => CHANNEL_NAMES[row.channel] ?? row.channel],
  ['标题', (row) => row.title],
  ['正文', (row) => row.text],
  ['链接', (row) => row.url ?? ''],
  ['政务舆情', (row) => (row.flagged ? '是' : '否')],
  ['级别', (row) => (row.flagged ? row.severity : '')],
  ['主题', (row) => row.topicName ?? ''],
  ['建议牵头', (row) => row.leadDepartmentName ?? ''],
  ['同事件条数', (row) => String(row.storySize)],
  ['信息编号', (row) => row.id],
];

const VERDICTS: Record<string, string> = { flagged: '是', 'not-flagged': '否' };

/** The filters of an export in the words of the filter bar. Pure. */
export function askedFor(query: Record<string, string>, choices: FilterChoices): [string, string][] {
  const named = (list: { id: string; name: string }[]) => (id: string) => list.find((one) => one.id === id)?.name ?? id;
  const asIs = (value: string) => value;
  const filters: [key: string, name: string, say: (value: string) => string][] = [
    ['q', '关键词', asIs],
    ['channel', '渠道', (value) => CHANNEL_NAMES[value] ?? value],
    ['topic', '主题', named(choices.topics.map(({ code, name }) => ({ id: code, name })))],
    ['department', '部门', named(choices.departments)],
    ['severity', '级别', asIs],
    ['verdict', '政务舆情', (value) => VERDICTS[value] ?? value],
    ['source', '信源', named(choices.sources)],
    ['from', '起', asIs],
    ['to', '止', asIs],
  ];
  return filters.flatMap(([key, name, say]) => {
    const value = query[key]?.trim() ?? '';
    if (value === '') return [];
    return [
      [
        name,
        key === 'q'
          ? value
          : value
              .split(',')
              .map((part) => say(part.trim()))
              .join('、'),
      ],
    ];
  });
}

/** The head of an export: what was asked, when, by whom; then the column names. */
export function csvHead(filters: [string, string][], at: Date, by: string): string {
  const asked = filters.length === 0 ? [['筛选条件', '全部']] : filters.map(([name, value]) => [name, value]);
  return [['舆情信息导出'], ['导出时间', localTimeText(at)], ['导出人', by], ...asked, [], COLUMNS.map(([name]) => name)]
    .map(csvLine)
    .join('');
}

export function csvRow(row: OpinionRow): string {
  return csvLine(COLUMNS.map(([, read]) => read(row)));
}
