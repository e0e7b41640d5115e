import type { BoardView, Role } from '@huiying/contracts/http';
import type { IconName } from './icons.js';

/** One entry of the left rail. */
export interface NavEntry {
  path: string;
  word: string;
  icon: IconName;
  /** Second key after g. */
  key: string;
  /** Further pages that belong to it. */
  with?: readonly string[];
}

/** The pages of answering: cases, what is said, what is explained, what is promised. They share one entry and a row of links. */
export const ANSWERING = [
  { path: '/cases', word: '舆情单' },
  { path: '/orders', word: '工单' },
  { path: '/statements', word: '口径库' },
  { path: '/knowledge', word: '知识库' },
  { path: '/commitments', word: '承诺台账' },
  { path: '/documents', word: '政策解读' },
  { path: '/extensions', word: '延期审批' },
] as const;

/** The hotline's orders, and what its system and ours know of each other. On these pages the row of links is theirs. */
export const HOTLINE = [
  { path: '/orders', word: '工单' },
  { path: '/orders-figures', word: '指标' },
  { path: '/callbacks', word: '回调' },
  { path: '/reconciliations', word: '对账' },
] as const;

/** What was judged, and how well. They share one entry and a row of links. */
export const JUDGING = [
  { path: '/opinions', word: '舆情' },
  { path: '/stories', word: '事件' },
  { path: '/judging-quality', word: '研判质量' },
] as const;

/** The pages of keeping watch. They share the entry of the duty board and a row of links. */
export const DUTY_PAGES = [
  { path: '/', word: '值班台' },
  { path: '/duty', word: '值班表' },
  { path: '/duty/handover', word: '交接班' },
  { path: '/telling', word: '通知台账' },
  { path: '/reports', word: '周报' },
] as const;

/** The pages of reports. On these pages the row of links is theirs. */
export const REPORT_PAGES = [
  { path: '/reports', word: '报告' },
  { path: '/figures', word: '数据比较' },
  { path: '/reports/scorecards', word: '年度考核' },
  { path: '/reports/schedules', word: '定时起草' },
  { path: '/reports/lists', word: '分发名单' },
] as const;

/** Of the administrator (管理); opened from the menu of the person. Leaders see the first. */
export const ADMIN_PAGES = [
  { path: '/channels', word: '通知渠道' },
  { path: '/api-keys', word: '接口密钥' },
] as const;

const ENTRIES: readonly NavEntry[] = [
  { path: '/', word: '值班台', icon: 'board', key: 'd', with: ['/duty', '/telling', '/reports', '/figures'] },
  { path: '/alerts', word: '预警', icon: 'alerts', key: 'a', with: ['/thresholds'] },
  { path: '/opinions', word: '舆情', icon: 'opinions', key: 'o', with: JUDGING.map(({ path }) => path) },
  { path: '/cases', word: '舆情单', icon: 'cases', key: 'c', with: [...ANSWERING, ...HOTLINE].map(({ path }) => path) },
  { path: '/tasks', word: '任务', icon: 'tasks', key: 't' },
  { path: '/sources', word: '信源', icon: 'sources', key: 's' },
];

/** A department lead's one question is "what do I owe?"; everybody else sees the whole instrument. */
export function navFor(role: Role): readonly NavEntry[] {
  return role === 'department-lead'
    ? [
        { ...ENTRIES[4]!, word: '我的任务' },
        { ...ENTRIES[3]!, path: '/orders', word: '工单', with: [] },
        { ...ENTRIES[3]!, path: '/statements', word: '口径', key: 'k', with: ['/commitments'] },
      ]
    : ENTRIES;
}

/** Where a person lands. */
export const homeFor = (role: Role): string => (role === 'department-lead' ? '/tasks' : '/');

/** A count beside an entry. `hot` where something is overdue or broken. */
export interface NavCount {
  count: number;
  hot: boolean;
  /** What is counted, for the tooltip and the screen reader. */
  of: string;
}

export function navCounts(board: BoardView | undefined): Record<string, NavCount> {
  if (board === undefined) return {};
  const broken = board.sourceCounts.failing + board.sourceCounts.silent;
  return {
    '/alerts': {
      count: board.openAlertCount,
      hot: board.alerts.some(({ state, suggestedSeverity }) => state === 'open' && suggestedSeverity === 'I'),
      of: '条预警待处置',
    },
    '/cases': {
      count: board.openCaseCount,
      hot: board.overdueCount > 0,
      of: board.overdueCount > 0 ? `份在办，${board.overdueCount} 个时限已超时` : '份舆情单在办',
    },
    '/tasks': { count: board.unacknowledgedTaskCount, hot: false, of: '项任务待签收' },
    '/sources': { count: broken, hot: false, of: '个信源异常' },
  };
}

/** True where `path` belongs to the entry: /cases/17 lights 舆情单, and only / lights 值班台. */
export function isWithin(path: string, entry: string): boolean {
  return entry === '/' ? path === '/' : path === entry || path.startsWith(`${entry}/`);
}

export function isLit(path: string, entry: NavEntry): boolean {
  return [entry.path, ...(entry.with ?? [])].some((one) => isWithin(path, one));
}
