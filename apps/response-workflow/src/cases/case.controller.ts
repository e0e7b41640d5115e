import { Body, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import type { CaseDetail, CaseView, CloseRequest, ConfirmAlertRequest, Page } from '@huiying/contracts/http';
import { valid } from '@huiying/platform';
import { z } from 'zod';
import { Allow, CurrentActor, DESK, EVERYBODY, Guarded, type Actor } from '../accounts/index.js';
import { cursorParam, listOf, searchWordsParam, severities } from '../query/index.js';
import { CaseDesk } from './case-desk.js';
import { CaseReader } from './case-reader.js';

const caseQuery = z.object({
  state: listOf(z.enum(['opened', 'assigned', 'handling', 'responded', 'closed'])),
  severity: severities,
  department: listOf(z.string()),
  q: searchWordsParam,
  sort: z.enum(['due', 'newest']).default('due'),
  cursor: cursorParam,
});

/** Cases (舆情单). */
@Guarded('api')
export class CaseController {
  constructor(
    @Inject(CaseDesk) private readonly desk: CaseDesk,
    @Inject(CaseReader) private readonly cases: CaseReader,
  ) {}

  /** 研判定级. 409 already-decided. */
  @Post('alerts/:id/confirm')
  @HttpCode(200)
  @Allow(DESK)
  confirm(
    @Param('id', ParseUUIDPipe) alertId: string,
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
  detail(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<CaseDetail> {
    return this.cases.detail(id, actor);
  }

  /** 办结. 409 case-has-open-clocks, case-has-open-tasks, case-not-responded, already-closed. */
  @Post('cases/:id/close')
  @HttpCode(204)
  @Allow(DESK)
  close(@Param('id', ParseUUIDPipe) id: string, @Body() request: CloseRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.close(id, request, actor);
  }
}
