import type { DepartmentCounts } from './measures.js';
import { onTimeRate } from './punctuality.js';

/** What 政务公开 counts for in the annual assessment at least: 4 % (国办发〔2016〕80号 第四部分: 分值权重不低于 4%). */
export const LEAST_OPENNESS_POINTS = 4;

export type ScoreItemId = 'on-time' | 'orders' | 'satisfaction';

/** One thing by which a department is scored. */
export interface ScoreItem {
  id: ScoreItemId;
  name: string;
  formula: string;
  /** 0 to 1; null where there is nothing to tell. */
  rate(counts: DepartmentCounts): number | null;
}

/** How a city weighs them: what cannot be told of a department is left out, and the others count for more. */
export interface ScorePlan {
  /** What a full score counts for in the annual assessment, of 100. */
  points: number;
  /** They sum to 100; an item of weight 0 is not scored. */
  weights: Readonly<Record<ScoreItemId, number>>;
}
export const USUAL_SCORE_PLAN: ScorePlan = { points: LEAST_OPENNESS_POINTS, weights: { 'on-time': 60, orders: 20, satisfaction: 20 } };

const share = (part: number, whole: number): number | null => (whole === 0 ? null : Math.min(part / whole, 1));

export const SCORE_ITEMS: readonly ScoreItem[] = [
  {
    id: 'on-time',
    name: '时限按时率',
    formula: '按时 ÷（按时 + 逾期办结 + 逾期未办结）',
    rate: (counts) => onTimeRate(counts),
  },
  {
    id: 'orders',
    name: '工单办结率',
    formula: '期内办结 ÷ 期内受理，超过 1 的按 1 计',
    rate: (c) => share(c.ordersClosed, c.orders),
  },
  { id: 'satisfaction', name: '回访满意率', formula: '满意 ÷ 有效回访', rate: (c) => share(c.satisfied, c.visited) },
];

/** The items that a plan scores. */
export function scoredItems({ weights }: ScorePlan): (ScoreItem & { weight: number })[] {
  return SCORE_ITEMS.map((item) => ({ ...item, weight: weights[item.id] })).filter(({ weight }) => weight > 0);
}

export interface Score {
  /** By item of scoredItems. */
  rates: (number | null)[];
  /** 0 to 100; null where no item could be told. */
  score: number | null;
  /** 折算分: its share of the plan's points. */
  points: number | null;
}

/** A department's score by the items that can be told of it, their weights taken together as 100. Pure. */
export function departmentScore(counts: DepartmentCounts, plan: ScorePlan): Score {
  const items = scoredItems(plan);
  const rates = items.map((item) => item.rate(counts));
  const told = items.flatMap(({ weight }, i) => (rates[i] === null ? [] : [{ weight, rate: rates[i]! }]));
  const whole = told.reduce((sum, { weight }) => sum + weight, 0);
  if (whole === 0) return { rates, score: null, points: null };
  const score = (told.reduce((sum, { weight, rate }) => sum + weight * rate, 0) / whole) * 100;
  return { rates, score, points: (score * plan.points) / 100 };
}
