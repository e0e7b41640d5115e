import type { ReportSpanQuery } from '@huiying/contracts/http';
import { BadInput, DAY_MS, dayOf, kindOf, localDateOf, monthOf, periodOf, weekOf, type ReportPeriod } from '@huiying/domain';
import type { ReportSubject } from '@huiying/persistence';

const SPANS = { day: dayOf, week: weekOf, month: monthOf };

/** The span that is asked for; without any, the week that ended last. @throws BadInput naming the field */
export function periodIn(query: ReportSpanQuery, now: Date): ReportPeriod {
  const { from, to } = query;
  if (from !== undefined || to !== undefined) return read('from', from ?? to!, (day) => periodOf(day, to ?? day));
  for (const field of ['day', 'week', 'month'] as const) {
    const day = query[field];
    if (day !== undefined) return read(field, day, SPANS[field]);
  }
  return weekOf(localDateOf(new Date(now.getTime() - 7 * DAY_MS)));
}

/** Whether a query names a span, or a case, at all. */
export function namesSpan(query: ReportSpanQuery): boolean {
  return Object.values(query).some((one) => one !== undefined);
}

export function subjectOf(period: ReportPeriod): ReportSubject {
  return { kind: kindOf(period), caseId: null, firstDay: period.firstDay, lastDay: period.lastDay };
}

function read(field: string, day: string, span: (day: string) => ReportPeriod): ReportPeriod {
  try {
    return span(day);
  } catch (error) {
    if (error instanceof RangeError) throw new BadInput([{ field, rule: error.message, got: day }]);
    throw error;
  }
}
