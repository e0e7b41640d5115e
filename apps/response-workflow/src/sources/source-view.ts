import type { SourceLine, SourceView, UnseenView } from '@huiying/contracts/http';
import { HOUR_MS, hoursUnseen } from '@huiying/domain';
import type { ReportRow, UnseenRow } from '@huiying/persistence';

/** A source as the console shows it. Pure. */
export function toSourceView({ occurredAt, report }: ReportRow): SourceView {
  const { setting: _setting, removed: _removed, ...facts } = report;
  return {
    ...facts,
    cause: report.cause ?? null,
    alarm: report.alarm ?? null,
    expectedEverySeconds: report.expectedEverySeconds ?? null,
    arrivals: report.arrivals ?? [],
    arrivalsAt: occurredAt.toISOString(),
  };
}

/** Hours that the coverage of a source is shown for. */
export const COVERAGE_HOURS = 7 * 24;

export function toSourceLine(row: ReportRow, unseen: readonly UnseenRow[], now: Date): SourceLine {
  const own = unseen.filter(({ sourceId }) => sourceId === row.report.sourceId);
  const coverage = coverageOf(own, now);
  // Of a source that was never read nobody can say that its hours were seen.
  const hours = row.report.url !== null && row.report.lastSuccessAt === null ? '-'.repeat(COVERAGE_HOURS) : coverage.hours;
  return { ...toSourceView(row), coverage: { ...coverage, hours } };
}

/** The hours up to the present one, each with what hid it most. Pure. */
export function coverageOf(unseen: readonly UnseenRow[], now: Date): SourceLine['coverage'] {
  const end = Math.ceil(now.getTime() / HOUR_MS) * HOUR_MS;
  const from = end - COVERAGE_HOURS * HOUR_MS;
  const signs = Array<string>(COVERAGE_HOURS).fill('.');
  for (const hour of hoursUnseen(unseen, new Date(from), now)) {
    const reaching = unseen.findLast((span) => span.from.getTime() < hour.getTime() + HOUR_MS && (span.to === null || span.to > hour));
    signs[(hour.getTime() - from) / HOUR_MS] = SIGNS[reaching?.cause ?? 'unreachable'] ?? 'u';
  }
  return { from: new Date(from).toISOString(), hours: signs.join('') };
}

const SIGNS: Partial<Record<UnseenRow['cause'], string>> = { paused: 'p', 'not-collecting': 'n' };

export function toUnseenView({ from, to, cause }: UnseenRow): UnseenView {
  return { from: from.toISOString(), to: to?.toISOString() ?? null, cause };
}
