import type { BoardView } from '@huiying/contracts/http';
import { byTimeLeft } from '../time/clock-face.js';

/** The clocks beyond the first `shown`, in words; null where there are none. The board itself may hold only the first of many. */
export function clocksLeft({ deadlines, overdueCount }: Pick<BoardView, 'deadlines' | 'overdueCount'>, shown: number): string | null {
  const seen = [...deadlines].sort(byTimeLeft).slice(0, shown);
  const overdue = Math.max(0, overdueCount - seen.filter(({ state }) => state === 'overdue').length);
  const left = Math.max(deadlines.length - seen.length, overdue);
  if (left === 0) return null;
  return `另有 ${left} 项${overdue === 0 ? '' : `，其中 ${overdue} 项已超时`}`;
}

export function alertsLeft({ openAlertCount }: Pick<BoardView, 'openAlertCount'>, shown: number): string | null {
  return openAlertCount > shown ? `另有 ${openAlertCount - shown} 条` : null;
}
