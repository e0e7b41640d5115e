import { Inject, Injectable } from '@nestjs/common';
import type { DocumentDetail, DocumentView, Page } from '@huiying/contracts/http';
import { Clock, localTimeText, NotFound } from '@huiying/domain';
import {
  Database,
  Deadlines,
  EvidenceFiles,
  Knowledge,
  PolicyDocuments,
  Timeline,
  type PolicyDocumentFilter,
  type PolicyDocumentRow,
} from '@huiying/persistence';
import { scopeOf, type Actor } from '../accounts/index.js';
import { CityBook } from '../city/index.js';
import { csvFile } from '../query/index.js';
import { toDocumentDetail, toDocumentView } from './document-view.js';

const PAGE = 50;
const EXPORTED = 5_000;
export const DOCUMENT_STATES: Record<PolicyDocumentRow['state'], string> = {
  drafting: '起草中',
  submitted: '报批中',
  signed: '已签发',
  published: '已公开待解读',
  interpreted: '已解读',
  exempt: '无需解读',
};

export interface DocumentQuery extends Omit<PolicyDocumentFilter, 'overdueAt'> {
  overdue: boolean;
}

/** Policy documents as people read them. */
@Injectable()
export class DocumentReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CityBook) private readonly city: CityBook,
  ) {}

  async list(query: DocumentQuery, cursor: string | null, actor: Actor): Promise<Page<DocumentView>> {
    return this.page(query, cursor, actor, PAGE);
  }

  /** @throws NotFound also for another department's */
  async detail(id: string, actor: Actor): Promise<DocumentDetail> {
    const row = await new PolicyDocuments(this.database).find(id, scopeOf(actor));
    if (!row) throw new NotFound('document', id);
    const [clocks, evidence, timeline, knowledge, replacement] = await Promise.all([
      new Deadlines(this.database).ofSubjects([id]),
      new EvidenceFiles(this.database).ofSubject(id),
      new Timeline(this.database).ofSubject(id),
      new Knowledge(this.database).ofDocument(id),
      row.ended?.replacedBy ? new PolicyDocuments(this.database).find(row.ended.replacedBy, null) : null,
    ]);
    return toDocumentDetail(row, { clocks, evidence, timeline, knowledge, replacement }, { actor, city: this.city, now: this.clock.now() });
  }

  async csv(query: DocumentQuery, actor: Actor): Promise<string> {
    const { items } = await this.page(query, null, actor, EXPORTED);
    const asked: [string, string][] = [
      ['关键词', query.q ?? ''],
      ['状态', query.state?.map((state) => DOCUMENT_STATES[state as PolicyDocumentRow['state']]).join('、') ?? ''],
      ['部门', query.department?.map((id) => this.city.departmentName(id)).join('、') ?? ''],
      ['范围', query.overdue ? '解读逾期' : ''],
    ];
    const time = (at: string | null | undefined) => (at ? localTimeText(new Date(at)) : '');
    return csvFile<DocumentView>({ name: '政策文件解读台账', at: this.clock.now(), by: actor.name, asked }, items, [
      ['标题', (row) => row.title],
      ['文号', (row) => row.documentNo ?? ''],
      ['起草部门', (row) => row.departmentName ?? ''],
      ['类别', (row) => row.kind],
      ['状态', (row) => DOCUMENT_STATES[row.state]],
      ['公开时间', (row) => time(row.publishedAt)],
      ['解读期限', (row) => time(row.deadline?.dueAt)],
      ['解读时间', (row) => time(row.deadline?.metAt)],
      ['解读份数', (row) => String(row.interpretationCount)],
      ['双向链接', (row) => (row.interpretationCount === 0 ? '' : `${row.linkedCount}/${row.interpretationCount}`)],
      ['网址', (row) => row.url ?? ''],
      ['失效', (row) => (row.ended === null ? '' : `${row.ended.word}，有效至 ${row.ended.lastDay}`)],
      ['来源', (row) => row.source],
    ]);
  }

  private async page(
    { overdue, ...filter }: DocumentQuery,
    cursor: string | null,
    actor: Actor,
    most: number,
  ): Promise<Page<DocumentView>> {
    const now = this.clock.now();
    const page = await new PolicyDocuments(this.database).page(
      { ...filter, ...(overdue ? { overdueAt: now } : {}) },
      scopeOf(actor),
      cursor,
      most,
    );
    const clocks = await new Deadlines(this.database).ofSubjects(page.items.map(({ id }) => id));
    return { ...page, items: page.items.map((row) => toDocumentView(row, clocks, this.city, now)) };
  }
}
