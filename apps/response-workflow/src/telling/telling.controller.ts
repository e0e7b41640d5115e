import { Body, Get, HttpCode, Inject, Param, Post, Put, Query, Res, type StreamableFile } from '@nestjs/common';
import type { ChannelSecretsRequest, ChannelTest, ChannelView, MyTelling, MyTellingRequest, Page, ToldView } from '@huiying/contracts/http';
import type { ToldFilter } from '@huiying/persistence';
import { IdPipe, valid } from '@huiying/platform';
import { z } from 'zod';
import { Allow, CurrentActor, EVERYBODY, Guarded, VIEWERS, type Actor } from '../accounts/index.js';
import { csvAnswer, cursorParam, instantParam, searchWordsParam } from '../query/index.js';
import { ChannelSecretDesk } from './channel-secret-desk.js';
import { TellingDesk } from './telling-desk.js';
import { idField } from '@huiying/contracts/http';

const ledgerQuery = z.object({
  person: idField.optional(),
  channel: z.string().max(40).optional(),
  state: z.enum(['failed', 'waiting', 'unread', 'unacknowledged', 'acknowledged']).optional(),
  urgency: z.enum(['normal', 'urgent']).optional(),
  from: instantParam('start'),
  to: instantParam('end'),
  q: searchWordsParam,
  cursor: cursorParam,
});
type LedgerQuery = z.output<typeof ledgerQuery>;
const STATE_WORDS = {
  failed: '发送失败或重试中',
  waiting: '待发送或免打扰',
  unread: '未读',
  unacknowledged: '紧急且未确认',
  acknowledged: '已确认',
};

/** 通知台账, how each wants to be told, and the channels. */
@Guarded('api')
export class TellingController {
  constructor(
    @Inject(TellingDesk) private readonly desk: TellingDesk,
    @Inject(ChannelSecretDesk) private readonly secrets: ChannelSecretDesk,
  ) {}

  @Get('telling')
  @Allow(VIEWERS)
  ledger(@Query(valid(ledgerQuery)) query: LedgerQuery): Promise<Page<ToldView>> {
    return this.desk.ledger(filterOf(query), query.cursor ?? null);
  }

  @Get('telling.csv')
  @Allow(VIEWERS)
  async csv(
    @Query(valid(ledgerQuery)) query: LedgerQuery,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) answer: { setHeader(name: string, value: string): void },
  ): Promise<StreamableFile> {
    const asked: [string, string][] = [
      ['状态', query.state ? STATE_WORDS[query.state] : ''],
      ['渠道', query.channel ?? ''],
      ['搜索', query.q ?? ''],
    ];
    return csvAnswer(await this.desk.csv(filterOf(query), actor, asked), '通知台账', answer);
  }

  @Get('cases/:id/telling')
  @Allow(EVERYBODY)
  ofCase(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<ToldView[]> {
    return this.desk.ofCase(id, actor);
  }

  @Get('me/telling')
  @Allow(EVERYBODY)
  mine(@CurrentActor() actor: Actor): Promise<MyTelling> {
    return this.desk.mine(actor);
  }

  @Put('me/telling')
  @Allow(EVERYBODY)
  keepMine(@Body() request: MyTellingRequest, @CurrentActor() actor: Actor): Promise<MyTelling> {
    return this.desk.keepMine(request, actor);
  }

  @Get('channels')
  @Allow(['administrator', 'supervisor'])
  channels(): Promise<ChannelView[]> {
    return this.desk.channels();
  }

  /** Sets or replaces secrets of a channel. No answer ever holds one. */
  @Post('channels/:id/secrets')
  @HttpCode(204)
  @Allow(['administrator'])
  setSecrets(@Param('id') channel: string, @Body() request: ChannelSecretsRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.secrets.set(channel, request, actor);
  }

  /** 409 nothing-set. */
  @Post('channels/:id/secrets/remove')
  @HttpCode(204)
  @Allow(['administrator'])
  removeSecrets(@Param('id') channel: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.secrets.remove(channel, actor);
  }

  /** Sends a test to whoever asks. */
  @Post('channels/:id/test')
  @HttpCode(200)
  @Allow(['administrator'])
  test(@Param('id') id: string, @CurrentActor() actor: Actor): Promise<ChannelTest> {
    return this.desk.test(id, actor);
  }
}

function filterOf({ person, cursor: _, ...rest }: LedgerQuery): ToldFilter {
  return { ...rest, recipientId: person };
}
