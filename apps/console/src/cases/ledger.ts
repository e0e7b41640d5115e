import type { LedgerLine } from '@huiying/contracts/http';
import { monthDayTime } from '../time/beijing.js';

const UNIT_WORDS = { hours: '小时', workingDays: '个工作日', naturalDays: '日' } as const;
const isDay = (moment: string) => /^\d{4}-\d{2}-\d{2}$/.test(moment);
const moment = (value: string) => (isDay(value) ? value : monthDayTime(value));

/** One line's stretch: a day, several days, or from one instant to another. */
export function ledgerSpan({ from, to }: Pick<LedgerLine, 'from' | 'to'>): string {
  return from === to ? moment(from) : `${moment(from)} → ${moment(to)}`;
}

/** An amount to the second, so that the lines visibly add up: 15 小时 59 分 33 秒, 5 小时, 3 个工作日. */
export function amountWords(amount: number, unit: LedgerLine['unit']): string {
  if (unit !== 'hours') return `${Number(amount.toFixed(2))} ${UNIT_WORDS[unit]}`;
  const seconds = Math.round(amount * 3600);
  const parts = [
    [Math.floor(seconds / 3600), '小时'],
    [Math.floor((seconds % 3600) / 60), '分'],
    [seconds % 60, '秒'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return said.join(' ') || `0 ${UNIT_WORDS.hours}`;
}

/** What the counted lines add up to, per unit: 5 小时, 3 个工作日. */
export function ledgerTotal(ledger: readonly LedgerLine[]): string {
  const sums = new Map<LedgerLine['unit'], number>();
  for (const { counted, amount, unit } of ledger) if (counted) sums.set(unit, (sums.get(unit) ?? 0) + amount);
  return [...sums].map(([unit, amount]) => amountWords(amount, unit)).join('，') || '0';
}
