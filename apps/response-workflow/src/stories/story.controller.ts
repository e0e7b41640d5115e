import { Body, Get, HttpCode, Inject, Param, Post, Query, Res, type StreamableFile } from '@nestjs/common';
import type { FixStoryRequest, MergeStoryRequest, SplitStoryRequest, Page, StoryDetail, StoryView } from '@huiying/contracts/http';
import { IdPipe, valid } from '@huiying/platform';
import { z } from 'zod';
import { Allow, CurrentActor, DESK, Guarded, VIEWERS, type Actor } from '../accounts/index.js';
import { csvAnswer, searchWordsParam } from '../query/index.js';
import { StoryDesk } from './story-desk.js';
import { StoryReader } from './story-reader.js';

const storyQuery = z.object({ q: searchWordsParam, sort: z.enum(['heat', 'newest']).default('heat') });
const pageQuery = storyQuery.extend({
  cursor: z
    .string()
    .regex(/^\d{1,5}$/, 'must be the `next` of a page')
    .optional(),
});

/** Stories (事件): what belongs together, how hot it is, and what officers decide of it. */
@Guarded('api/stories')
export class StoryController {
  constructor(
    @Inject(StoryReader) private readonly reader: StoryReader,
    @Inject(StoryDesk) private readonly desk: StoryDesk,
  ) {}

  @Get()
  @Allow(VIEWERS)
  list(@Query(valid(pageQuery)) { q, sort, cursor }: z.output<typeof pageQuery>): Promise<Page<StoryView>> {
    return this.reader.list(q, sort, Number(cursor ?? 0));
  }

  /** The same list whole, as a UTF-8 CSV with BOM. */
  @Get('export.csv')
  @Allow(VIEWERS)
  async csv(
    @Query(valid(storyQuery)) { q, sort }: z.output<typeof storyQuery>,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) answer: { setHeader(name: string, value: string): void },
  ): Promise<StreamableFile> {
    return csvAnswer(await this.reader.csv(q, sort, actor), '事件', answer);
  }

  @Get(':id')
  @Allow(VIEWERS)
  detail(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<StoryDetail> {
    return this.reader.detail(id, actor);
  }

  /** 并案. 409 already-one. */
  @Post(':id/merge')
  @HttpCode(204)
  @Allow(DESK)
  merge(@Param('id', IdPipe) id: string, @Body() request: MergeStoryRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.merge(id, request, actor);
  }

  /** 拆案. 409 nothing-left. */
  @Post(':id/split')
  @Allow(DESK)
  split(@Param('id', IdPipe) id: string, @Body() request: SplitStoryRequest, @CurrentActor() actor: Actor): Promise<{ storyId: string }> {
    return this.desk.split(id, request, actor);
  }

  /** 固定. */
  @Post(':id/fix')
  @HttpCode(204)
  @Allow(DESK)
  fix(@Param('id', IdPipe) id: string, @Body() request: FixStoryRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.fix(id, true, request, actor);
  }

  /** 取消固定. */
  @Post(':id/unfix')
  @HttpCode(204)
  @Allow(DESK)
  unfix(@Param('id', IdPipe) id: string, @Body() request: FixStoryRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.fix(id, false, request, actor);
  }

  /** 撤销. 409 already-settled. */
  @Post('acts/:actId/undo')
  @HttpCode(204)
  @Allow(DESK)
  undo(@Param('actId', IdPipe) actId: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.settle(actId, 'undo', actor);
  }

  /** 不是同一事件. 409 already-settled. */
  @Post('acts/:actId/dismiss')
  @HttpCode(204)
  @Allow(DESK)
  dismiss(@Param('actId', IdPipe) actId: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.settle(actId, 'dismiss', actor);
  }
}
