import { Body, Delete, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import type {
  AnswerSwapRequest,
  AskSwapRequest,
  ChangeDutyRequest,
  DutyFeed,
  DutyPlan,
  GiveHandoverRequest,
  HandoverContent,
  HandoverView,
  SwapView,
  TakeHandoverRequest,
} from '@huiying/contracts/http';
import { Clock, NotFound } from '@huiying/domain';
import { IdPipe, valid } from '@huiying/platform';
import { z } from 'zod';
import { Allow, CurrentActor, DESK, Guarded, Open, VIEWERS, type Actor } from '../accounts/index.js';
import { DutyPlanDesk } from './duty-plan-desk.js';
import { HandoverDesk } from './handover-desk.js';
import { SwapDesk } from './swap-desk.js';
import { dayField } from '@huiying/contracts/http';

const planQuery = z.object({ from: dayField.optional(), days: z.coerce.number().int().min(1).max(62).default(14) });
const swapAction = z.enum(['agree', 'decline', 'withdraw']);

/** 值班: the roster as it is lived, swaps, handovers, calendars. */
@Guarded('api/duty')
export class RosteringController {
  constructor(
    @Inject(DutyPlanDesk) private readonly plans: DutyPlanDesk,
    @Inject(SwapDesk) private readonly swaps: SwapDesk,
    @Inject(HandoverDesk) private readonly handovers: HandoverDesk,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get('plan')
  @Allow(VIEWERS)
  plan(@Query(valid(planQuery)) { from, days }: z.output<typeof planQuery>, @CurrentActor() actor: Actor): Promise<DutyPlan> {
    return this.plans.plan(from ?? this.plans.dutyDay(this.clock.now()), days, actor);
  }

  @Post('changes')
  @Allow(['supervisor', 'administrator'])
  change(@Body() request: ChangeDutyRequest, @CurrentActor() actor: Actor): Promise<{ changeId: string }> {
    return this.plans.change(request, actor);
  }

  @Post('changes/:id/cancel')
  @HttpCode(204)
  @Allow(['supervisor', 'administrator'])
  cancelChange(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.plans.cancelChange(id, actor);
  }

  @Get('swaps')
  @Allow(VIEWERS)
  listSwaps(@CurrentActor() actor: Actor): Promise<SwapView[]> {
    return this.swaps.list(actor);
  }

  @Post('swaps')
  @Allow(DESK)
  ask(@Body() request: AskSwapRequest, @CurrentActor() actor: Actor): Promise<{ swapId: string }> {
    return this.swaps.ask(request, actor);
  }

  @Post('swaps/:id/:action')
  @HttpCode(204)
  @Allow(DESK)
  answer(
    @Param('id', IdPipe) id: string,
    @Param('action', valid(swapAction)) action: z.output<typeof swapAction>,
    @Body() request: AnswerSwapRequest | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    return this.swaps.answer(id, action, request ?? {}, actor);
  }

  @Get('handover')
  @Allow(VIEWERS)
  draft(): Promise<HandoverContent> {
    return this.handovers.draft();
  }

  @Get('handovers')
  @Allow(VIEWERS)
  listHandovers(): Promise<HandoverView[]> {
    return this.handovers.list();
  }

  @Post('handovers')
  @Allow(DESK)
  give(@Body() request: GiveHandoverRequest, @CurrentActor() actor: Actor): Promise<{ handoverId: string }> {
    return this.handovers.give(request, actor);
  }

  @Post('handovers/:id/take')
  @HttpCode(204)
  @Allow(DESK)
  take(@Param('id', IdPipe) id: string, @Body() request: TakeHandoverRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.handovers.take(id, request, actor);
  }

  @Get('feed')
  @Allow(DESK)
  feed(@CurrentActor() actor: Actor): Promise<DutyFeed> {
    return this.plans.feed(actor);
  }

  @Post('feed')
  @Allow(DESK)
  makeFeed(@CurrentActor() actor: Actor): Promise<DutyFeed> {
    return this.plans.makeFeed(actor);
  }

  @Delete('feed')
  @HttpCode(204)
  @Allow(DESK)
  endFeed(@CurrentActor() actor: Actor): Promise<void> {
    return this.plans.endFeed(actor);
  }

  /** For calendars, which cannot log in: the address is the secret, and shows one person's turns and nothing else. */
  @Get('calendar/:file')
  @Open()
  async calendar(
    @Param('file') file: string,
    @Res({ passthrough: true }) answer: { setHeader(name: string, value: string): void },
  ): Promise<string> {
    const token = /^([\w-]{32})\.ics$/.exec(file)?.[1];
    const text = token === undefined ? null : await this.plans.calendar(token);
    if (text === null) throw new NotFound('calendar', 'of this address');
    answer.setHeader('content-type', 'text/calendar; charset=utf-8');
    answer.setHeader('cache-control', 'private, no-store');
    return text;
  }
}
