import { Inject, Injectable } from '@nestjs/common';
import type { ReportPart, ReportSpanQuery, ReportView } from '@huiying/contracts/http';
import { Clock, periodOf } from '@huiying/domain';
import type { ReportSubject } from '@huiying/persistence';
import { ReportReader } from './report-reader.js';
import { periodIn, subjectOf } from './report-span.js';
import { SpecialReader } from './special-report.js';

/** A report of whatever is asked for: a span, or a case. */
@Injectable()
export class ReportSource {
  constructor(
    @Inject(ReportReader) private readonly spans: ReportReader,
    @Inject(SpecialReader) private readonly cases: SpecialReader,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** What a query is about. @throws BadInput, NotFound */
  async subject(query: ReportSpanQuery): Promise<ReportSubject> {
    if (query.case === undefined) return subjectOf(periodIn(query, this.clock.now()));
    const { firstDay, lastDay } = await this.cases.read(query.case);
    return { kind: 'special', caseId: query.case, firstDay, lastDay };
  }

  /** As it stands now. A case's is of now, whatever days the subject bears. @throws NotFound */
  read({ kind, caseId, firstDay, lastDay }: ReportSubject): Promise<ReportView> {
    return kind === 'special' && caseId !== null ? this.cases.read(caseId) : this.spans.read(periodOf(firstDay, lastDay));
  }

  /** @throws BadInput, NotFound */
  async asked(query: ReportSpanQuery, told?: (part: ReportPart) => void): Promise<ReportView> {
    return query.case === undefined ? this.spans.read(periodIn(query, this.clock.now()), told) : this.cases.read(query.case);
  }
}
