import { SEARCH_AT_MOST, type Problem } from '@huiying/contracts/http';
import type { Refused } from '../api/request.js';

type Fault = NonNullable<Problem['faults']>[number];

const FIELD_WORDS: Record<string, string> = {
  q: '搜索词',
  state: '状态',
  severity: '级别',
  department: '单位',
  topic: '主题',
  channel: '渠道',
  kind: '类型',
  type: '诉求类型',
  urgency: '紧急程度',
  verdict: '研判结果',
  source: '信源',
  from: '起始日',
  to: '截止日',
  day: '日期',
  week: '周',
  month: '月',
  days: '时段',
  case: '舆情单',
  by: '时段口径',
  sort: '排序',
};
const A_DAY = '，应为日期，如 2026-11-22';
const A_SPAN = `${A_DAY}，且起始日不晚于截止日`;
const HINTS: Record<string, string> = { from: A_SPAN, to: A_SPAN, day: A_DAY, week: A_DAY, month: A_DAY };
const SHOWN_AT_MOST = 30;

/** What is wrong with the conditions in an address, in words; `rest` is the address without them, null where it has none. */
export function badFilters({ problem }: Refused, asked: URLSearchParams): { words: string[]; rest: URLSearchParams | null } {
  const faults = problem.faults ?? [];
  const names = faults.map(({ field }) => field.split('.')[0]!).filter((name) => asked.has(name));
  const rest = new URLSearchParams(names.length === 0 ? [] : [...asked].filter(([name]) => !names.includes(name)));
  return { words: faults.map(faultWords), rest: asked.size === 0 ? null : rest };
}

function faultWords({ field, got }: Fault): string {
  const name = field.split('.')[0]!;
  if (name === 'q') return `搜索词过长，最多 ${SEARCH_AT_MOST} 字`;
  const came = got === undefined ? '' : `“${shortened(String(got))}”`;
  return `${FIELD_WORDS[name] ?? `条件 ${name}`}${came}不可用${HINTS[name] ?? ''}`;
}

const shortened = (text: string): string => (text.length > SHOWN_AT_MOST ? `${text.slice(0, SHOWN_AT_MOST)}…` : text);
