import { CASE_STATE_WORDS, SEVERITY_MARKS } from '../marks/labels.js';

const BY: Record<string, string> = { opened: '立单', closed: '办结', open: '在办' };

function spanWords({ from = '', to = '', by = '' }: Record<string, string>): string | false {
  if (from === '' && to === '') return false;
  return `${from || '起初'} 至 ${to || '今'}${BY[by || 'opened'] ?? by}`;
}

/** The filters of the case list as its filter bar names them, for the head of an export. */
export function conditionWords(filters: Record<string, string>, departments: readonly { id: string; name: string }[]): string {
  const states = (filters.state ?? '').split(',').filter((state) => state !== '');
  const { q = '', severity = '', department = '' } = filters;
  const said = [
    states.length > 0 && `状态 ${states.map((state) => CASE_STATE_WORDS[state as keyof typeof CASE_STATE_WORDS] ?? state).join('、')}`,
    q !== '' && `搜索“${q}”`,
    severity !== '' && `级别 ${SEVERITY_MARKS[severity as keyof typeof SEVERITY_MARKS]?.word ?? severity}`,
    department !== '' && `牵头单位 ${departments.find(({ id }) => id === department)?.name ?? department}`,
    spanWords(filters),
    filters.sort === 'due' ? '按剩余时间排列' : '按建单时间排列，新的在前',
  ];
  return said.filter((word) => word !== false).join('；');
}
