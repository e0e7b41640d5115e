import { addDays, type LocalDate } from '../local-time.js';
import { before, periodAt, periodOf, type RegularReportKind, type ReportPeriod } from './period.js';

/** How a stretch of days is told: as one, or by its days, weeks or months. */
export const FIGURE_STEPS = ['whole', 'day', 'week', 'month'] as const;
export type FigureStep = (typeof FIGURE_STEPS)[number];
/** What one stretch is told beside: nothing, the one right before (环比), the same days a year ago (同比). */
export const FIGURE_RIVALS = ['none', 'previous', 'year-ago'] as const;
export type FigureRival = (typeof FIGURE_RIVALS)[number];

const KINDS: Record<Exclude<FigureStep, 'whole'>, RegularReportKind> = { day: 'daily', week: 'weekly', month: 'monthly' };
const MOST_SPANS = 120;

/**
 * The spans a comparison is counted over, the earliest first. Weeks and months are whole ones, from that of the first day to that of the
 * last, so that a week's figures are those of its report.
 * @throws RangeError where there would be more than 120
 */
export function spansOf(period: ReportPeriod, step: FigureStep, rival: FigureRival): ReportPeriod[] {
  if (step === 'whole') return rival === 'none' ? [period] : [rival === 'previous' ? before(period) : yearAgo(period), period];
  const kind = KINDS[step];
  const spans: ReportPeriod[] = [];
  for (let span = periodAt(kind, period.firstDay); span.from < period.to; span = periodAt(kind, addDays(span.lastDay, 1))) {
    if (spans.push(span) > MOST_SPANS)
      throw new RangeError(`must hold at most ${MOST_SPANS} of each step; take a longer step or fewer days`);
  }
  return spans;
}

function yearAgo({ firstDay, lastDay }: ReportPeriod): ReportPeriod {
  return periodOf(aYearBefore(firstDay), aYearBefore(lastDay));
}

/** February 29 has February 28 before it. */
function aYearBefore(day: LocalDate): LocalDate {
  const year = String(Number(day.slice(0, 4)) - 1);
  return day.endsWith('-02-29') ? `${year}-02-28` : `${year}${day.slice(4)}`;
}
