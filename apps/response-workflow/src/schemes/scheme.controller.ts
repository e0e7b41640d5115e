import { Body, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type {
  ChangeSchemeRequest,
  NewSchemeRequest,
  SchemeDetail,
  SchemeStateRequest,
  SchemeView,
  TrialRequest,
  TrialResult,
} from '@huiying/contracts/http';
import { IdPipe } from '@huiying/platform';
import { Allow, CurrentActor, DESK, Guarded, VIEWERS, type Actor } from '../accounts/index.js';
import { SchemeDesk } from './scheme-desk.js';

/** Keyword schemes (方案). */
@Guarded('api/schemes')
export class SchemeController {
  constructor(@Inject(SchemeDesk) private readonly schemes: SchemeDesk) {}

  @Get()
  @Allow(VIEWERS)
  list(): Promise<SchemeView[]> {
    return this.schemes.list();
  }

  /** Tries words on the last days; keeps nothing. */
  @Post('trial')
  @HttpCode(200)
  @Allow(DESK)
  try(@Body() request: TrialRequest): Promise<TrialResult> {
    return this.schemes.try(request);
  }

  @Post()
  @Allow(DESK)
  create(@Body() request: NewSchemeRequest, @CurrentActor() actor: Actor): Promise<{ id: string }> {
    return this.schemes.create(request, actor);
  }

  @Get(':id')
  @Allow(VIEWERS)
  detail(@Param('id', IdPipe) id: string): Promise<SchemeDetail> {
    return this.schemes.detail(id);
  }

  @Post(':id')
  @HttpCode(204)
  @Allow(DESK)
  change(@Param('id', IdPipe) id: string, @Body() request: ChangeSchemeRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.schemes.change(id, request, actor);
  }

  @Post(':id/state')
  @HttpCode(204)
  @Allow(DESK)
  setState(@Param('id', IdPipe) id: string, @Body() request: SchemeStateRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.schemes.setState(id, request, actor);
  }
}
