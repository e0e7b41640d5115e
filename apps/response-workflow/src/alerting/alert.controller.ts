import { Body, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { AlertDetail, AlertView, FalseAlarmRequest, Page } from '@huiying/contracts/http';
import { IdPipe, valid } from '@huiying/platform';
import { z } from 'zod';
import { Allow, CurrentActor, DESK, Guarded, VIEWERS, type Actor } from '../accounts/index.js';
import { cursorParam, instantParam, listOf, searchWordsParam, severities } from '../query/index.js';
import { AlertDesk } from './alert-desk.js';

const alertQuery = z.object({
  state: listOf(z.enum(['open', 'seen', 'confirmed', 'false-alarm', 'merged'])),
  severity: severities,
  q: searchWordsParam,
  from: instantParam('start'),
  to: instantParam('end'),
  sort: z.enum(['newest', 'severity']).default('newest'),
  cursor: cursorParam,
});

/** Alerts (预警). Confirming one opens a case: see cases. */
@Guarded('api/alerts')
export class AlertController {
  constructor(@Inject(AlertDesk) private readonly alerts: AlertDesk) {}

  @Get()
  @Allow(VIEWERS)
  list(@Query(valid(alertQuery)) { cursor, ...filter }: z.output<typeof alertQuery>): Promise<Page<AlertView>> {
    return this.alerts.list(filter, cursor ?? null);
  }

  @Get(':id')
  @Allow(VIEWERS)
  detail(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<AlertDetail> {
    return this.alerts.detail(id, actor);
  }

  /** 知悉. Idempotent. */
  @Post(':id/seen')
  @HttpCode(204)
  @Allow(DESK)
  markSeen(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.alerts.markSeen(id, actor);
  }

  /** 误报. 409 already-decided. */
  @Post(':id/false-alarm')
  @HttpCode(204)
  @Allow(DESK)
  markFalseAlarm(@Param('id', IdPipe) id: string, @Body() request: FalseAlarmRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.alerts.markFalseAlarm(id, request, actor);
  }
}
