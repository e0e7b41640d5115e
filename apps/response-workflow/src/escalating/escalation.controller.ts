import { Body, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { EscalateRequest, EscalationView } from '@huiying/contracts/http';
import { IdPipe } from '@huiying/platform';
import { Allow, CurrentActor, DESK, Guarded, VIEWERS, type Actor } from '../accounts/index.js';
import { EscalationDesk } from './escalation-desk.js';

/** 逐级上报: what climbs, who was told, and taking it up or in hand. */
@Guarded('api')
export class EscalationController {
  constructor(@Inject(EscalationDesk) private readonly desk: EscalationDesk) {}

  @Get('escalations')
  @Allow(VIEWERS)
  open(): Promise<EscalationView[]> {
    return this.desk.open();
  }

  @Get('alerts/:id/escalations')
  @Allow(VIEWERS)
  ofAlert(@Param('id', IdPipe) alertId: string): Promise<EscalationView[]> {
    return this.desk.of({ alertId });
  }

  @Get('cases/:id/escalations')
  @Allow(VIEWERS)
  ofCase(@Param('id', IdPipe) caseId: string): Promise<EscalationView[]> {
    return this.desk.of({ caseId });
  }

  /** 确认. Idempotent. */
  @Post('escalations/:id/acknowledge')
  @HttpCode(204)
  @Allow(DESK)
  acknowledge(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.acknowledge(id, actor);
  }

  @Post('alerts/:id/escalate')
  @HttpCode(204)
  @Allow(DESK)
  escalateAlert(@Param('id', IdPipe) alertId: string, @Body() request: EscalateRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.escalate({ alertId }, request, actor);
  }

  @Post('cases/:id/escalate')
  @HttpCode(204)
  @Allow(DESK)
  escalateCase(@Param('id', IdPipe) caseId: string, @Body() request: EscalateRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.escalate({ caseId }, request, actor);
  }
}
