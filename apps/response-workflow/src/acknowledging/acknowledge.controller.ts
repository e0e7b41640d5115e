import { Get, HttpCode, Inject, Ip, Param, Post, Query, Res } from '@nestjs/common';
import { ENVIRONMENT, IdPipe } from '@huiying/platform';
import type { Environment } from '@huiying/settings';
import { Allow, CurrentActor, EVERYBODY, Guarded, Open, type Actor } from '../accounts/index.js';
import { AcknowledgeDesk } from './acknowledge-desk.js';
import { askPage, donePage, unknownPage } from './acknowledge-page.js';

/** What of an Express answer this needs. */
interface HtmlAnswer {
  status(code: number): HtmlAnswer;
  setHeader(name: string, value: string): void;
  type(type: string): HtmlAnswer;
  send(body: string): void;
}

/**
 * The pages behind the links in messages. Mail scanners, link previews and prefetching browsers open links: a GET or HEAD only shows;
 * what acts is the page's form, which posts with a word that no link carries. No login, no cookie; the token is all there is.
 */
@Guarded('a')
export class AcknowledgeController {
  constructor(
    @Inject(AcknowledgeDesk) private readonly desk: AcknowledgeDesk,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Get(':token')
  @Open()
  async show(@Param('token') token: string, @Res() answer: HtmlAnswer): Promise<void> {
    const linked = await this.desk.look(token);
    if (!linked) return html(answer, 404, unknownPage());
    const viewUrl = this.viewUrl(linked.notice.link);
    if (linked.acknowledgedAt !== null)
      return html(answer, 200, donePage(linked, { outcome: 'used', at: linked.acknowledgedAt, also: null }, viewUrl));
    html(answer, 200, askPage(linked, token, viewUrl));
  }

  @Post(':token')
  @Open()
  async act(
    @Param('token') token: string,
    @Query('confirm') confirm: string | undefined,
    @Ip() ip: string,
    @Res() answer: HtmlAnswer,
  ): Promise<void> {
    const linked = await this.desk.look(token);
    if (!linked) return html(answer, 404, unknownPage());
    const viewUrl = this.viewUrl(linked.notice.link);
    if (confirm !== 'yes') return html(answer, 400, askPage(linked, token, viewUrl));
    const outcome = (await this.desk.byLink(token, ip))!;
    html(answer, outcome.outcome === 'ended' ? 410 : 200, donePage(linked, outcome, viewUrl));
  }

  private viewUrl(link: string): string {
    return new URL(link, this.environment.publicUrl).href;
  }
}

/** 确认 on the console itself. */
@Guarded('api/notices')
export class NoticeAcknowledgeController {
  constructor(@Inject(AcknowledgeDesk) private readonly desk: AcknowledgeDesk) {}

  /** Idempotent. */
  @Post(':id/acknowledge')
  @HttpCode(200)
  @Allow(EVERYBODY)
  async acknowledge(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<{ said: string | null }> {
    const outcome = await this.desk.onConsole(id, actor);
    return { said: outcome.outcome === 'ended' ? null : outcome.also };
  }
}

function html(answer: HtmlAnswer, status: number, body: string): void {
  answer.setHeader('cache-control', 'no-store');
  answer.setHeader('x-robots-tag', 'noindex, nofollow');
  answer.status(status).type('text/html; charset=utf-8').send(body);
}
