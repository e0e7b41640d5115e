import { PassThrough } from 'node:stream';
import { Body, Get, HttpCode, Inject, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import {
  reportSpanQuery,
  type BecauseRequest,
  type MakeReportRequest,
  type ReportIssueLine,
  type ReportIssueView,
  type ReportLine,
  type ReportNotesRequest,
  type ReportSpanQuery,
  type ReportView,
} from '@huiying/contracts/http';
import { IdPipe, valid } from '@huiying/platform';
import { Allow, CurrentActor, DESK, Guarded, VIEWERS, type Actor } from '../accounts/index.js';
import { issued } from './report-changes.js';
import { ReportDesk } from './report-desk.js';
import { reportFile, type FileAnswer } from './report-answer.js';
import { ReportSource } from './report-source.js';
import { namesSpan } from './report-span.js';

@Guarded('api/reports')
export class ReportController {
  constructor(
    @Inject(ReportSource) private readonly reports: ReportSource,
    @Inject(ReportDesk) private readonly desk: ReportDesk,
  ) {}

  @Get()
  @Allow(VIEWERS)
  read(@Query(valid(reportSpanQuery)) query: ReportSpanQuery): Promise<ReportView> {
    return this.reports.asked(query);
  }

  /** As read, line by line (NDJSON): how far the counting is, and at last the report. */
  @Get('steps')
  @Allow(VIEWERS)
  async steps(
    @Query(valid(reportSpanQuery)) query: ReportSpanQuery,
    @Res({ passthrough: true }) answer: FileAnswer,
  ): Promise<StreamableFile> {
    await this.reports.subject(query); // refused before the first line
    answer.setHeader('cache-control', 'no-store');
    const lines = new PassThrough();
    const write = (line: ReportLine) => lines.write(`${JSON.stringify(line)}\n`);
    this.reports.asked(query, write).then(
      (report) => {
        write({ report });
        lines.end();
      },
      (error: Error) => lines.destroy(error),
    );
    return new StreamableFile(lines, { type: 'application/x-ndjson' });
  }

  /** As a Word document in the layout of GB/T 9704. */
  @Get('report.docx')
  @Allow(VIEWERS)
  async docx(
    @Query(valid(reportSpanQuery)) query: ReportSpanQuery,
    @Res({ passthrough: true }) answer: FileAnswer,
  ): Promise<StreamableFile> {
    return reportFile('docx', await this.reports.asked(query), answer);
  }

  /** The same as PDF, on any machine. */
  @Get('report.pdf')
  @Allow(VIEWERS)
  async pdf(
    @Query(valid(reportSpanQuery)) query: ReportSpanQuery,
    @Res({ passthrough: true }) answer: FileAnswer,
  ): Promise<StreamableFile> {
    return reportFile('pdf', await this.reports.asked(query), answer);
  }

  /** Every table of the report as a sheet. */
  @Get('report.xlsx')
  @Allow(VIEWERS)
  async xlsx(
    @Query(valid(reportSpanQuery)) query: ReportSpanQuery,
    @Res({ passthrough: true }) answer: FileAnswer,
  ): Promise<StreamableFile> {
    return reportFile('xlsx', await this.reports.asked(query), answer);
  }

  /** Issues of a span, or of all, the newest first. */
  @Get('issues')
  @Allow(VIEWERS)
  async issues(@Query(valid(reportSpanQuery)) query: ReportSpanQuery): Promise<ReportIssueLine[]> {
    return this.desk.list(namesSpan(query) ? await this.reports.subject(query) : null);
  }

  /** 起草. 409 report-span-not-over, report-exists. */
  @Post('issues')
  @HttpCode(200)
  @Allow(DESK)
  make(@Body() request: MakeReportRequest, @CurrentActor() actor: Actor): Promise<{ id: string }> {
    return this.desk.make(request, actor);
  }

  @Get('issues/:id')
  @Allow(VIEWERS)
  issue(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<ReportIssueView> {
    return this.desk.read(id, actor);
  }

  /** The frozen issue as a Word document, with the editors' notes. */
  @Get('issues/:id/report.docx')
  @Allow(VIEWERS)
  async issueDocx(
    @Param('id', IdPipe) id: string,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) answer: FileAnswer,
  ): Promise<StreamableFile> {
    return reportFile('docx', issued(await this.desk.read(id, actor)), answer);
  }

  /** The same as PDF. */
  @Get('issues/:id/report.pdf')
  @Allow(VIEWERS)
  async issuePdf(
    @Param('id', IdPipe) id: string,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) answer: FileAnswer,
  ): Promise<StreamableFile> {
    return reportFile('pdf', issued(await this.desk.read(id, actor)), answer);
  }

  /** Every table of the frozen issue as a sheet. */
  @Get('issues/:id/report.xlsx')
  @Allow(VIEWERS)
  async issueXlsx(
    @Param('id', IdPipe) id: string,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) answer: FileAnswer,
  ): Promise<StreamableFile> {
    return reportFile('xlsx', (await this.desk.read(id, actor)).report, answer);
  }

  @Post('issues/:id/notes')
  @HttpCode(204)
  @Allow(DESK)
  edit(@Param('id', IdPipe) id: string, @Body() request: ReportNotesRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.edit(id, request, actor);
  }

  @Post('issues/:id/recount')
  @HttpCode(204)
  @Allow(DESK)
  recount(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.recount(id, actor);
  }

  @Post('issues/:id/submit')
  @HttpCode(204)
  @Allow(DESK)
  submit(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.submit(id, actor);
  }

  @Post('issues/:id/return')
  @HttpCode(204)
  @Allow(DESK)
  sendBack(@Param('id', IdPipe) id: string, @Body() request: BecauseRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.sendBack(id, request, actor);
  }

  @Post('issues/:id/approve')
  @HttpCode(204)
  @Allow(DESK)
  approve(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.approve(id, actor);
  }

  @Post('issues/:id/withdraw')
  @HttpCode(204)
  @Allow(DESK)
  withdraw(@Param('id', IdPipe) id: string, @Body() request: BecauseRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.withdraw(id, request, actor);
  }

  /** 更正: opens the next version. */
  @Post('issues/:id/correct')
  @HttpCode(200)
  @Allow(DESK)
  correct(@Param('id', IdPipe) id: string, @Body() request: BecauseRequest, @CurrentActor() actor: Actor): Promise<{ id: string }> {
    return this.desk.correct(id, request, actor);
  }
}
