import { Readable } from 'node:stream';
import { Get, Inject, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { channel } from '@huiying/contracts';
import type { FilterChoices, OpinionDetail, OpinionView, Page } from '@huiying/contracts/http';
import { IdPipe, valid } from '@huiying/platform';
import type { OpinionFilter } from '@huiying/persistence';
import { z } from 'zod';
import { Allow, CurrentActor, EVERYBODY, Guarded, VIEWERS, type Actor } from '../accounts/index.js';
import { cursorParam, instantParam, listOf, searchWordsParam, severities } from '../query/index.js';
import { OpinionReader } from './opinion-reader.js';

const opinionQuery = z.object({
  q: searchWordsParam,
  channel: listOf(channel),
  topic: listOf(z.string()),
  department: listOf(z.string()),
  severity: severities,
  verdict: z.enum(['flagged', 'not-flagged']).optional(),
  source: listOf(z.string()),
  from: instantParam('start'),
  to: instantParam('end'),
  sort: z.enum(['newest', 'relevance']).default('newest'),
  cursor: cursorParam,
});
type OpinionQuery = z.output<typeof opinionQuery>;

@Guarded('api')
export class OpinionController {
  constructor(@Inject(OpinionReader) private readonly opinions: OpinionReader) {}

  @Get('opinions')
  @Allow(VIEWERS)
  list(@Query(valid(opinionQuery)) query: OpinionQuery): Promise<Page<OpinionView>> {
    return this.opinions.list(filterOf(query), query.cursor ?? null);
  }

  /** The same filters as a UTF-8 CSV with BOM; the filters stand in its head. */
  @Get('opinions.csv')
  @Allow(VIEWERS)
  csv(
    @Query(valid(opinionQuery)) query: OpinionQuery,
    @Query() asked: Record<string, string>,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) answer: { setHeader(name: string, value: string): void },
  ): StreamableFile {
    answer.setHeader('cache-control', 'no-store');
    const lines = this.opinions.csv(filterOf(query), asked, actor);
    const disposition = `attachment; filename="opinions.csv"; filename*=UTF-8''${encodeURIComponent('舆情信息.csv')}`;
    return new StreamableFile(Readable.from(lines, { objectMode: false }), { type: 'text/csv; charset=utf-8', disposition });
  }

  @Get('opinions/:id')
  @Allow(VIEWERS)
  detail(@Param('id', IdPipe) id: string): Promise<OpinionDetail> {
    return this.opinions.detail(id);
  }

  @Get('filters')
  @Allow(EVERYBODY)
  filters(): Promise<FilterChoices> {
    return this.opinions.choices();
  }
}

function filterOf({ verdict, cursor: _cursor, ...filter }: OpinionQuery): OpinionFilter {
  return verdict === undefined ? filter : { ...filter, flagged: verdict === 'flagged' };
}
