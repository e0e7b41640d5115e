import { Get, Inject, Query, Res, type StreamableFile } from '@nestjs/common';
import { reportSpanQuery, type ReportSpanQuery, type ReportView } from '@huiying/contracts/http';
import { Clock, localDateOf, periodOf } from '@huiying/domain';
import { valid } from '@huiying/platform';
import { Allow, Guarded, VIEWERS } from '../accounts/index.js';
import { reportFile, type FileAnswer } from './report-answer.js';
import { namesSpan, periodIn } from './report-span.js';
import { ScorecardReader } from './scorecard-report.js';

/** 政务公开年度考核: without a span, of this year so far. */
@Guarded('api/reports/scorecard')
export class ScorecardController {
  constructor(
    @Inject(ScorecardReader) private readonly scorecards: ScorecardReader,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get()
  @Allow(VIEWERS)
  read(@Query(valid(reportSpanQuery)) query: ReportSpanQuery): Promise<ReportView> {
    const today = localDateOf(this.clock.now());
    const thisYear = () => periodOf(`${today.slice(0, 4)}-01-01`, `${today.slice(0, 4)}-12-31`);
    return this.scorecards.read(namesSpan(query) ? periodIn(query, this.clock.now()) : thisYear());
  }

  @Get('report.docx')
  @Allow(VIEWERS)
  async docx(
    @Query(valid(reportSpanQuery)) query: ReportSpanQuery,
    @Res({ passthrough: true }) answer: FileAnswer,
  ): Promise<StreamableFile> {
    return reportFile('docx', await this.read(query), answer);
  }

  @Get('report.pdf')
  @Allow(VIEWERS)
  async pdf(
    @Query(valid(reportSpanQuery)) query: ReportSpanQuery,
    @Res({ passthrough: true }) answer: FileAnswer,
  ): Promise<StreamableFile> {
    return reportFile('pdf', await this.read(query), answer);
  }

  @Get('report.xlsx')
  @Allow(VIEWERS)
  async xlsx(
    @Query(valid(reportSpanQuery)) query: ReportSpanQuery,
    @Res({ passthrough: true }) answer: FileAnswer,
  ): Promise<StreamableFile> {
    return reportFile('xlsx', await this.read(query), answer);
  }
}
