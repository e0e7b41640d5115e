/** Counts of work orders over a period, of which the indicators are made. */
export interface OrderTally {
  received: number;
  dispatched: number;
  /** Dispatched orders whose caller should have been reached by now, and those that were in time. */
  contactOwed: number;
  contactedInTime: number;
  signed: number;
  signedInTime: number;
  unsignedOverdue: number;
  replied: number;
  repliedInTime: number;
  openOverdue: number;
  returned: number;
  extended: number;
  reworked: number;
  repeated: number;
  /** 有效回访: reached and not exempt (剔除评价). */
  visitsResolvedKnown: number;
  resolved: number;
  visitsSatisfactionKnown: number;
  satisfied: number;
}

/** How much each of the 三率 weighs in the sum; the sum of the weights need not be 1. */
export interface IndicatorWeights {
  response: number;
  resolution: number;
  satisfaction: number;
}
export const DEFAULT_WEIGHTS: IndicatorWeights = { response: 20, resolution: 40, satisfaction: 40 };

export interface Indicator {
  id: string;
  name: string;
  formula: string;
  part: number;
  whole: number;
  /** 0–1; null where there is nothing to divide by: no rate is better than a made-up one. */
  rate: number | null;
}

/**
 * 三率 and the other indicators of the hotline, each with its formula. What is overdue and still open counts against the units: a rate of
 * what was finished in time among what was finished says 100 % while work lies about.
 */
export function indicatorsOf(counts: OrderTally): Indicator[] {
  const one = (id: string, name: string, formula: string, [part, whole]: [number, number]): Indicator => ({
    id,
    name,
    formula,
    part,
    whole,
    rate: whole === 0 ? null : part / whole,
  });
  const c = counts;
  return [
    one('response', '响应率', '派单后 24 小时内联系诉求人件数 ÷ 应响应件数（派单已满 24 小时或已联系）', [
      c.contactedInTime,
      c.contactOwed,
    ]),
    one('resolution', '解决率', '回访认定已解决件数 ÷ 有效回访件数（接通、未剔除、问到解决情况）', [c.resolved, c.visitsResolvedKnown]),
    one('satisfaction', '满意率', '（非常满意＋满意＋基本满意）件数 ÷ 有效回访件数（接通、未剔除、问到满意度）', [
      c.satisfied,
      c.visitsSatisfactionKnown,
    ]),
    one('signed-in-time', '按时签收率', '按时签收件数 ÷（已签收件数＋逾期未签收件数）', [c.signedInTime, c.signed + c.unsignedOverdue]),
    one('replied-in-time', '按时办结率', '按时答复件数 ÷（已答复件数＋逾期未答复件数）', [c.repliedInTime, c.replied + c.openOverdue]),
    one('returned', '退单率', '退过单的件数 ÷ 派单件数', [c.returned, c.dispatched]),
    one('extended', '延期率', '延过期的件数 ÷ 派单件数', [c.extended, c.dispatched]),
    one('reworked', '重办率', '重办过的件数 ÷ 派单件数', [c.reworked, c.dispatched]),
    one('repeated', '重复诉求率', '重复诉求与并单件数 ÷ 受理件数', [c.repeated, c.received]),
  ];
}

/** 综合得分, 0–100: the 三率 by their weights; null where one of them cannot be told. */
export function scoreOf(indicators: readonly Indicator[], weights: IndicatorWeights = DEFAULT_WEIGHTS): number | null {
  const pairs = (Object.entries(weights) as [keyof IndicatorWeights, number][]).map(
    ([id, weight]) => [indicators.find((one) => one.id === id)?.rate ?? null, weight] as const,
  );
  const sum = pairs.reduce((all, [, weight]) => all + weight, 0);
  if (sum <= 0 || pairs.some(([rate, weight]) => rate === null && weight > 0)) return null;
  return (pairs.reduce((all, [rate, weight]) => all + (rate ?? 0) * weight, 0) / sum) * 100;
}
