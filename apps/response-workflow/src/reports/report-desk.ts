import { randomUUID } from 'node:crypto';
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
  type ReportAction,
  type ReportPeriod,
} from '@huiying/domain';
import { check } from '@huiying/platform';
import { ReportIssues, type ReportIssueRow, type ReportSubject, type Tx } from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';
import { DutyDesk } from '../duty/index.js';
import { noticeRequests, requestsTo } from '../notifying/index.js';
import { record, recordStep, SYSTEM, WorkflowStore } from '../timeline/index.js';
import { conflictOf, exists, frozenOf, hashed, lineOf, nameOf, newIssue, reportOf } from './issue-row.js';
import { changesBetween } from './report-changes.js';
import { subjectOf } from './report-span.js';
import { ReportPost } from './report-post.js';
import { ReportSource } from './report-source.js';

const LISTED = 200;
const ACTIONS = Object.keys(REPORT_ACTION_WORDS) as ReportAction[];
/** Done by a leader; what a draft needs, the desk does. */
const LEADERS: readonly ReportAction[] = ['approve', 'return', 'correct'];

interface Deed {
  tx: Tx;
  now: Date;
  actor: Actor;
}

/** Issues of reports: drafted from a span that has ended, by a person or a schedule, edited, submitted, approved by another, corrected by a new version. */
@Injectable()
export class ReportDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(ReportSource) private readonly source: ReportSource,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
    @Inject(ReportPost) private readonly post: ReportPost,
  ) {}

  async list(subject: ReportSubject | null): Promise<ReportIssueLine[]> {
    return (await new ReportIssues(this.store.database).list(subject, LISTED)).map(lineOf);
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
    const subject = await this.source.subject(check(makeReportRequest, request));
    return this.store.change(async (tx, now) => {
      if (subject.kind !== 'special' && now < periodOf(subject.firstDay, subject.lastDay).to)
        throw new Refusal('report-span-not-over', `the span to ${subject.lastDay} has not ended`, '该时段尚未结束，结束后才能起草');
      const made = await this.draft(tx, subject, { madeAt: now, madeBy: actor.name, scheduledFor: null });
      if (made.existing) throw exists(made.existing);
      await this.record({ tx, now, actor }, made.row, 'make', `起草${nameOf(reportOf(made.row))}`);
      return { id: made.row.id };
    });
  }

  /** As make, by a schedule, in its transaction; the officers on duty are told. Returns what stands already where somebody was first. */
  async makeByClock(tx: Tx, now: Date, period: ReportPeriod, dueAt: Date): Promise<{ outcome: 'made' | 'existed'; issueId: string }> {
    const made = await this.draft(tx, subjectOf(period), { madeAt: now, madeBy: SYSTEM, scheduledFor: dueAt });
    if (made.existing) return { outcome: 'existed', issueId: made.existing.id };
    const title = nameOf(reportOf(made.row));
    const { id, version, sha256 } = made.row;
    const happening = {
      kind: 'report.make',
      text: `定时起草${title}`,
      title,
      subject: { kind: 'report' as const, id },
      detail: { version, sha256 },
    };
    await record(tx, now, SYSTEM, [happening]);
    const notice = {
      title: `【报告草稿】${title}`,
      fact: `report:${id}:made`,
      body: `${title}已按计划起草，请补充编者按后送审。`,
      severity: 'IV' as const,
      urgency: 'normal' as const,
      link: `/reports?issue=${id}`,
      caseId: null,
      causedBy: null,
    };
    const { onDuty } = await this.duty.tellable(tx, now);
    const officers = onDuty.map(({ personId }) => personId);
    tx.send(...requestsTo(notice, [...new Set(officers)], now));
    return { outcome: 'made', issueId: id };
  }

  private async draft(
    tx: Tx,
    subject: ReportSubject,
    by: Pick<ReportIssueRow, 'madeAt' | 'madeBy' | 'scheduledFor'>,
  ): Promise<{ row: ReportIssueRow; existing: null } | { existing: ReportIssueRow }> {
    const issues = new ReportIssues(tx);
    await issues.lockAll();
    const [last] = await issues.list(subject, 1);
    if (last && last.state !== 'withdrawn') return { existing: last };
    const report = await this.source.read(subject);
    const { kind, caseId } = subject;
    const row = newIssue({ id: randomUUID(), kind, caseId, report, version: (last?.version ?? 0) + 1, ...by });
    await issues.put(row);
    return { row, existing: null };
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
      content: JSON.stringify(await this.source.read(row)),
    }));
  }

  submit(id: string, actor: Actor): Promise<void> {
    return this.step(id, 'submit', actor, (row) => ({ ...row, submittedBy: actor.name, submittedById: actor.id, reason: null }));
  }

  sendBack(id: string, request: BecauseRequest, actor: Actor): Promise<void> {
    const { reason } = check(becauseRequest, request);
    return this.step(id, 'return', actor, (row, now) => ({ ...row, reason, decidedAt: now, decidedBy: actor.name }));
  }

  /** 签发: frozen from here on, and sent to its readers; a version before it is corrected by it. Never by who submitted it. */
  approve(id: string, actor: Actor): Promise<void> {
    return this.step(id, 'approve', actor, async (row, now, issues) => {
      const before = (await issues.list(row, LISTED)).find(({ state, version }) => state === 'approved' && version < row.version);
      if (before) await issues.put({ ...before, state: 'corrected' });
      const volume = before?.volume ?? (await issues.lastVolume(row.kind)) + 1;
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
      const report = { ...(await this.source.read(row)), firstDay: row.firstDay, lastDay: row.lastDay };
      const by = { madeAt: now, madeBy: actor.name, scheduledFor: null };
      const made = newIssue({ id: next, kind: row.kind, caseId: row.caseId, report, version: last!.version + 1, ...by });
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
      if (action === 'approve') await this.post.distribute(tx, now, changed, actor.name);
      if (action === 'withdraw' && row.state === 'approved') await this.post.recall(tx, now, changed, actor.name);
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
      subject: { kind: 'report' as const, id },
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
      link: `/reports?issue=${id}`,
      caseId: null,
      causedBy: null,
    };
    tx.send(...noticeRequests(notice, await this.duty.tellable(tx, now), now));
  }
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
