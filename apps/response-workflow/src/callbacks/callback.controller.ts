import { Body, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import {
  resendRequest,
  skipRequest,
  unskipRequest,
  type SkippedCallbackView,
  type CallbackTargetView,
  type DeadCallbackView,
  type Page,
} from '@huiying/contracts/http';
import { valid } from '@huiying/platform';
import { z } from 'zod';
import { Allow, CurrentActor, DESK, Guarded, VIEWERS, type Actor } from '../accounts/index.js';
import { cursorParam, searchWordsParam } from '../query/index.js';
import { CallbackDesk } from './callback-desk.js';

const deadQuery = z.object({ target: z.string().max(63).optional(), q: searchWordsParam, cursor: cursorParam });

/** 回调: which systems are told, what waits, what was given up. */
@Guarded('api/callbacks')
export class CallbackController {
  constructor(@Inject(CallbackDesk) private readonly desk: CallbackDesk) {}

  @Get()
  @Allow(VIEWERS)
  targets(): Promise<CallbackTargetView[]> {
    return this.desk.targets();
  }

  @Get('dead')
  @Allow(VIEWERS)
  dead(@Query(valid(deadQuery)) { cursor, ...filter }: z.output<typeof deadQuery>): Promise<Page<DeadCallbackView>> {
    return this.desk.dead(filter, cursor ?? null);
  }

  @Post(':target/resend')
  @HttpCode(200)
  @Allow([...DESK, 'administrator'])
  resend(
    @Param('target') target: string,
    @Body(valid(resendRequest)) { orderNo }: z.output<typeof resendRequest>,
    @CurrentActor() actor: Actor,
  ): Promise<{ resent: number }> {
    return this.desk.resend(target, orderNo, actor);
  }

  @Get('skipped')
  @Allow(VIEWERS)
  skipped(): Promise<SkippedCallbackView[]> {
    return this.desk.skipped();
  }

  @Post(':target/unskip')
  @HttpCode(204)
  @Allow([...DESK, 'administrator'])
  unskip(
    @Param('target') target: string,
    @Body(valid(unskipRequest)) request: z.output<typeof unskipRequest>,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    return this.desk.unskip(target, request, actor);
  }

  @Post(':target/skip')
  @HttpCode(200)
  @Allow([...DESK, 'administrator'])
  skip(
    @Param('target') target: string,
    @Body(valid(skipRequest)) request: z.output<typeof skipRequest>,
    @CurrentActor() actor: Actor,
  ): Promise<{ seq: number }> {
    return this.desk.skip(target, request, actor);
  }
}
