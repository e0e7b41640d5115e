import type { DepartmentCounts } from './measures.js';
import { onTimeRate } from './punctuality.js';

/** What 政务公开 counts for in the annual assessment: not less than 4 % (国务院办公厅关于进一步加强政务公开…分值权重不低于 4%, 国办发〔2016〕80号 第四部分). */
export const OPENNESS_POINTS = 4;

/** One thing by which a department is scored. Weights are the city's; what cannot be told of a department is left out, and the others count for more. */
export interface ScoreItem {
  id: string;
  name: string;
  formula: string;
  weight: number;
  /** 0 to 1; null where there is nothing to tell. */
  rate(counts: DepartmentCounts): number | null;
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : Math.min(part / whole, 1));

export const SCORE_ITEMS: readonly ScoreItem[] = [
  {
    id: 'on-time',
    name: '时限按时率',
    formula: '按时 ÷（按时 + 逾期办结 + 逾期未办结）',
    weight: 60,
    rate: (counts) => onTimeRate(counts),
  },
  {
    id: 'orders',
    name: '工单办结率',
    formula: '期内办结 ÷ 期内受理，超过 1 的按 1 计',
    weight: 20,
    rate: (c) => share(c.ordersClosed, c.orders),
  },
  { id: 'satisfaction', name: '回访满意率', formula: '满意 ÷ 有效回访', weight: 20, rate: (c) => share(c.satisfied, c.visited) },
];

export interface Score {
  /** By item of SCORE_ITEMS. */
  rates: (number | null)[];
  /** 0 to 100; null where no item could be told. */
  score: number | null;
  /** 折算分: its share of OPENNESS_POINTS. */
  points: number | null;
}

/** A department's score by the items that can be told of it, their weights taken together as 100. Pure. */
export function departmentScore(counts: DepartmentCounts): Score {
  const rates = SCORE_ITEMS.map((item) => item.rate(counts));
  const told = SCORE_ITEMS.flatMap(({ weight }, i) => (rates[i] === null ? [] : [{ weight, rate: rates[i]! }]));
  const whole = told.reduce((sum, { weight }) => sum + weight, 0);
  if (whole === 0) return { rates, score: null, points: null };
  const score = (told.reduce((sum, { weight, rate }) => sum + weight * rate, 0) / whole) * 100;
  return { rates, score, points: (score * OPENNESS_POINTS) / 100 };
}
