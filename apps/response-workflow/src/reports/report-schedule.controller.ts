import { Body, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { ReportScheduleRequest, ReportSchedulesView } from '@huiying/contracts/http';
import { IdPipe } from '@huiying/platform';
import { Allow, CurrentActor, Guarded, VIEWERS, type Actor } from '../accounts/index.js';
import { ReportScheduler } from './report-scheduler.js';

/** Who lays down what is made and sent without anybody's asking. */
const KEEPERS = ['supervisor', 'administrator'] as const;

@Guarded('api/reports/schedules')
export class ReportScheduleController {
  constructor(@Inject(ReportScheduler) private readonly scheduler: ReportScheduler) {}

  /** When drafts are made, and what was made. */
  @Get()
  @Allow(VIEWERS)
  view(): Promise<ReportSchedulesView> {
    return this.scheduler.view();
  }

  @Post()
  @HttpCode(200)
  @Allow(KEEPERS)
  add(@Body() request: ReportScheduleRequest, @CurrentActor() actor: Actor): Promise<{ id: string }> {
    return this.scheduler.put(null, request, actor);
  }

  @Post(':id')
  @HttpCode(200)
  @Allow(KEEPERS)
  change(@Param('id', IdPipe) id: string, @Body() request: ReportScheduleRequest, @CurrentActor() actor: Actor): Promise<{ id: string }> {
    return this.scheduler.put(id, request, actor);
  }

  @Post(':id/remove')
  @HttpCode(204)
  @Allow(KEEPERS)
  remove(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.scheduler.remove(id, actor);
  }
}
