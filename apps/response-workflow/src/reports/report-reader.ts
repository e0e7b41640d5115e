import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ReportPart, ReportView } from '@huiying/contracts/http';
import { after, Clock, comparable, issueNumber, kindOf, REPORT_KIND_WORDS, type ReportPeriod } from '@huiying/domain';
import { Database, ReportFigures, SourceCoverage, SourceReports, type ClockLine, type ReportSpan } from '@huiying/persistence';
import { CityBook } from '../city/index.js';
import { linkOf } from '../deadlines/index.js';
import type { LinkedLine, ReportData } from './report-data.js';
import { sectionsOf } from './sections.js';
import { notBegun } from './unfinished.js';

const STORIES = 20;
const TOP = 10;
const LINES = 200;
/** What is counted one after the other. */
const PARTS = 12;

/** Makes reports of any span from what is kept. */
@Injectable()
export class ReportReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CityBook) private readonly city: CityBook,
  ) {}

  /** @param told is told how far it is */
  async read(period: ReportPeriod, told: (part: ReportPart) => void = () => undefined): Promise<ReportView> {
    const now = this.clock.now();
    const isFinal = now >= period.to;
    const asOf = isFinal ? period.to : now;
    const cityName = this.city.parts.name;
    const kind = kindOf(period);
    const content = {
      title: `${cityName}政务舆情${REPORT_KIND_WORDS[kind]}`,
      issue: issueNumber(period),
      secrecy: '内部资料 注意保存',
      publisher: `${cityName}政务舆情值班室`,
      firstDay: period.firstDay,
      lastDay: period.lastDay,
      takenAt: asOf.toISOString(),
      isFinal,
      sections: now < period.from ? notBegun(period) : sectionsOf(await this.gather(period, { asOf, isFinal }, told), kind),
    };
    return { ...content, sha256: createHash('sha256').update(JSON.stringify(content)).digest('hex') };
  }

  /** One snapshot of the database for all figures: they agree with each other whatever is written meanwhile. */
  private async gather(
    period: ReportPeriod,
    cut: Pick<ReportData, 'asOf' | 'isFinal'>,
    told: (part: ReportPart) => void,
  ): Promise<ReportData> {
    let done = 0;
    const count = <T>(doing: string, work: () => Promise<T>): Promise<T> => {
      told({ done: done++, of: PARTS, doing });
      return work();
    };
    const { asOf } = cut;
    const span: ReportSpan = { ...period, asOf };
    const rival = comparable(period, asOf);
    const last: ReportSpan = { ...rival, asOf: rival.to };
    return this.database.transaction(async (tx) => {
      await tx.query(`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY`);
      const figures = new ReportFigures(tx);
      const names = new Map((await new SourceReports(tx).names()).map(({ sourceId, name }) => [sourceId, name]));
      return {
        ...cut,
        period,
        overview: await count('信息总量', async () => ({ now: await figures.overview(span), then: await figures.overview(last) })),
        channels: await count('渠道分布', async () => ({ now: await figures.channels(span), then: await figures.channels(last) })),
        days: await count('每日走势', () => figures.days(span)),
        orders: await count('热线工单', async () => ({ now: await figures.orders(span), then: await figures.orders(last) })),
        hotlineTopics: await count('热线事项', () => figures.hotlineTopics(span, rival, TOP)),
        regions: await count('辖区', () => figures.ordersBy('region', span, TOP)),
        orderDepartments: await count('承办单位', () => figures.ordersBy('department_id', span, TOP)),
        stories: await count('重点舆情', () => figures.keyStories(span, rival, STORIES)),
        clocks: await count('时限', () => figures.clocks(span)),
        overdue: await count('逾期清单', async () => linked(await figures.overdue(span, LINES))),
        coming: await count('下期节点', async () => linked(await figures.coming({ ...after(period), asOf }, LINES))),
        unseen: await count('未监测时段', () => new SourceCoverage(tx).between(period.from, asOf)),
        sourceName: (id) => names.get(id) ?? id,
        departmentName: (id) => this.city.departmentName(id),
      };
    });
  }
}

function linked(lines: readonly ClockLine[]): LinkedLine[] {
  return lines.map((line) => ({ ...line, link: linkOf({ caseId: line.caseId, deadline: line }) }));
}
