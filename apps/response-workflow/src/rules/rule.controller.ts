import { Body, Get, HttpCode, Inject, Post } from '@nestjs/common';
import {
  rulesChangeRequest,
  rulesPreviewRequest,
  type ChangeOutcome,
  type RulesChangeRequest,
  type RulesPreview,
  type RulesPreviewRequest,
  type RulesView,
} from '@huiying/contracts/http';
import { valid } from '@huiying/platform';
import { Allow, CurrentActor, Guarded, VIEWERS, type Actor } from '../accounts/index.js';
import { RuleDesk } from './rule-desk.js';

@Guarded('api/rules')
export class RuleController {
  constructor(@Inject(RuleDesk) private readonly rules: RuleDesk) {}

  @Get()
  @Allow(VIEWERS)
  view(): Promise<RulesView> {
    return this.rules.view();
  }

  /** A dry run: faults, changed rules, and the open clocks that would move. */
  @Post('preview')
  @HttpCode(200)
  @Allow(['administrator'])
  preview(@Body(valid(rulesPreviewRequest)) { yaml }: RulesPreviewRequest): Promise<RulesPreview> {
    return this.rules.preview(yaml);
  }

  /** Enters the city's supplement. 400 with every fault; 409 rules-changed. */
  @Post()
  @Allow(['administrator'])
  enter(@Body(valid(rulesChangeRequest)) request: RulesChangeRequest, @CurrentActor() actor: Actor): Promise<ChangeOutcome> {
    return this.rules.enter(request, actor);
  }
}
