import { Controller, Get, Inject, Query, Res, type StreamableFile } from '@nestjs/common';
import { figuresQuery, type FiguresQuery, type FiguresView } from '@huiying/contracts/http';
import { CurrentClient, ForSystems, valid } from '@huiying/platform';
import type { ApiClient } from '@huiying/settings';
import { Allow, CurrentActor, Guarded, VIEWERS, type Actor } from '../accounts/index.js';
import { csvAnswer } from '../query/index.js';
import { figuresCsv } from './figures-csv.js';
import { FiguresReader } from './figures-reader.js';

interface Headers {
  setHeader(name: string, value: string): void;
}

/** 数据比较: departments and spans beside each other. */
@Guarded('api/figures')
export class FiguresController {
  constructor(@Inject(FiguresReader) private readonly figures: FiguresReader) {}

  @Get()
  @Allow(VIEWERS)
  async read(
    @Query(valid(figuresQuery)) query: FiguresQuery,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) answer: Headers,
  ): Promise<FiguresView | StreamableFile> {
    return answerOf(await this.figures.read(query), query, actor.name, answer);
  }
}

/** The same for other systems: a leader's dashboard, the city's data platform. */
@Controller('api/hotline/v1/figures')
export class FiguresApiController {
  constructor(@Inject(FiguresReader) private readonly figures: FiguresReader) {}

  @Get()
  @ForSystems('figures:read')
  async read(
    @Query(valid(figuresQuery)) query: FiguresQuery,
    @CurrentClient() client: ApiClient,
    @Res({ passthrough: true }) answer: Headers,
  ): Promise<FiguresView | StreamableFile> {
    return answerOf(await this.figures.read(query), query, client.name, answer);
  }
}

function answerOf(view: FiguresView, { format, from, to }: FiguresQuery, by: string, answer: Headers): FiguresView | StreamableFile {
  return format === 'csv' ? csvAnswer(figuresCsv(view, by), `各单位统计${from}至${to}`, answer) : view;
}
