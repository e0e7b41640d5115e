import type { ReportSection, ReportView } from '@huiying/contracts/http';
import { localDateOf, localTimeText, type LocalDate, type ReportPeriod } from '@huiying/domain';

/** What a report is told against: the last span, or as much of it as of this one has gone by. */
export function rivalWord({ isFinal }: { isFinal: boolean }): string {
  return isFinal ? '上期' : '上期同时段';
}

/** All that there is to say of a span that has not begun. */
export function notBegun({ firstDay }: Pick<ReportPeriod, 'firstDay'>): ReportSection[] {
  const text = `本期自 ${firstDay} 00:00 起统计，目前没有数据，不作比较。`;
  return [{ heading: '本期尚未开始', blocks: [{ kind: 'paragraph', text, cites: [{ text: '最近一期', link: '/reports' }] }] }];
}

/** What stands under the title of a report taken before its span's end; null for a whole one. */
export function cutLine({ isFinal, takenAt, firstDay }: Pick<ReportView, 'isFinal' | 'takenAt' | 'firstDay'>): string | null {
  if (isFinal) return null;
  const at = new Date(takenAt);
  return localDateOf(at) < firstDay ? '本期尚未开始' : `期中数据，截止 ${localTimeText(at)}`;
}

/** The day a report bears: its last, or that of the cut. */
export function dayBorne({ isFinal, takenAt, lastDay }: Pick<ReportView, 'isFinal' | 'takenAt' | 'lastDay'>): LocalDate {
  return isFinal ? lastDay : localDateOf(new Date(takenAt));
}
