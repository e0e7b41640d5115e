import { Inject, Injectable } from '@nestjs/common';
import type { SourceDetail, SourcePage } from '@huiying/contracts/http';
import { Clock, HOUR_MS, NotFound } from '@huiying/domain';
import { AuditTrail, Database, SourceCoverage, SourceReports, type SourceFilter } from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';
import { mayEdit } from './source-roles.js';
import { COVERAGE_HOURS, toSourceLine, toUnseenView } from './source-view.js';

const PAGE = 200;
const COVERAGE_MS = COVERAGE_HOURS * HOUR_MS;

const ACTIONS: Record<string, string> = {
  'source.create': '新增信源',
  'source.edit': '修改设置',
  'source.poll': '立即重试',
  'source.pause': '暂停采集',
  'source.resume': '恢复采集',
  'source.remove': '移出清单',
  'source.import': '导入',
};

/** The sources as the console lists and opens them. */
@Injectable()
export class SourceReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async list(filter: SourceFilter, cursor: string | null): Promise<SourcePage> {
    const reports = new SourceReports(this.database);
    const [page, counts] = await Promise.all([reports.page(filter, cursor, PAGE), reports.counts()]);
    const unseen = await this.unseen(page.items.map(({ report }) => report.sourceId));
    const all = Object.values(counts).reduce((a, b) => a + b, 0);
    return { ...page, items: page.items.map((row) => toSourceLine(row, unseen, this.clock.now())), counts: { ...counts, all } };
  }

  /** @throws NotFound */
  async detail(id: string, actor: Actor): Promise<SourceDetail> {
    const row = await new SourceReports(this.database).find(id);
    if (!row) throw new NotFound('source', id);
    const unseen = await this.unseen([id]);
    const line = toSourceLine(row, unseen, this.clock.now());
    const history = await new AuditTrail(this.database).of(`source:${id}`);
    return {
      ...line,
      setting: row.report.setting ?? null,
      unseen: unseen.map(toUnseenView),
      unseenHours: line.coverage.hours.replaceAll('.', '').length,
      history: history.reverse().map(({ at, who, action, detail }) => ({
        at: at.toISOString(),
        who,
        action,
        text: `${ACTIONS[action] ?? action}${typeof detail?.said === 'string' ? `：${detail.said}` : ''}`,
      })),
      mayEdit: mayEdit(actor),
    };
  }

  private unseen(ids: readonly string[]) {
    const now = this.clock.now();
    return new SourceCoverage(this.database).between(new Date(now.getTime() - COVERAGE_MS), now, ids);
  }
}
