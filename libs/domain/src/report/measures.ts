import { cameDue, onTimeRate, type ClockCounts } from './punctuality.js';

/** What is counted of a department in a span; the same counts of the whole city, with what no department has. */
export interface DepartmentCounts extends Pick<ClockCounts, 'onTime' | 'late' | 'overdue' | 'running'> {
  /** 政务舆情 that were judged its own to lead. */
  opinions: number;
  /** Cases opened, led by it. */
  cases: number;
  /** Tasks assigned to it. */
  tasks: number;
  /** Hotline orders received, and closed. */
  orders: number;
  ordersClosed: number;
  /** 有效回访 of orders closed in the span, and those of them that were content. */
  visited: number;
  satisfied: number;
}

export const NO_COUNTS: DepartmentCounts = {
  opinions: 0,
  cases: 0,
  tasks: 0,
  orders: 0,
  ordersClosed: 0,
  visited: 0,
  satisfied: 0,
  onTime: 0,
  late: 0,
  overdue: 0,
  running: 0,
};

export interface Measured {
  /** null where there is nothing to tell: a rate of nothing. */
  value: number | null;
  /** Of a rate. */
  part: number | null;
  whole: number | null;
}

/** One thing by which departments and spans are compared. */
export interface Measure {
  id: string;
  name: string;
  /** In the words of the one who reads it. */
  formula: string;
  isRate: boolean;
  of(counts: DepartmentCounts): Measured;
}

const count = (id: string, name: string, formula: string, read: (counts: DepartmentCounts) => number): Measure => ({
  id,
  name,
  formula,
  isRate: false,
  of: (counts) => ({ value: read(counts), part: null, whole: null }),
});

export const MEASURES: readonly Measure[] = [
  count('opinions', '政务舆情', '采集时间在期内、判为政务舆情且由该单位牵头的条数', (c) => c.opinions),
  count('cases', '舆情单', '期内立单、由该单位牵头的件数', (c) => c.cases),
  count('tasks', '交办任务', '期内交办给该单位的件数', (c) => c.tasks),
  count('clocks', '到期时限', '期内到期的时限：按时 + 逾期办结 + 逾期未办结（持续发布提醒、退单窗口、暂停中的除外）', cameDue),
  {
    id: 'on-time',
    name: '按时率',
    formula: '按时 ÷（按时 + 逾期办结 + 逾期未办结）',
    isRate: true,
    of: (counts) => ({ value: onTimeRate(counts), part: counts.onTime, whole: cameDue(counts) }),
  },
  count('overdue', '逾期未办结', '期内到期、到统计时刻仍未办的时限', (c) => c.overdue),
  count('orders', '热线工单', '期内受理、由该单位承办的件数', (c) => c.orders),
  count('orders-closed', '办结工单', '期内办结的件数', (c) => c.ordersClosed),
  {
    id: 'satisfaction',
    name: '满意率',
    formula: '期内办结工单中：满意 ÷ 有效回访',
    isRate: true,
    of: ({ satisfied, visited }) => ({ value: visited === 0 ? null : satisfied / visited, part: satisfied, whole: visited }),
  },
];
