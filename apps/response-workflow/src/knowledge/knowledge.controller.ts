import { Body, Get, HttpCode, Inject, Param, Post, Query, Res, type StreamableFile } from '@nestjs/common';
import { knowledgeStates, type KnowledgeDetail, type KnowledgeView, type Page } from '@huiying/contracts/http';
import { IdPipe, valid } from '@huiying/platform';
import { z } from 'zod';
import { Allow, CurrentActor, DESK, EVERYBODY, Guarded, type Actor } from '../accounts/index.js';
import { csvAnswer, cursorParam, listOf, searchWordsParam } from '../query/index.js';
import { KnowledgeDesk } from './knowledge-desk.js';

const query = z.object({
  q: searchWordsParam,
  state: listOf(knowledgeStates),
  department: z.string().max(60).optional(),
  source: listOf(z.enum(['statement', 'interpretation', 'hand'])),
  outlasting: z
    .enum(['true', 'false'])
    .optional()
    .transform((one) => one === 'true'),
  cursor: cursorParam,
});
type Asked = z.output<typeof query>;

/** 知识库. */
@Guarded('api/knowledge')
export class KnowledgeController {
  constructor(@Inject(KnowledgeDesk) private readonly desk: KnowledgeDesk) {}

  @Get()
  @Allow(EVERYBODY)
  list(@Query(valid(query)) { cursor, ...filter }: Asked): Promise<Page<KnowledgeView>> {
    return this.desk.list(filter, cursor ?? null);
  }

  @Get('export.csv')
  @Allow(EVERYBODY)
  async csv(
    @Query(valid(query)) { cursor: _, ...filter }: Asked,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) answer: { setHeader(name: string, value: string): void },
  ): Promise<StreamableFile> {
    const said: [string, string][] = [
      ['搜索', filter.q ?? ''],
      ['状态', filter.state?.join('、') ?? ''],
      ['责任单位', filter.department ?? ''],
      ['范围', filter.outlasting ? '政策已失效待处理' : ''],
    ];
    return csvAnswer(await this.desk.csv(filter, said, actor), '知识库', answer);
  }

  @Post('expire-with')
  @HttpCode(200)
  @Allow(DESK)
  expireWith(@Body() request: unknown, @CurrentActor() actor: Actor): Promise<{ changed: number }> {
    return this.desk.expireWith(request, actor);
  }

  @Post('carry-on')
  @HttpCode(200)
  @Allow(DESK)
  carryOn(@Body() request: unknown, @CurrentActor() actor: Actor): Promise<{ changed: number }> {
    return this.desk.carryOn(request, actor);
  }

  @Get(':id')
  @Allow(EVERYBODY)
  detail(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<KnowledgeDetail> {
    return this.desk.detail(id, actor);
  }

  @Post()
  @Allow(DESK)
  create(@Body() request: unknown, @CurrentActor() actor: Actor): Promise<{ id: string }> {
    return this.desk.create(request, actor);
  }

  @Post(':id')
  @HttpCode(204)
  @Allow(DESK)
  change(@Param('id', IdPipe) id: string, @Body() request: unknown, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.change(id, request, actor);
  }

  @Post(':id/withdraw')
  @HttpCode(204)
  @Allow(DESK)
  withdraw(@Param('id', IdPipe) id: string, @Body() request: unknown, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.withdraw(id, request, actor);
  }
}
