import { Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { NoticeView, Page } from '@huiying/contracts/http';
import { Clock, NotFound } from '@huiying/domain';
import { IdPipe } from '@huiying/platform';
import { Database, Notices, type NoticeRow } from '@huiying/persistence';
import { Allow, CurrentActor, EVERYBODY, Guarded, type Actor } from '../accounts/index.js';
import { ChannelBook } from './channel-book.js';

const PAGE = 50;

/** What this person was told. */
@Guarded('api/notices')
export class NoticeController {
  private readonly notices: Notices;

  constructor(
    @Inject(Database) database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ChannelBook) private readonly book: ChannelBook,
  ) {
    this.notices = new Notices(database);
  }

  @Get()
  @Allow(EVERYBODY)
  async list(
    @Query('unread') unread: string | undefined,
    @Query('cursor') cursor: string | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<Page<NoticeView>> {
    const page = await this.notices.page(actor.id, unread === 'true', cursor ?? null, PAGE);
    return { ...page, items: page.items.map((row) => toNoticeView(row, this.book)) };
  }

  @Post('read-all')
  @HttpCode(204)
  @Allow(EVERYBODY)
  async readAll(@CurrentActor() actor: Actor): Promise<void> {
    await this.notices.markAllRead(actor.id, this.clock.now());
  }

  @Post(':id/read')
  @HttpCode(204)
  @Allow(EVERYBODY)
  async read(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    if (!(await this.notices.markRead(id, actor.id, this.clock.now()))) throw new NotFound('notice', id);
  }
}

function toNoticeView(row: NoticeRow, book: ChannelBook): NoticeView {
  const { id, urgency, title, body, link } = row;
  return {
    id,
    at: row.requestedAt.toISOString(),
    urgency,
    title,
    body,
    link,
    readAt: row.readAt?.toISOString() ?? null,
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    deliveries: row.deliveries.map(({ channel, state, at, detail }) => ({
      channel,
      channelName: book.nameOf(channel),
      state,
      at: at?.toISOString() ?? null,
      detail,
    })),
  };
}
