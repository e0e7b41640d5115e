import { Inject, Injectable } from '@nestjs/common';
import type { CaseDetail, CaseView, Page } from '@huiying/contracts/http';
import { Clock, NotFound } from '@huiying/domain';
import {
  Alerts,
  CaseFiles,
  Database,
  Deadlines,
  EvidenceFiles,
  JudgedOpinions,
  ResponseTasks,
  Timeline,
  type CaseFilter,
  type CaseRow,
  type DeadlineRow,
  type RowScope,
} from '@huiying/persistence';
import { scopeOf, type Actor } from '../accounts/index.js';
import { toAlertView } from '../alerting/index.js';
import { CityBook } from '../city/index.js';
import { isPublication, toDeadlineView, toEvidenceView } from '../deadlines/index.js';
import { toTaskView } from '../tasks/index.js';
import { toTimelineEntry } from '../timeline/index.js';
import { caseActions, toCaseView } from './case-view.js';
import { caseWork, disputeOf } from './case-work-view.js';

const PAGE = 50;
const OPINIONS_SHOWN = 100;

/** Cases as people read them. A department lead sees those in which the department has a task, and of them its own part. */
@Injectable()
export class CaseReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CityBook) private readonly city: CityBook,
  ) {}

  async list(filter: CaseFilter, cursor: string | null, actor: Actor): Promise<Page<CaseView>> {
    const scope = scopeOf(actor);
    const page = await new CaseFiles(this.database).page(filter, scope, cursor, PAGE);
    return { ...page, items: await this.toViews(page.items, scope) };
  }

  async toViews(rows: readonly CaseRow[], scope: RowScope): Promise<CaseView[]> {
    const clocks = await new Deadlines(this.database).ofCases(
      rows.map((row) => row.id),
      scope,
    );
    const now = this.clock.now();
    return rows.map((row) =>
      toCaseView(
        row,
        clocks.filter((clock) => clock.caseId === row.id),
        this.city,
        now,
      ),
    );
  }

  /** @throws NotFound also for a case in which the lead's department has no task */
  async detail(id: string, actor: Actor): Promise<CaseDetail> {
    const scope = scopeOf(actor);
    const row = await new CaseFiles(this.database).find(id, scope);
    if (!row) throw new NotFound('case', id);
    const files = new CaseFiles(this.database);
    const [alert, clocks, tasks, evidence, timeline, opinions, merged, into] = await Promise.all([
      new Alerts(this.database).find(row.alertId),
      new Deadlines(this.database).ofCases([id], scope),
      new ResponseTasks(this.database).ofCases([id], scope),
      new EvidenceFiles(this.database).ofCase(id, scope),
      new Timeline(this.database).ofCase(id, row.alertId, scope?.departmentId ?? null),
      new JudgedOpinions(this.database).ofStory(row.storyId, OPINIONS_SHOWN),
      files.mergedInto(id),
      row.mergedInto === null ? null : files.find(row.mergedInto),
    ]);
    if (!alert) throw new NotFound('alert', row.alertId);
    const now = this.clock.now();
    return {
      ...toCaseView(row, clocks, this.city, now),
      alert: toAlertView(alert),
      storyId: row.storyId,
      deadlines: clocks.map((clock: DeadlineRow) => toDeadlineView(clock, this.city, now)),
      tasks: tasks.map((task) => toTaskView(task, clocks, { actor, city: this.city, now })),
      evidence: evidence.filter(isPublication).map(toEvidenceView),
      timeline: timeline.map(toTimelineEntry),
      opinions: opinions.map(({ id: opinionId, title, sourceName, channel, url, publishedAt, capturedAt }) => ({
        id: opinionId,
        title,
        sourceName,
        channel,
        url,
        publishedAt: publishedAt?.toISOString() ?? null,
        capturedAt: capturedAt.toISOString(),
      })),
      ...caseWork(row),
      mergedInto: into && { id: into.id, caseNo: into.caseNo },
      merged,
      dispute: disputeOf({ alert, tasks, clocks }, this.city),
      actions: caseActions(row, tasks, clocks, actor),
    };
  }
}
