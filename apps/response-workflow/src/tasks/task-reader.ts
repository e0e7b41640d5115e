import { Inject, Injectable } from '@nestjs/common';
import type { Page, TaskDetail, TaskView } from '@huiying/contracts/http';
import { localDateOf, Clock, NotFound } from '@huiying/domain';
import { citesOf } from '../knowledge/index.js';
import {
  Alerts,
  CaseFiles,
  Database,
  Deadlines,
  EvidenceFiles,
  JudgedOpinions,
  ResponseTasks,
  Timeline,
  type TaskRow,
} from '@huiying/persistence';
import { scopeOf, type Actor } from '../accounts/index.js';
import { CityBook } from '../city/index.js';
import { isPublication, toEvidenceView } from '../deadlines/index.js';
import { toTimelineEntry } from '../timeline/index.js';
import { toTaskView } from './task-view.js';

const PAGE = 50;
const OPINIONS_SHOWN = 20;

/** Tasks as people read them. A department lead gets the department's own, whatever is asked. */
@Injectable()
export class TaskReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CityBook) private readonly city: CityBook,
  ) {}

  async list(filter: { state?: string[] }, cursor: string | null, actor: Actor): Promise<Page<TaskView>> {
    const page = await new ResponseTasks(this.database).page(filter, scopeOf(actor), cursor, PAGE);
    return { ...page, items: await this.toViews(page.items, actor) };
  }

  async ofCase(caseId: string, actor: Actor): Promise<TaskView[]> {
    return this.toViews(await new ResponseTasks(this.database).ofCases([caseId], scopeOf(actor)), actor);
  }

  /** @throws NotFound also for a task of another department */
  async detail(id: string, actor: Actor): Promise<TaskDetail> {
    const scope = scopeOf(actor);
    const row = await new ResponseTasks(this.database).find(id, scope);
    const file = row && (await new CaseFiles(this.database).find(row.caseId));
    if (!row || !file) throw new NotFound('task', id);
    const [[view], opinions, evidence, timeline, alert] = await Promise.all([
      this.toViews([row], actor),
      new JudgedOpinions(this.database).ofStory(file.storyId, OPINIONS_SHOWN),
      new EvidenceFiles(this.database).ofCase(file.id, scope),
      new Timeline(this.database).ofCase(file.id, file.alertId, scope?.departmentId ?? null),
      new Alerts(this.database).find(file.alertId),
    ]);
    return {
      ...view!,
      summary: alert?.summary ?? '',
      opinions: opinions.map(({ id: opinionId, title, text, sourceName, url, publishedAt, capturedAt }) => ({
        id: opinionId,
        title,
        text,
        sourceName,
        url,
        publishedAt: publishedAt?.toISOString() ?? null,
        capturedAt: capturedAt.toISOString(),
      })),
      evidence: evidence.filter(isPublication).map(toEvidenceView),
      cites: await citesOf(this.database, 'task', id, localDateOf(this.clock.now())),
      timeline: timeline.map(toTimelineEntry),
    };
  }

  private async toViews(rows: readonly TaskRow[], actor: Actor): Promise<TaskView[]> {
    const clocks = await new Deadlines(this.database).ofCases([...new Set(rows.map((row) => row.caseId))]);
    const view = { actor, city: this.city, now: this.clock.now() };
    return rows.map((row) => toTaskView(row, clocks, view));
  }
}
