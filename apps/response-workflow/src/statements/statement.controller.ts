import { Body, Get, HttpCode, Inject, Param, Post, Query, Res, type StreamableFile } from '@nestjs/common';
import type {
  CheckStatementRequest,
  DraftStatementRequest,
  EditStatementRequest,
  NoteRequest,
  Page,
  PublishStatementRequest,
  ReasonRequest,
  StatementChecks,
  StatementDetail,
  StatementView,
} from '@huiying/contracts/http';
import { IdPipe, valid } from '@huiying/platform';
import { z } from 'zod';
import { Allow, CurrentActor, DESK, EVERYBODY, Guarded, type Actor } from '../accounts/index.js';
import { csvAnswer, cursorParam, listOf, searchWordsParam } from '../query/index.js';
import { StatementDesk } from './statement-desk.js';
import { StatementReader } from './statement-reader.js';

const statementQuery = z.object({
  state: listOf(z.enum(['draft', 'review', 'cleared', 'approved', 'published', 'withdrawn'])),
  topic: listOf(z.string()),
  q: searchWordsParam,
  published: z
    .enum(['true', 'false'])
    .optional()
    .transform((word) => word === 'true'),
  cursor: cursorParam,
});
type StatementQuery = z.output<typeof statementQuery>;
const WRITERS = ['duty-officer', 'supervisor', 'department-lead'] as const;

/** Statements (口径). Who may take which step is decided by the domain; a refusal names it. */
@Guarded('api')
export class StatementController {
  constructor(
    @Inject(StatementReader) private readonly statements: StatementReader,
    @Inject(StatementDesk) private readonly desk: StatementDesk,
  ) {}

  @Get('cases/:id/statements')
  @Allow(EVERYBODY)
  ofCase(@Param('id', IdPipe) caseId: string, @CurrentActor() actor: Actor): Promise<StatementView[]> {
    return this.statements.ofCase(caseId, actor);
  }

  /** 409 case-closed. */
  @Post('cases/:id/statements')
  @HttpCode(200)
  @Allow(WRITERS)
  draft(
    @Param('id', IdPipe) caseId: string,
    @Body() request: DraftStatementRequest,
    @CurrentActor() actor: Actor,
  ): Promise<{ statementId: string }> {
    return this.desk.draft(caseId, request, actor);
  }

  @Post('cases/:id/statements/check')
  @HttpCode(200)
  @Allow(EVERYBODY)
  check(
    @Param('id', IdPipe) caseId: string,
    @Body() request: CheckStatementRequest,
    @CurrentActor() actor: Actor,
  ): Promise<StatementChecks> {
    return this.statements.check(caseId, request, actor);
  }

  @Get('statements')
  @Allow(EVERYBODY)
  list(@Query(valid(statementQuery)) { cursor, ...filter }: StatementQuery, @CurrentActor() actor: Actor): Promise<Page<StatementView>> {
    return this.statements.list(filter, cursor ?? null, actor);
  }

  @Get('statements.csv')
  @Allow(EVERYBODY)
  async csv(
    @Query(valid(statementQuery)) { cursor: _, ...filter }: StatementQuery,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) answer: { setHeader(name: string, value: string): void },
  ): Promise<StreamableFile> {
    return csvAnswer(await this.statements.csv(filter, actor), filter.published ? '口径库' : '口径', answer);
  }

  @Get('statements/:id')
  @Allow(EVERYBODY)
  detail(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<StatementDetail> {
    return this.statements.detail(id, actor);
  }

  /** 409 statement-changed, statement-under-review, already-approved, already-published. */
  @Post('statements/:id/edit')
  @HttpCode(204)
  @Allow(WRITERS)
  edit(@Param('id', IdPipe) id: string, @Body() request: EditStatementRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.edit(id, request, actor);
  }

  @Post('statements/:id/submit')
  @HttpCode(204)
  @Allow(WRITERS)
  submit(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.submit(id, actor);
  }

  /** 409 own-statement, secrecy-marks, statement-not-submitted. */
  @Post('statements/:id/clear')
  @HttpCode(204)
  @Allow(DESK)
  clear(@Param('id', IdPipe) id: string, @Body() request: NoteRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.clear(id, request, actor);
  }

  /** 409 own-statement, statement-not-cleared. */
  @Post('statements/:id/approve')
  @HttpCode(204)
  @Allow(['supervisor'])
  approve(@Param('id', IdPipe) id: string, @Body() request: NoteRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.approve(id, request, actor);
  }

  @Post('statements/:id/send-back')
  @HttpCode(204)
  @Allow(DESK)
  sendBack(@Param('id', IdPipe) id: string, @Body() request: ReasonRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.sendBack(id, request, actor);
  }

  @Post('statements/:id/withdraw')
  @HttpCode(204)
  @Allow(WRITERS)
  withdraw(@Param('id', IdPipe) id: string, @Body() request: ReasonRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.withdraw(id, request, actor);
  }

  @Post('statements/:id/revise')
  @HttpCode(204)
  @Allow(WRITERS)
  revise(@Param('id', IdPipe) id: string, @Body() request: EditStatementRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.revise(id, request, actor);
  }

  /** The proof of publication. 409 statement-not-approved. */
  @Post('statements/:id/publish')
  @HttpCode(200)
  @Allow(DESK)
  publish(@Param('id', IdPipe) id: string, @Body() request: PublishStatementRequest, @CurrentActor() actor: Actor) {
    return this.desk.publish(id, request, actor);
  }
}
