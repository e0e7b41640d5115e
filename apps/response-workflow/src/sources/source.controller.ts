import { Body, Get, HttpCode, Inject, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import type { SourceSetting } from '@huiying/contracts';
import {
  createSourceRequest,
  importSourcesRequest,
  saveSourceRequest,
  sourceAct,
  sourceChannels,
  sourceKinds,
  sourceStates,
  type SourceAct,
  type SourceDetail,
  type SourceImport,
  type SourcePage,
  type SourceTrialView,
} from '@huiying/contracts/http';
import { check, IdPipe, valid } from '@huiying/platform';
import { z } from 'zod';
import { Allow, CurrentActor, Guarded, VIEWERS, type Actor } from '../accounts/index.js';
import { cursorParam, listOf, searchWordsParam } from '../query/index.js';
import { idOfAddress, SourceExchange } from './exchange/index.js';
import { SourceDesk } from './source-desk.js';
import { SourceReader } from './source-reader.js';
import { EDITORS } from './source-roles.js';

const sourceQuery = z.object({
  q: searchWordsParam,
  state: listOf(sourceStates),
  channel: listOf(sourceChannels),
  kind: listOf(sourceKinds),
  cursor: cursorParam,
});
type SourceQuery = z.output<typeof sourceQuery>;
type NewSetting = z.output<typeof createSourceRequest>;
type Headers = { setHeader(name: string, value: string): void };

@Guarded('api')
export class SourceController {
  constructor(
    @Inject(SourceReader) private readonly sources: SourceReader,
    @Inject(SourceDesk) private readonly desk: SourceDesk,
    @Inject(SourceExchange) private readonly exchange: SourceExchange,
  ) {}

  @Get('sources')
  @Allow(VIEWERS)
  list(@Query(valid(sourceQuery)) { cursor, ...filter }: SourceQuery): Promise<SourcePage> {
    return this.sources.list(filter, cursor ?? null);
  }

  @Post('sources')
  @Allow(EDITORS)
  async create(@Body(valid(createSourceRequest)) body: NewSetting, @CurrentActor() actor: Actor): Promise<{ sourceId: string }> {
    const setting = withId(body);
    await this.desk.create(setting, actor);
    return { sourceId: setting.id };
  }

  @Post('sources/trials')
  @Allow(VIEWERS)
  try(@Body(valid(createSourceRequest)) body: NewSetting, @CurrentActor() actor: Actor): Promise<SourceTrialView> {
    return this.desk.try(withId(body), actor);
  }

  @Get('sources/trials/:id')
  @Allow(VIEWERS)
  trial(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<SourceTrialView> {
    return this.desk.trial(id, actor);
  }

  @Post('sources/import')
  @HttpCode(200)
  @Allow(EDITORS)
  import(
    @Body(valid(importSourcesRequest)) request: z.output<typeof importSourcesRequest>,
    @CurrentActor() actor: Actor,
  ): Promise<SourceImport> {
    return this.exchange.import(request, actor);
  }

  @Get('sources.opml')
  @Allow(VIEWERS)
  async opml(@Res({ passthrough: true }) answer: Headers): Promise<StreamableFile> {
    return file(answer, await this.exchange.opml(), 'text/x-opml; charset=utf-8', 'sources.opml');
  }

  @Get('sources.csv')
  @Allow(VIEWERS)
  async csv(@Res({ passthrough: true }) answer: Headers): Promise<StreamableFile> {
    return file(answer, await this.exchange.csv(), 'text/csv; charset=utf-8', 'sources.csv');
  }

  @Get('sources/:id')
  @Allow(VIEWERS)
  detail(@Param('id') id: string, @CurrentActor() actor: Actor): Promise<SourceDetail> {
    return this.sources.detail(id, actor);
  }

  @Post('sources/:id')
  @HttpCode(204)
  @Allow(EDITORS)
  edit(@Param('id') id: string, @Body(valid(saveSourceRequest)) setting: SourceSetting, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.edit(id, setting, actor);
  }

  /** Retrying, pausing and resuming is the desk's; taking off the list for good is not. */
  @Post('sources/:id/act')
  @HttpCode(204)
  @Allow(VIEWERS)
  act(@Param('id') id: string, @Body(valid(sourceAct)) { act }: { act: SourceAct }, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.act(id, act, actor);
  }
}

/** A setting as it was sent, with an id of its address where it has none. @throws BadInput */
function withId(body: NewSetting): SourceSetting {
  const url: unknown = body.url;
  const id = body.id || (typeof url === 'string' && URL.canParse(url) ? idOfAddress(url) : 'source');
  return check(saveSourceRequest, { ...body, id });
}

function file(answer: Headers, text: string, type: string, name: string): StreamableFile {
  answer.setHeader('cache-control', 'no-store');
  return new StreamableFile(Buffer.from(text, 'utf8'), { type, disposition: `attachment; filename="${name}"` });
}
