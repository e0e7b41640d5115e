import type { ReportView } from '@huiying/contracts/http';

/** 2026年第48期（总第3期）, or the days of a span of one's own. */
export function issueLine({ issue, volume, firstDay, lastDay }: ReportView): string {
  return `${issue ?? `${firstDay} 至 ${lastDay}`}${volume === undefined || volume === null ? '' : `（总第${volume}期）`}`;
}

/** 2026年11月29日 */
export function chineseDate(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}
