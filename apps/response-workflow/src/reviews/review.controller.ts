import { Body, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { useModelRequest, type QualityView, type ReviewRequest, type ReviewView, type UseModelRequest } from '@huiying/contracts/http';
import { check, IdPipe, valid } from '@huiying/platform';
import { z } from 'zod';
import { Allow, CurrentActor, DESK, Guarded, VIEWERS, type Actor } from '../accounts/index.js';
import { ReviewDesk } from './review-desk.js';

const qualityQuery = z.object({ days: z.coerce.number().int().min(7).max(730).default(90) });

/** 研判复核 and 研判质量. */
@Guarded('api')
export class ReviewController {
  constructor(@Inject(ReviewDesk) private readonly desk: ReviewDesk) {}

  @Get('opinions/:id/reviews')
  @Allow(VIEWERS)
  ofOpinion(@Param('id', IdPipe) id: string): Promise<ReviewView[]> {
    return this.desk.ofOpinion(id);
  }

  @Post('opinions/:id/reviews')
  @HttpCode(204)
  @Allow(DESK)
  review(@Param('id', IdPipe) id: string, @Body() request: ReviewRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.review(id, request, actor);
  }

  @Get('judging-quality')
  @Allow(VIEWERS)
  quality(@Query(valid(qualityQuery)) { days }: z.output<typeof qualityQuery>, @CurrentActor() actor: Actor): Promise<QualityView> {
    return this.desk.quality(days, actor);
  }

  /** 409 learning-already. The outcome comes as a change of kind model. */
  @Post('judging-quality/learning')
  @HttpCode(202)
  @Allow(['administrator'])
  learn(@CurrentActor() actor: Actor): Promise<void> {
    return this.desk.learn(actor);
  }

  @Post('judging-quality/model')
  @HttpCode(202)
  @Allow(['administrator'])
  use(@Body() request: UseModelRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.use(check(useModelRequest, request).model, actor);
  }
}
