import { Inject, Injectable } from '@nestjs/common';
import type { ActionView, CaseworkView, CommitmentView } from '@huiying/contracts/http';
import {
  ANALYSIS_PARTS,
  Clock,
  commitmentRefusal,
  conferenceRefusal,
  isCaseOver,
  isCommitmentOverdue,
  localDateOf,
  missingParts,
  NotFound,
  type ConferenceAction,
} from '@huiying/domain';
import { promisesIn, type PromisedFor } from '@huiying/text';
import {
  CaseFiles,
  Casework,
  Database,
  Deadlines,
  EvidenceFiles,
  ResponseTasks,
  Rumours,
  Statements,
  type CommitmentFilter,
  type CommitmentRow,
  type ConferenceRow,
} from '@huiying/persistence';
import { isAtDesk, scopeOf, type Actor } from '../accounts/index.js';
import { CityBook } from '../city/index.js';
import { csvFile } from '../query/index.js';
import { toInvestigation } from './investigation-view.js';
import { rumourActions, toRumour } from './rumour-view.js';

const LISTED = 1_000;
const STATES = { open: '兑现中', kept: '已兑现', dropped: '已取消' } as const;

/** The press conference, the analysis and the commitments as people read them. */
@Injectable()
export class CaseworkReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CityBook) private readonly city: CityBook,
  ) {}

  /** @throws NotFound for a case that is not the actor's to see */
  async ofCase(caseId: string, actor: Actor): Promise<CaseworkView> {
    const scope = scopeOf(actor);
    const file = await new CaseFiles(this.database).find(caseId, scope);
    if (!file) throw new NotFound('case', caseId);
    const casework = new Casework(this.database);
    const [conference, investigation, rumours, analysis, commitments, clocks, evidence] = await Promise.all([
      casework.conference(caseId),
      casework.investigation(caseId),
      new Rumours(this.database).ofCase(caseId),
      casework.analysis(caseId),
      casework.commitmentsOf(caseId, scope),
      new Deadlines(this.database).ofCases([caseId]),
      new EvidenceFiles(this.database).ofCase(caseId),
    ]);
    const owesAnalysis = clocks.some(({ deadline }) => deadline.rule.milestone === 'analysis');
    const wasHeld = conference?.state !== 'held' && evidence.some((one) => one.kind === 'press-conference');
    const parts = analysis ?? {
      nature: '',
      trend: '',
      risks: '',
      proposal: '',
      writtenBy: null,
      writtenAt: null,
      submittedBy: null,
      submittedAt: null,
    };
    const by = { actor, isOver: isCaseOver(file.state), city: this.city };
    return {
      conference: toConference(conference, wasHeld, by),
      investigation: toInvestigation(investigation, clocks, by),
      rumours: rumours.map((row) => toRumour(row, clocks, by)),
      rumourActions: rumourActions(by),
      analysis:
        !isAtDesk(actor) || (!analysis && !owesAnalysis)
          ? null
          : {
              ...parts,
              writtenAt: parts.writtenAt?.toISOString() ?? null,
              submittedAt: parts.submittedAt?.toISOString() ?? null,
              missing: missingParts(parts).map((part) => ANALYSIS_PARTS[part]),
            },
      commitments: commitments.map((row) => this.toCommitment(row, actor)),
      suggestions: isAtDesk(actor) ? await this.suggestions(caseId, commitments) : [],
    };
  }

  async list(filter: CommitmentFilter & { overdue?: boolean }, actor: Actor): Promise<CommitmentView[]> {
    const { overdue, ...rest } = filter;
    const asked = overdue ? { ...rest, dueBefore: localDateOf(this.clock.now()) } : rest;
    return (await new Casework(this.database).commitments(asked, scopeOf(actor), LISTED)).map((row) => this.toCommitment(row, actor));
  }

  async csv(filter: CommitmentFilter & { overdue?: boolean }, actor: Actor): Promise<string> {
    const asked: [string, string][] = [
      ['状态', filter.state?.map((state) => STATES[state as keyof typeof STATES]).join('、') ?? ''],
      ['仅逾期', filter.overdue ? '是' : ''],
      ['关键词', filter.q ?? ''],
    ];
    return csvFile<CommitmentView>({ name: '承诺台账', at: this.clock.now(), by: actor.name, asked }, await this.list(filter, actor), [
      ['承诺内容', (row) => row.text],
      ['责任单位', (row) => row.departmentName],
      ['期限', (row) => row.dueOn ?? ''],
      ['状态', (row) => (row.isOverdue ? '逾期未兑现' : STATES[row.state])],
      ['落实情况', (row) => row.note ?? ''],
      ['公开链接', (row) => row.proofUrl ?? ''],
      ['单号', (row) => row.caseNo],
      ['来源', (row) => row.source],
    ]);
  }

  /** Promises found in replies and published statements that no commitment holds yet. */
  private async suggestions(caseId: string, commitments: readonly CommitmentRow[]): Promise<CaseworkView['suggestions']> {
    const tasks = await new ResponseTasks(this.database).ofCases([caseId], null);
    const statements = await new Statements(this.database).ofCase(caseId, null);
    const said = [
      ...tasks.flatMap((task) =>
        task.replyText && task.repliedAt
          ? [{ text: task.replyText, at: task.repliedAt, departmentId: task.departmentId, source: `${task.departmentName}反馈` }]
          : [],
      ),
      ...statements.flatMap((one) =>
        one.publishedAt ? [{ text: one.text, at: one.publishedAt, departmentId: one.departmentId, source: `口径《${one.title}》` }] : [],
      ),
    ];
    const known = new Set(commitments.map((row) => row.text));
    return said.flatMap(({ text, at, departmentId, source }) =>
      promisesIn(text, localDateOf(at))
        .filter((one) => !known.has(one.text))
        .map((one) => ({ text: one.text, departmentId, dueText: one.dueText, dueOn: this.dueOn(one.due, localDateOf(at)), source })),
    );
  }

  private dueOn(due: PromisedFor | null, saidOn: string): string | null {
    if (due === null) return null;
    if ('day' in due) return due.day;
    if ('workingDays' in due) return this.city.parts.calendar.addWorkingDays(saidOn, due.workingDays).date;
    return localDateOf(new Date(new Date(`${saidOn}T00:00:00+08:00`).getTime() + due.days * 86_400_000));
  }

  private toCommitment(row: CommitmentRow, actor: Actor): CommitmentView {
    const mine = isAtDesk(actor) || row.departmentId === actor.departmentId;
    const act = (action: 'keep' | 'drop', mayNot: string | null): ActionView => {
      const whyNot = mayNot ?? commitmentRefusal(row.state, action)?.said ?? null;
      return { action, allowed: whyNot === null, whyNot };
    };
    return {
      ...row,
      departmentName: this.city.departmentName(row.departmentId),
      isOverdue: isCommitmentOverdue(row, localDateOf(this.clock.now())),
      madeAt: row.madeAt.toISOString(),
      settledAt: row.settledAt?.toISOString() ?? null,
      actions: [act('keep', mine ? null : '由承诺单位办理'), act('drop', actor.role === 'supervisor' ? null : '由带班领导批准')],
    };
  }
}

function toConference(row: ConferenceRow | null, wasHeld: boolean, by: { actor: Actor; isOver: boolean }): CaseworkView['conference'] {
  const state = wasHeld ? 'held' : (row?.state ?? 'none');
  const act = (action: ConferenceAction): ActionView => {
    const mayNot = !isAtDesk(by.actor)
      ? '由值班台办理'
      : action === 'waive' && by.actor.role !== 'supervisor'
        ? '由带班领导批准'
        : by.isOver
          ? '该舆情单已办结'
          : null;
    const whyNot = mayNot ?? conferenceRefusal(state, action)?.said ?? null;
    return { action, allowed: whyNot === null, whyNot };
  };
  return {
    state,
    plannedFor: row?.plannedFor?.toISOString() ?? null,
    place: row?.place ?? null,
    spokesperson: row?.spokesperson ?? null,
    record: row?.record ?? null,
    reason: row?.reason ?? null,
    changedBy: row?.changedBy ?? null,
    changedAt: row?.changedAt.toISOString() ?? null,
    actions: (['plan', 'hold', 'waive'] as const).map(act),
  };
}
