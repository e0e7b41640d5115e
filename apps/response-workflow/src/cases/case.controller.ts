import { Body, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type {
  BecauseRequest,
  CaseDetail,
  CaseView,
  CloseRequest,
  ConfirmAlertRequest,
  EvaluateRequest,
  MergeRequest,
  Page,
  RelevelRequest,
} from '@huiying/contracts/http';
import { IdPipe, valid } from '@huiying/platform';
import { z } from 'zod';
import { Allow, CurrentActor, DESK, EVERYBODY, Guarded, type Actor } from '../accounts/index.js';
import { cursorParam, instantParam, listOf, searchWordsParam, severities } from '../query/index.js';
import { CaseDesk } from './case-desk.js';
import { CaseReader } from './case-reader.js';
import { CaseWorkDesk } from './case-work-desk.js';

const caseQuery = z.object({
  state: listOf(z.enum(['opened', 'assigned', 'handling', 'responded', 'closed', 'archived', 'merged'])),
  severity: severities,
  department: listOf(z.string()),
  q: searchWordsParam,
  from: instantParam('start'),
  to: instantParam('end'),
  by: z.enum(['opened', 'closed', 'open']).optional(),
  sort: z.enum(['due', 'newest']).default('due'),
  cursor: cursorParam,
});

/** Cases (舆情单). */
@Guarded('api')
export class CaseController {
  constructor(
    @Inject(CaseDesk) private readonly desk: CaseDesk,
    @Inject(CaseReader) private readonly cases: CaseReader,
    @Inject(CaseWorkDesk) private readonly work: CaseWorkDesk,
  ) {}

  /** 研判定级. 409 already-decided. */
  @Post('alerts/:id/confirm')
  @HttpCode(200)
  @Allow(DESK)
  confirm(
    @Param('id', IdPipe) alertId: string,
    @Body() request: ConfirmAlertRequest,
    @CurrentActor() actor: Actor,
  ): Promise<{ caseId: string }> {
    return this.desk.confirm(alertId, request, actor);
  }

  @Get('cases')
  @Allow(EVERYBODY)
  list(@Query(valid(caseQuery)) { cursor, ...filter }: z.output<typeof caseQuery>, @CurrentActor() actor: Actor): Promise<Page<CaseView>> {
    return this.cases.list(filter, cursor ?? null, actor);
  }

  @Get('cases/:id')
  @Allow(EVERYBODY)
  detail(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<CaseDetail> {
    return this.cases.detail(id, actor);
  }

  /** 办结. 409 case-has-open-clocks, case-has-open-tasks, case-not-responded, already-closed. */
  @Post('cases/:id/close')
  @HttpCode(204)
  @Allow(DESK)
  close(@Param('id', IdPipe) id: string, @Body() request: CloseRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.close(id, request, actor);
  }

  /** 升级、降级. 409 same-level, case-closed. */
  @Post('cases/:id/relevel')
  @HttpCode(204)
  @Allow(DESK)
  relevel(@Param('id', IdPipe) id: string, @Body() request: RelevelRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.work.relevel(id, request, actor);
  }

  /** 督办. 409 case-closed. */
  @Post('cases/:id/supervise')
  @HttpCode(204)
  @Allow(['supervisor'])
  supervise(@Param('id', IdPipe) id: string, @Body() request: BecauseRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.work.supervise(id, request, actor);
  }

  /** 并案. 409 merge-into-older, merge-into-graver, merge-into-itself, already-merged, case-under-investigation, rumour-not-clarified. */
  @Post('cases/:id/merge')
  @HttpCode(204)
  @Allow(DESK)
  merge(@Param('id', IdPipe) id: string, @Body() request: MergeRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.work.merge(id, request, actor);
  }

  /** 拆案. 409 case-not-merged. */
  @Post('cases/:id/split')
  @HttpCode(204)
  @Allow(DESK)
  split(@Param('id', IdPipe) id: string, @Body() request: BecauseRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.work.split(id, request, actor);
  }

  /** 重开. 409 case-not-closed, case-archived. */
  @Post('cases/:id/reopen')
  @HttpCode(204)
  @Allow(['supervisor'])
  reopen(@Param('id', IdPipe) id: string, @Body() request: BecauseRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.work.reopen(id, request, actor);
  }

  /** 效果评估. 409 case-not-closed. */
  @Post('cases/:id/evaluate')
  @HttpCode(204)
  @Allow(DESK)
  evaluate(@Param('id', IdPipe) id: string, @Body() request: EvaluateRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.work.evaluate(id, request, actor);
  }

  /** 归档. 409 not-evaluated, case-not-closed, already-archived. */
  @Post('cases/:id/archive')
  @HttpCode(204)
  @Allow(['supervisor'])
  archive(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.work.archive(id, actor);
  }
}
