import { Body, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type {
  ApproveExtensionRequest,
  BecauseRequest,
  DeadlineWhy,
  ExtendRequest,
  ExtensionView,
  Page,
  PauseRequest,
} from '@huiying/contracts/http';
import { IdPipe, valid } from '@huiying/platform';
import { z } from 'zod';
import { Allow, CurrentActor, EVERYBODY, Guarded, type Actor } from '../accounts/index.js';
import { cursorParam } from '../query/index.js';
import { ExtensionDesk } from './extension-desk.js';
import { WhyDesk } from './why-desk.js';

const extensionQuery = z.object({ state: z.enum(['waiting', 'all']).default('waiting'), cursor: cursorParam });
const ASKERS = ['department-lead', 'duty-officer', 'supervisor'] as const;
const LEADERS = ['supervisor'] as const;

@Guarded('api')
export class DeadlineController {
  constructor(
    @Inject(WhyDesk) private readonly why: WhyDesk,
    @Inject(ExtensionDesk) private readonly extensions: ExtensionDesk,
  ) {}

  /** Why it is due then. 404 also for a clock of another department. */
  @Get('deadlines/:id/why')
  @Allow(EVERYBODY)
  explain(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<DeadlineWhy> {
    return this.why.explain(id, actor);
  }

  /** 申请延期. 409 clock-not-running, clock-not-extendable, extensions-used-up, extension-too-long, extension-asked. */
  @Post('deadlines/:id/extensions')
  @HttpCode(200)
  @Allow(ASKERS)
  ask(@Param('id', IdPipe) id: string, @Body() request: ExtendRequest, @CurrentActor() actor: Actor): Promise<{ requestId: string }> {
    return this.extensions.ask(id, request, actor);
  }

  @Post('deadlines/:id/pause')
  @HttpCode(204)
  @Allow(LEADERS)
  pause(@Param('id', IdPipe) id: string, @Body() request: PauseRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.extensions.pause(id, request, actor);
  }

  @Post('deadlines/:id/resume')
  @HttpCode(204)
  @Allow(LEADERS)
  resume(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.extensions.resume(id, actor);
  }

  @Get('extensions')
  @Allow(EVERYBODY)
  list(
    @Query(valid(extensionQuery)) { state, cursor }: z.output<typeof extensionQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<Page<ExtensionView>> {
    return this.extensions.list({ waiting: state === 'waiting' }, cursor ?? null, actor);
  }

  /** 409 extension-approved, extension-refused, extension-withdrawn, clock-not-running; 403 for one's own. */
  @Post('extensions/:id/approve')
  @HttpCode(204)
  @Allow(LEADERS)
  approve(@Param('id', IdPipe) id: string, @Body() request: ApproveExtensionRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.extensions.approve(id, request, actor);
  }

  @Post('extensions/:id/refuse')
  @HttpCode(204)
  @Allow(LEADERS)
  refuse(@Param('id', IdPipe) id: string, @Body() request: BecauseRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.extensions.refuse(id, request, actor);
  }

  @Post('extensions/:id/withdraw')
  @HttpCode(204)
  @Allow(ASKERS)
  withdraw(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.extensions.withdraw(id, actor);
  }
}
