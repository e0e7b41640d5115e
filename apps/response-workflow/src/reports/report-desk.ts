import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  becauseRequest,
  makeReportRequest,
  reportNotesRequest,
  type BecauseRequest,
  type MakeReportRequest,
  type ReportIssueLine,
  type ReportIssueView,
  type ReportNotesRequest,
  type ReportView,
} from '@huiying/contracts/http';
import {
  BadInput,
  Forbidden,
  NotFound,
  periodOf,
  Refusal,
  REPORT_ACTION_WORDS,
  reportRefusal,
  stepReport,
  weekOf,
  type Conflict,
  type ReportAction,
} from '@huiying/domain';
import { check } from '@huiying/platform';
import { ReportIssues, type ReportIssueRow, type Tx } from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';
import { DutyDesk } from '../duty/index.js';
import { noticeRequests } from '../notifying/index.js';
import { recordStep, WorkflowStore } from '../timeline/index.js';
import { changesBetween } from './report-changes.js';
import { ReportReader } from './report-reader.js';

const LISTED = 200;
const ACTIONS = Object.keys(REPORT_ACTION_WORDS) as ReportAction[];
/** Done by a leader; what a draft needs, the desk does. */
const LEADERS: readonly ReportAction[] = ['approve', 'return', 'correct'];

interface Deed {
  tx: Tx;
  now: Date;
  actor: Actor;
}

/** Issues of the weekly report: drafted from a week that has ended, edited, submitted, approved by another, corrected by a new version. */
@Injectable()
export class ReportDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(ReportReader) private readonly reader: ReportReader,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
  ) {}

  async list(span: { firstDay: string; lastDay: string } | null): Promise<ReportIssueLine[]> {
    return (await new ReportIssues(this.store.database).list(span, LISTED)).map(lineOf);
  }

  /** @throws NotFound */
  async read(id: string, actor: Actor): Promise<ReportIssueView> {
    const row = await new ReportIssues(this.store.database).find(id);
    if (!row) throw new NotFound('report issue', id);
    const { notes, changes } = row;
    const actions = ACTIONS.map((action) => {
      const whyNot = entitledWhyNot(row, action, actor) ?? reportRefusal(row.state, action)?.said ?? null;
      return { action, allowed: whyNot === null, whyNot };
    });
    return { ...lineOf(row), report: reportOf(row), notes, changes, actions };
  }

  /** 起草. @throws BadInput, Refusal report-span-not-over, report-exists */
  async make(request: MakeReportRequest, actor: Actor): Promise<{ id: string }> {
    const { week } = check(makeReportRequest, request);
    const id = randomUUID();
    await this.store.change(async (tx, now) => {
      const issues = new ReportIssues(tx);
      await issues.lockAll();
      const report = await this.reader.read(spanOf(week));
      if (!report.isFinal) throw new Refusal('report-span-not-over', `the week of ${week} has not ended`, '该周尚未结束，结束后才能起草');
      const [last] = await issues.list(report, 1);
      if (last && last.state !== 'withdrawn') throw exists(last);
      const row = newIssue({ id, report, version: (last?.version ?? 0) + 1, madeAt: now, madeBy: actor.name });
      await issues.put(row);
      await this.record({ tx, now, actor }, row, 'make', `起草${nameOf(report)}`);
    });
    return { id };
  }

  /** 编者按: all notes of a draft. @throws BadInput, NotFound, Refusal */
  edit(id: string, request: ReportNotesRequest, actor: Actor): Promise<void> {
    const { notes } = check(reportNotesRequest, request);
    return this.step(id, 'edit', actor, (row) => {
      const headings = reportOf(row).sections.map(({ heading }) => heading);
      const at = notes.findIndex(({ heading }) => !headings.includes(heading));
      if (at >= 0) throw new BadInput([{ field: `notes.${at}.heading`, rule: 'must be a heading of the report', got: notes[at]!.heading }]);
      return { ...row, notes };
    });
  }

  /** 重新取数: the figures as they are now, with what the editors wrote. */
  recount(id: string, actor: Actor): Promise<void> {
    return this.step(id, 'recount', actor, async (row) => ({
      ...row,
      content: JSON.stringify(await this.reader.read(periodOf(row.firstDay, row.lastDay))),
    }));
  }

  submit(id: string, actor: Actor): Promise<void> {
    return this.step(id, 'submit', actor, (row) => ({ ...row, submittedBy: actor.name, submittedById: actor.id, reason: null }));
  }

  sendBack(id: string, request: BecauseRequest, actor: Actor): Promise<void> {
    const { reason } = check(becauseRequest, request);
    return this.step(id, 'return', actor, (row, now) => ({ ...row, reason, decidedAt: now, decidedBy: actor.name }));
  }

  /** 签发: frozen from here on; a version before it is corrected by it. Never by who submitted it. */
  approve(id: string, actor: Actor): Promise<void> {
    return this.step(id, 'approve', actor, async (row, now, issues) => {
      const before = (await issues.list(row, LISTED)).find(({ state, version }) => state === 'approved' && version < row.version);
      if (before) await issues.put({ ...before, state: 'corrected' });
      const volume = before?.volume ?? (await issues.lastVolume()) + 1;
      return { ...row, volume, reason: null, decidedAt: now, decidedBy: actor.name };
    });
  }

  withdraw(id: string, request: BecauseRequest, actor: Actor): Promise<void> {
    const { reason } = check(becauseRequest, request);
    return this.step(id, 'withdraw', actor, (row, now) => ({ ...row, reason, decidedAt: now, decidedBy: actor.name }));
  }

  /** 更正: a new version from today's data, with what changed and why. @throws Refusal report-exists */
  async correct(id: string, request: BecauseRequest, actor: Actor): Promise<{ id: string }> {
    const { reason } = check(becauseRequest, request);
    const next = randomUUID();
    await this.step(id, 'correct', actor, async (row, now, issues) => {
      const [last] = await issues.list(row, 1);
      if (last!.id !== row.id && last!.state !== 'withdrawn') throw exists(last!);
      const report = await this.reader.read(periodOf(row.firstDay, row.lastDay));
      const made = newIssue({ id: next, report, version: last!.version + 1, madeAt: now, madeBy: actor.name });
      await issues.put(
        hashed({ ...made, notes: row.notes, change: reason, changes: changesBetween(frozenOf(row), { report, notes: row.notes }) }),
      );
      return row;
    });
    return { id: next };
  }

  /** Under the lock of all issues: of two people one comes second and is told what the other did. */
  private async step(
    id: string,
    action: ReportAction,
    actor: Actor,
    take: (row: ReportIssueRow, now: Date, issues: ReportIssues) => ReportIssueRow | Promise<ReportIssueRow>,
  ): Promise<void> {
    await this.store.change(async (tx, now) => {
      const issues = new ReportIssues(tx);
      await issues.lockAll();
      const row = await issues.find(id);
      if (!row) throw new NotFound('report issue', id);
      const state = stepReport(row.state, action, conflictOf(row));
      const whyNot = entitledWhyNot(row, action, actor);
      if (whyNot !== null) throw new Forbidden(`${actor.role} may not ${action} this report`, whyNot);
      const changed = await take({ ...row, state }, now, issues);
      await issues.put(action === 'correct' ? row : hashed(changed));
      await this.record({ tx, now, actor }, changed, action, `${REPORT_ACTION_WORDS[action]}${nameOf(reportOf(row))}`);
    });
  }

  private async record({ tx, now, actor }: Deed, row: ReportIssueRow, action: ReportAction | 'make', text: string): Promise<void> {
    const title = nameOf(reportOf(row));
    const { id, version, sha256, reason } = row;
    await recordStep(tx, now, actor, `report.${action}`, {
      kind: `report.${action}`,
      text,
      title,
      subject: { kind: 'report', id },
      detail: { version, sha256, reason },
    });
    if (action !== 'submit') return;
    const notice = {
      about: { kind: 'leader-asked' as const },
      title: `【报告待签】${title}`,
      fact: `report:${id}:submitted:${now.toISOString()}`,
      body: `${actor.name}送审${title}，请审阅签发。`,
      severity: 'IV' as const,
      urgency: 'normal' as const,
      link: `/reports?week=${row.firstDay}`,
      caseId: null,
      causedBy: null,
    };
    tx.send(...noticeRequests(notice, await this.duty.tellable(tx, now), now));
  }
}

