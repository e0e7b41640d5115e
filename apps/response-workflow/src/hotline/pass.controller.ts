import { Body, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { openCallerRequest, type HotlinePassView, type OpenCallerRequest } from '@huiying/contracts/http';
import { valid } from '@huiying/platform';
import { Allow, CurrentActor, DESK, Guarded, VIEWERS, type Actor } from '../accounts/index.js';
import { PassDesk } from './pass-desk.js';

@Guarded('api')
export class PassController {
  constructor(@Inject(PassDesk) private readonly passes: PassDesk) {}

  /** For the pages that import files. */
  @Post('hotline-passes/import')
  @HttpCode(200)
  @Allow(VIEWERS)
  forImport(@CurrentActor() actor: Actor): Promise<HotlinePassView> {
    return this.passes.forImport(actor);
  }

  /** 查看诉求人: asks a reason, is audited, opens one order for a minute. */
  @Post('hotline-orders/:orderNo/caller')
  @HttpCode(200)
  @Allow(DESK)
  forCaller(
    @Param('orderNo') orderNo: string,
    @Body(valid(openCallerRequest)) { reason }: OpenCallerRequest,
    @CurrentActor() actor: Actor,
  ): Promise<HotlinePassView> {
    return this.passes.forCaller(orderNo, reason, actor);
  }
}
