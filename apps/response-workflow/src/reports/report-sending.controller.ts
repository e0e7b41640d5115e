import { Body, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { ReportListRequest, ReportListsView, ReportSendingsView } from '@huiying/contracts/http';
import { IdPipe } from '@huiying/platform';
import { Allow, CurrentActor, Guarded, VIEWERS, type Actor } from '../accounts/index.js';
import { ReportListDesk } from './report-lists.js';
import { ReportPost } from './report-post.js';

/** Who lays down what is sent without anybody's asking. */
const KEEPERS = ['supervisor', 'administrator'] as const;

@Guarded('api/reports')
export class ReportSendingController {
  constructor(
    @Inject(ReportListDesk) private readonly lists: ReportListDesk,
    @Inject(ReportPost) private readonly post: ReportPost,
  ) {}

  @Get('lists')
  @Allow(VIEWERS)
  view(): Promise<ReportListsView> {
    return this.lists.view();
  }

  @Post('lists')
  @HttpCode(200)
  @Allow(KEEPERS)
  add(@Body() request: ReportListRequest, @CurrentActor() actor: Actor): Promise<{ id: string }> {
    return this.lists.put(null, request, actor);
  }

  @Post('lists/:id')
  @HttpCode(200)
  @Allow(KEEPERS)
  change(@Param('id', IdPipe) id: string, @Body() request: ReportListRequest, @CurrentActor() actor: Actor): Promise<{ id: string }> {
    return this.lists.put(id, request, actor);
  }

  @Post('lists/:id/remove')
  @HttpCode(204)
  @Allow(KEEPERS)
  remove(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.lists.remove(id, actor);
  }

  /** Who was asked, who got it, who did not and why. */
  @Get('issues/:id/sendings')
  @Allow(VIEWERS)
  ledger(@Param('id', IdPipe) id: string): Promise<ReportSendingsView> {
    return this.post.ledger(id);
  }

  /** To who is on the lists and has not got it. 409 report-not-out, no-mail. */
  @Post('issues/:id/send')
  @HttpCode(200)
  @Allow(['supervisor'])
  send(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<{ asked: number }> {
    return this.post.send(id, actor);
  }

  /** One more copy for one reader. 409 report-on-its-way, report-not-out, no-mail. */
  @Post('issues/:id/sendings/:sending/again')
  @HttpCode(204)
  @Allow(['supervisor', 'duty-officer'])
  again(@Param('id', IdPipe) id: string, @Param('sending', IdPipe) sending: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.post.again(id, sending, actor);
  }
}
