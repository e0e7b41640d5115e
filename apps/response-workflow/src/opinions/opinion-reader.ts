import { Inject, Injectable } from '@nestjs/common';
import type { FilterChoices, OpinionDetail, OpinionView, Page } from '@huiying/contracts/http';
import { Clock, NotFound } from '@huiying/domain';
import { AuditTrail, Database, JudgedOpinions, SourceReports, type OpinionFilter } from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';
import { CityBook } from '../city/index.js';
import { BOM } from '../query/index.js';
import { askedFor, csvHead, csvRow } from './opinion-csv.js';
import { CHANNEL_NAMES } from './opinion-view.js';
import { toOpinionDetail, toOpinionView } from './opinion-view.js';

const PAGE = 50;
const EXPORTED_AT_ONCE = 500;
/** Most rows of one export: more is a job for a report, not for a spreadsheet. */
const EXPORTED_AT_MOST = 50_000;
const SIBLINGS_SHOWN = 50;

/** Judged opinions as people search and read them. */
@Injectable()
export class OpinionReader {
  private readonly opinions: JudgedOpinions;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CityBook) private readonly city: CityBook,
  ) {
    this.opinions = new JudgedOpinions(database);
  }

  async list(filter: OpinionFilter, cursor: string | null): Promise<Page<OpinionView>> {
    const page = await this.opinions.page(filter, cursor, PAGE);
    return { ...page, items: page.items.map((row) => toOpinionView(row, filter.q)) };
  }

  /** @throws NotFound */
  async detail(id: string): Promise<OpinionDetail> {
    const row = await this.opinions.find(id);
    if (!row) throw new NotFound('opinion', id);
    const filed = { ...row, judgement: this.city.filed(row.judgement, row) };
    return toOpinionDetail(filed, await this.opinions.ofStory(row.storyId, SIBLINGS_SHOWN));
  }

  /** The rows of a filter as CSV, page by page, so that a large export never stands in memory. Exports are audited. */
  async *csv(filter: OpinionFilter, query: Record<string, string>, actor: Actor): AsyncGenerator<string> {
    const at = this.clock.now();
    const asked = askedFor(query, await this.choices());
    const entry = { at, personId: actor.id, who: actor.name, action: 'opinion.export', subject: 'opinions', origin: actor.origin };
    await new AuditTrail(this.database).add({ ...entry, detail: Object.fromEntries(asked) });
    yield BOM + csvHead(asked, at, actor.name);
    let cursor: string | null = null;
    for (let rows = 0; rows < EXPORTED_AT_MOST; rows += EXPORTED_AT_ONCE) {
      const page = await this.opinions.page(filter, cursor, EXPORTED_AT_ONCE);
      yield page.items.map(csvRow).join('');
      cursor = page.next;
      if (cursor === null) return;
    }
  }

  async choices(): Promise<FilterChoices> {
    const sources = await new SourceReports(this.database).names();
    const { topics, departments } = this.city.parts;
    return {
      channels: Object.entries(CHANNEL_NAMES).map(([value, label]) => ({ value, label })),
      topics: topics.map(({ code, name }) => ({ code, name })),
      departments: departments.map(({ id }) => ({ id, name: this.city.departmentName(id) })),
      sources: sources.map(({ sourceId, name }) => ({ id: sourceId, name })),
    };
  }
}
