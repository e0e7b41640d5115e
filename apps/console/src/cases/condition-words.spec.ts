import { conditionWords } from './condition-words.js';

const departments = [{ id: 'housing', name: '望川市住房和城乡建设局' }];

it.each([
  [{ state: 'opened,handling', sort: 'due' }, '状态 待交办、处置中；按剩余时间排列'],
  [
    { q: '停车', state: '', severity: 'II', department: 'housing', sort: 'newest' },
    '搜索“停车”；级别 重大；牵头单位 望川市住房和城乡建设局；按建单时间排列，新的在前',
  ],
  [
    { state: '', from: '2026-11-16', to: '2026-11-22', by: 'closed', sort: 'newest' },
    '2026-11-16 至 2026-11-22办结；按建单时间排列，新的在前',
  ],
  [{ state: '', from: '2026-11-16', to: '', sort: 'newest' }, '2026-11-16 至 今立单；按建单时间排列，新的在前'],
  [{ state: 'closed', department: 'gone', sort: 'due' }, '状态 已办结；牵头单位 gone；按剩余时间排列'],
])('says %j in the words of the filter bar', (filters, words) => expect(conditionWords(filters, departments)).toBe(words));