function spanOf(day: string) {
  try {
    return weekOf(day);
  } catch (error) {
    throw new BadInput([{ field: 'week', rule: (error as Error).message }]);
  }
}

function newIssue({
  report,
  ...known
}: Pick<ReportIssueRow, 'id' | 'version' | 'madeAt' | 'madeBy'> & { report: ReportView }): ReportIssueRow {
  const { firstDay, lastDay } = report;
  const nobody = { submittedBy: null, submittedById: null, decidedAt: null, decidedBy: null, reason: null };
  const content = JSON.stringify(report);
  return hashed({
    ...known,
    ...nobody,
    firstDay,
    lastDay,
    volume: null,
    state: 'draft',
    content,
    notes: [],
    sha256: '',
    change: null,
    changes: [],
  });
}

function hashed(row: ReportIssueRow): ReportIssueRow {
  return { ...row, sha256: createHash('sha256').update(row.content).update(JSON.stringify(row.notes)).digest('hex') };
}

export function reportOf({ content }: Pick<ReportIssueRow, 'content'>): ReportView {
  return JSON.parse(content) as ReportView;
}

function frozenOf(row: ReportIssueRow) {
  return { report: reportOf(row), notes: row.notes };
}

function nameOf({ title, issue, firstDay, lastDay }: ReportView): string {
  return `${title}${issue ?? `（${firstDay} 至 ${lastDay}）`}`;
}

function exists(last: ReportIssueRow): Refusal {
  return new Refusal('report-exists', `version ${last.version} of this span is ${last.state}`, '该期报告已有人起草', conflictOf(last));
}

function conflictOf({ madeBy, madeAt, submittedBy, decidedBy, decidedAt, state }: ReportIssueRow): Conflict {
  if (decidedBy !== null && decidedAt !== null)
    return { by: decidedBy, at: decidedAt.toISOString(), what: state === 'draft' ? '退回修改' : '处理' };
  return { by: submittedBy ?? madeBy, at: madeAt.toISOString(), what: submittedBy === null ? '起草' : '送审' };
}

/** In Chinese, why this person may not, whatever the state; null where they may. */
function entitledWhyNot({ state, submittedById }: ReportIssueRow, action: ReportAction, actor: Actor): string | null {
  const isLeader = actor.role === 'supervisor';
  if (LEADERS.includes(action) || (action === 'withdraw' && state === 'approved')) {
    if (!isLeader) return '由带班领导办理';
    if (action === 'approve' && submittedById === actor.id) return '不能签发自己送审的报告';
  }
  return null;
}

function lineOf(row: ReportIssueRow): ReportIssueLine {
  const { title, issue } = reportOf(row);
  const { id, firstDay, lastDay, version, volume, state, madeBy, submittedBy, decidedBy, reason, change, sha256 } = row;
  const times = { madeAt: row.madeAt.toISOString(), decidedAt: row.decidedAt?.toISOString() ?? null };
  return { id, firstDay, lastDay, title, issue, volume, version, state, madeBy, submittedBy, decidedBy, reason, change, sha256, ...times };
}
