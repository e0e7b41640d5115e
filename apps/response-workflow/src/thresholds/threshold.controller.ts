import { Body, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type {
  ChangeThresholdRequest,
  NewThresholdRequest,
  Page,
  ThresholdFiringView,
  ThresholdStateRequest,
  ThresholdTrial,
  ThresholdView,
} from '@huiying/contracts/http';
import { IdPipe, valid } from '@huiying/platform';
import { z } from 'zod';
import { Allow, CurrentActor, DESK, Guarded, VIEWERS, type Actor } from '../accounts/index.js';
import { cursorParam, searchWordsParam } from '../query/index.js';
import { ThresholdDesk } from './threshold-desk.js';

const firingQuery = z.object({ rule: z.uuid().optional(), q: searchWordsParam, cursor: cursorParam });

/** Threshold rules (预警规则) and when they were reached. */
@Guarded('api/thresholds')
export class ThresholdController {
  constructor(@Inject(ThresholdDesk) private readonly desk: ThresholdDesk) {}

  @Get()
  @Allow(VIEWERS)
  list(): Promise<ThresholdView[]> {
    return this.desk.list();
  }

  @Get('firings')
  @Allow(VIEWERS)
  firings(@Query(valid(firingQuery)) { rule, q, cursor }: z.output<typeof firingQuery>): Promise<Page<ThresholdFiringView>> {
    return this.desk.firings({ ...(rule === undefined ? {} : { ruleId: rule }), ...(q === undefined ? {} : { q }) }, cursor ?? null);
  }

  /** What a rule would have told in the last 7 or 30 days; keeps nothing. */
  @Post('trial')
  @HttpCode(200)
  @Allow(DESK)
  try(@Body() request: unknown): Promise<ThresholdTrial> {
    return this.desk.try(request);
  }

  @Post()
  @Allow(DESK)
  create(@Body() request: NewThresholdRequest, @CurrentActor() actor: Actor): Promise<{ id: string }> {
    return this.desk.create(request, actor);
  }

  @Post(':id')
  @HttpCode(204)
  @Allow(DESK)
  change(@Param('id', IdPipe) id: string, @Body() request: ChangeThresholdRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.change(id, request, actor);
  }

  @Post(':id/state')
  @HttpCode(204)
  @Allow(DESK)
  setState(@Param('id', IdPipe) id: string, @Body() request: ThresholdStateRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.setState(id, request, actor);
  }
}
