import type { ReportKind, ReportView } from '@huiying/contracts/http';

/** What span the page shows, as it stands in the address: the day, week or month of a day, or any days. */
export interface SpanChoice {
  kind: Exclude<ReportKind, 'special'>;
  firstDay: string;
  lastDay: string;
}

const FIELDS = { daily: 'day', weekly: 'week', monthly: 'month' } as const;

/** The span asked for in an address; empty = the week that ended last. */
export function spanSearch(params: URLSearchParams): string {
  const known = ['day', 'week', 'month', 'from', 'to', 'case'].flatMap((name) => {
    const value = params.get(name);
    return value === null ? [] : [[name, value]];
  });
  return new URLSearchParams(known).toString();
}

export function searchOf({ kind, firstDay, lastDay }: SpanChoice): Record<string, string> {
  return kind === 'span' ? { from: firstDay, to: lastDay } : { [FIELDS[kind]]: firstDay };
}

/** The span of a kind in which a day lies; of any days: the ten up to it. */
export function ofKind(kind: SpanChoice['kind'], day: string): SpanChoice {
  return { kind, firstDay: kind === 'span' ? shifted(day, -9) : day, lastDay: day };
}

/** Of a report that is shown: by its days alone. */
export function spanOf({ firstDay, lastDay }: Pick<ReportView, 'firstDay' | 'lastDay'>): SpanChoice {
  const days = daysBetween(firstDay, lastDay) + 1;
  if (days === 1) return { kind: 'daily', firstDay, lastDay };
  if (days === 7 && new Date(`${firstDay}T00:00:00Z`).getUTCDay() === 1) return { kind: 'weekly', firstDay, lastDay };
  const isMonth = firstDay.endsWith('-01') && shifted(lastDay, 1) === firstOfNextMonth(firstDay);
  return { kind: isMonth ? 'monthly' : 'span', firstDay, lastDay };
}

/** The span of the same kind before (-1) or after (+1). */
export function neighbour({ kind, firstDay, lastDay }: SpanChoice, step: -1 | 1): SpanChoice {
  if (kind === 'monthly') {
    const first = step > 0 ? firstOfNextMonth(firstDay) : `${shifted(firstDay, -1).slice(0, 8)}01`;
    return { kind, firstDay: first, lastDay: shifted(firstOfNextMonth(first), -1) };
  }
  const days = (daysBetween(firstDay, lastDay) + 1) * step;
  return { kind, firstDay: shifted(firstDay, days), lastDay: shifted(lastDay, days) };
}

/** Whether there was anything to count when the report was taken. */
export function hasBegun({ firstDay, takenAt }: Pick<ReportView, 'firstDay' | 'takenAt'>): boolean {
  return dayOf(takenAt) >= firstDay;
}

/** The day of an instant in China. */
export function dayOf(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** A day of China's calendar, days later; the machine's own zone plays no part. */
export function shifted(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}

function firstOfNextMonth(day: string): string {
  return `${shifted(`${day.slice(0, 8)}01`, 31).slice(0, 8)}01`;
}
