import { Inject, Injectable } from '@nestjs/common';
import {
  checkStatementRequest,
  type CheckStatementRequest,
  type Page,
  type StatementChecks,
  type StatementDetail,
  type StatementView,
} from '@huiying/contracts/http';
import { localDateOf, Clock, localTimeText, NotFound } from '@huiying/domain';
import { citesOf } from '../knowledge/index.js';
import { check } from '@huiying/platform';
import { CaseFiles, Database, Statements, type StatementFilter, type StatementRow } from '@huiying/persistence';
import { scopeOf, type Actor } from '../accounts/index.js';
import { CityBook } from '../city/index.js';
import { csvFile } from '../query/index.js';
import { checkStatement } from './statement-checker.js';
import { toStatementView, toVersionView } from './statement-view.js';

const PAGE = 50;
const EXPORTED = 2_000;
export const STATEMENT_STATES: Record<StatementRow['state'], string> = {
  draft: '起草中',
  review: '保密审查中',
  cleared: '待审批',
  approved: '已批准',
  published: '已发布',
  withdrawn: '已作废',
};

/** Statements as people read them. */
@Injectable()
export class StatementReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CityBook) private readonly city: CityBook,
  ) {}

  async list(filter: StatementFilter, cursor: string | null, actor: Actor): Promise<Page<StatementView>> {
    const page = await new Statements(this.database).page(filter, scopeOf(actor), cursor, PAGE);
    return { ...page, items: page.items.map((row) => toStatementView(row, this.city, actor, !filter.published)) };
  }

  /** @throws NotFound for a case that is not the actor's to see */
  async ofCase(caseId: string, actor: Actor): Promise<StatementView[]> {
    if (!(await new CaseFiles(this.database).find(caseId, scopeOf(actor)))) throw new NotFound('case', caseId);
    return (await new Statements(this.database).ofCase(caseId, scopeOf(actor))).map((row) => toStatementView(row, this.city, actor));
  }

  /** Somebody outside the case reads the published version only. @throws NotFound */
  async detail(id: string, actor: Actor): Promise<StatementDetail> {
    const statements = new Statements(this.database);
    const own = await statements.find(id, scopeOf(actor));
    const row = own ?? (await statements.findPublished(id));
    if (!row) throw new NotFound('statement', id);
    const versions = own ? (await statements.versions(id)).map(toVersionView) : [toVersionView(row)];
    const isSettled = row.state === 'published' || row.state === 'withdrawn';
    const checks = own && !isSettled ? await checkStatement(this.database, row, row.text, this.clock.now()) : null;
    const cites = await citesOf(this.database, 'statement', id, localDateOf(this.clock.now()));
    return { ...toStatementView(row, this.city, actor, own !== null), versions, checks, cites };
  }

  /** What a text that is not kept yet would be asked about. @throws BadInput, NotFound */
  async check(caseId: string, request: CheckStatementRequest, actor: Actor): Promise<StatementChecks> {
    const { text } = check(checkStatementRequest, request);
    const file = await new CaseFiles(this.database).find(caseId, scopeOf(actor));
    if (!file) throw new NotFound('case', caseId);
    return checkStatement(this.database, { ...file, caseId }, text, this.clock.now());
  }

  async csv(filter: StatementFilter, actor: Actor): Promise<string> {
    const { items } = await new Statements(this.database).page(filter, scopeOf(actor), null, EXPORTED);
    const asked: [string, string][] = [
      ['范围', filter.published ? '口径库（已发布）' : '全部'],
      ['关键词', filter.q ?? ''],
      ['状态', filter.state?.map((state) => STATEMENT_STATES[state as StatementRow['state']]).join('、') ?? ''],
      ['主题', filter.topic?.map((code) => this.city.parts.topics.find((topic) => topic.code === code)?.name ?? code).join('、') ?? ''],
    ];
    const time = (at: Date | null) => (at === null ? '' : localTimeText(at));
    return csvFile<StatementRow>({ name: '口径导出', at: this.clock.now(), by: actor.name, asked }, items, [
      ['标题', (row) => row.title],
      ['版本', (row) => String(row.version)],
      ['状态', (row) => STATEMENT_STATES[row.state]],
      ['主题', (row) => row.topicName ?? ''],
      ['单号', (row) => row.caseNo],
      ['正文', (row) => row.text],
      ['起草人', (row) => row.writtenBy],
      ['保密审查', (row) => row.clearedBy ?? ''],
      ['批准', (row) => row.approvedBy ?? ''],
      ['发布时间', (row) => time(row.publishedAt)],
      ['网址', (row) => row.url ?? ''],
    ]);
  }
}
