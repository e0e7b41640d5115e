import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  analysisRequest,
  becauseRequest,
  commitmentRequest,
  holdConferenceRequest,
  keepCommitmentRequest,
  planConferenceRequest,
  waiveConferenceRequest,
  type AnalysisRequest,
  type BecauseRequest,
  type CommitmentRequest,
  type HoldConferenceRequest,
  type KeepCommitmentRequest,
  type PlanConferenceRequest,
  type WaiveConferenceRequest,
} from '@huiying/contracts/http';
import { assertComplete, Forbidden, NotFound, stepCommitment, stepConference, type CommitmentAction, type Conflict } from '@huiying/domain';
import { check } from '@huiying/platform';
import {
  CaseFiles,
  Casework,
  Deadlines,
  EvidenceFiles,
  type CaseRow,
  type CommitmentRow,
  type ConferenceRow,
  type Tx,
} from '@huiying/persistence';
import { isAtDesk, scopeOf, type Actor } from '../accounts/index.js';
import { CityBook } from '../city/index.js';
import { DeadlineBook } from '../deadlines/index.js';
import { EvidenceDesk, type RegisteredEvidence } from '../evidence/index.js';
import { unknownDepartment } from '../tasks/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { onOpenCase, tellOnCase } from './on-case.js';

const NO_CONFERENCE: Omit<ConferenceRow, 'changedBy' | 'changedAt'> = {
  state: 'none',
  plannedFor: null,
  place: null,
  spokesperson: null,
  record: null,
  evidenceId: null,
  reason: null,
};
const SETTLED = { kept: '登记兑现', dropped: '取消承诺', open: '登记' } as const;

/** What is done on a case beside its tasks and statements: the press conference, the analysis for the leaders, the ledger of commitments. */
@Injectable()
export class CaseworkDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(DeadlineBook) private readonly deadlines: DeadlineBook,
    @Inject(EvidenceDesk) private readonly evidence: EvidenceDesk,
  ) {}

  /** A conference that was waived is owed again once it is planned after all. @throws BadInput, NotFound, Refusal conference-held, case-closed */
  plan(caseId: string, request: PlanConferenceRequest, actor: Actor): Promise<void> {
    const { plannedFor, place, spokesperson } = check(planConferenceRequest, request);
    return onOpenCase(this.store, caseId, actor, async (tx, file, now) => {
      const before = await new Casework(tx).conference(caseId);
      const state = stepConference(before?.state ?? 'none', 'plan', lastOn(before));
      const row = {
        ...(before ?? NO_CONFERENCE),
        state,
        plannedFor: new Date(plannedFor),
        place,
        spokesperson,
        reason: null,
        changedBy: actor.name,
        changedAt: now,
      };
      await new Casework(tx).keepConference(caseId, row);
      if (before?.state === 'waived') await this.oweAgain(tx, file, now);
      await tellOnCase(tx, { file, actor, now }, 'conference.plan', `安排新闻发布会：${place}，发布人${spokesperson}`, { plannedFor });
    });
  }

  /** Held, with its record and proof: meets the clock. @throws BadInput, NotFound, Refusal conference-held, conference-waived, case-closed */
  async hold(caseId: string, request: HoldConferenceRequest, actor: Actor): Promise<RegisteredEvidence> {
    const { record, ...proof } = check(holdConferenceRequest, request);
    const prepared = await this.evidence.prepare({ ...proof, kind: 'press-conference', note: `新闻发布会：${record.slice(0, 200)}` });
    let laid: RegisteredEvidence | null = null;
    await onOpenCase(this.store, caseId, actor, async (tx, file, now) => {
      const before = await new Casework(tx).conference(caseId);
      const state = stepConference(before?.state ?? 'none', 'hold', lastOn(before));
      laid = await this.evidence.lay(tx, file, prepared, { actor, taskId: null, departmentId: null });
      await new Casework(tx).keepConference(caseId, {
        ...(before ?? NO_CONFERENCE),
        state,
        record,
        evidenceId: laid.evidenceId,
        changedBy: actor.name,
        changedAt: now,
      });
      await tellOnCase(tx, { file, actor, now }, 'conference.hold', '新闻发布会已召开，实录已登记', { evidenceId: laid.evidenceId });
    });
    return laid!;
  }

  /** A leader waives it with grounds: the clock is cancelled. @throws BadInput, NotFound, Refusal conference-held, conference-waived, case-closed */
  waive(caseId: string, request: WaiveConferenceRequest, actor: Actor): Promise<void> {
    const { reason } = check(waiveConferenceRequest, request);
    return onOpenCase(this.store, caseId, actor, async (tx, file, now) => {
      const before = await new Casework(tx).conference(caseId);
      const state = stepConference(before?.state ?? 'none', 'waive', lastOn(before));
      await new Casework(tx).keepConference(caseId, { ...(before ?? NO_CONFERENCE), state, reason, changedBy: actor.name, changedAt: now });
      const clocks = (await new Deadlines(tx).lockOfCase(caseId)).filter(({ deadline }) => deadline.rule.milestone === 'press-conference');
      await this.deadlines.cancel(tx, clocks, `经${actor.name}批准不举行：${reason}`, now);
      await tellOnCase(tx, { file, actor, now }, 'conference.waive', `经批准不举行新闻发布会：${reason}`, { reason });
    });
  }

  /** Kept as it is; submitted only whole, and then it meets its clock. @throws BadInput with each missing part, NotFound, Refusal case-closed */
  analyse(caseId: string, request: AnalysisRequest, actor: Actor): Promise<void> {
    const { submit, ...parts } = check(analysisRequest, request);
    if (submit) assertComplete(parts);
    return onOpenCase(this.store, caseId, actor, async (tx, file, now) => {
      const submitted = submit ? { submittedBy: actor.name, submittedAt: now } : { submittedBy: null, submittedAt: null };
      await new Casework(tx).keepAnalysis(caseId, { ...parts, writtenBy: actor.name, writtenAt: now, ...submitted });
      await tellOnCase(
        tx,
        { file, actor, now },
        submit ? 'analysis.submit' : 'analysis.save',
        submit ? '提交舆情分析报告' : '保存舆情分析报告草稿',
        parts,
      );
      if (!submit) return;
      const proof = { id: randomUUID(), kind: 'analysis' as const, publishedAt: now };
      const kept = { caseId, taskId: null, url: null, note: '舆情分析报告', fileName: null, sha256: null, captureFailure: null };
      await new EvidenceFiles(tx).add({ ...proof, ...kept, registeredAt: now, registeredBy: actor.name }, null);
      await this.deadlines.meet(tx, await new Deadlines(tx).lockOfCase(caseId), proof, now);
    });
  }

  /** 登记承诺. A promise is kept track of after the case is closed too. @throws BadInput, NotFound */
  async promise(caseId: string, request: CommitmentRequest, actor: Actor): Promise<{ commitmentId: string }> {
    const { text, departmentId, dueOn, source } = check(commitmentRequest, request);
    if (!this.city.knowsDepartment(departmentId)) throw unknownDepartment('departmentId', departmentId);
    const id = randomUUID();
    await this.store.change(async (tx, now) => {
      const file = await new CaseFiles(tx).lock(caseId, scopeOf(actor));
      if (!file) throw new NotFound('case', caseId);
      await new Casework(tx).addCommitment({ id, caseId, text, departmentId, dueOn, source, madeAt: now, madeBy: actor.name });
      const due = dueOn === null ? '' : `，${dueOn}前兑现`;
      await tellOnCase(
        tx,
        { file, actor, now, departmentId },
        'commitment.make',
        `登记承诺：${text}（${this.city.departmentName(departmentId)}${due}）`,
        { commitmentId: id, dueOn },
      );
    });
    return { commitmentId: id };
  }

  /** 兑现, by proof only. @throws BadInput, NotFound, Forbidden, Refusal already-kept, commitment-dropped */
  async keep(id: string, request: KeepCommitmentRequest, actor: Actor): Promise<void> {
    const { note } = check(keepCommitmentRequest, request);
    const prepared = await this.evidence.prepare({ ...check(keepCommitmentRequest, request), kind: 'statement' });
    await this.onCommitment(id, 'keep', actor, async (tx, file, row, now) => {
      const evidenceId = await this.evidence.keep(tx, file, { ...prepared, notBefore: row.madeAt }, actor);
      return { state: 'kept', settledAt: now, settledBy: actor.name, note, evidenceId };
    });
  }

  /** A leader drops or changes a promise, with grounds that are told. */
  drop(id: string, request: BecauseRequest, actor: Actor): Promise<void> {
    const { reason } = check(becauseRequest, request);
    return this.onCommitment(id, 'drop', actor, async (_tx, _file, _row, now) => ({
      state: 'dropped',
      settledAt: now,
      settledBy: actor.name,
      note: reason,
      evidenceId: null,
    }));
  }

  private onCommitment(
    id: string,
    action: CommitmentAction,
    actor: Actor,
    take: (tx: Tx, file: CaseRow, row: CommitmentRow, now: Date) => Promise<Parameters<Casework['settleCommitment']>[1]>,
  ): Promise<void> {
    return this.store.change(async (tx, now) => {
      const casework = new Casework(tx);
      const before = await casework.commitment(id, scopeOf(actor));
      const file = before && (await new CaseFiles(tx).lock(before.caseId));
      const row = file && (await casework.commitment(id, scopeOf(actor)));
      if (!file || !row) throw new NotFound('commitment', id);
      if (!isAtDesk(actor) && row.departmentId !== actor.departmentId)
        throw new Forbidden('not this department’s promise', '由承诺单位办理');
      stepCommitment(
        row.state,
        action,
        row.settledBy && row.settledAt ? { by: row.settledBy, at: row.settledAt.toISOString(), what: SETTLED[row.state] } : undefined,
      );
      const change = await take(tx, file, row, now);
      await casework.settleCommitment(id, change);
      const text = `${SETTLED[change.state]}：${row.text}（${change.note}）`;
      await tellOnCase(tx, { file, actor, now, departmentId: row.departmentId }, `commitment.${action}`, text, { commitmentId: id });
    });
  }

  /** The clock of a waived conference runs again, from its old start. */
  private async oweAgain(tx: Tx, file: CaseRow, now: Date): Promise<void> {
    const clocks = await new Deadlines(tx).lockOfCase(file.id);
    const starts = clocks
      .filter(({ deadline }) => deadline.subject.kind === 'case' && ['occurred', 'detected'].includes(deadline.start.fact))
      .map(({ deadline }) => deadline.start);
    const subject = { kind: 'case' as const, id: file.id };
    const facts = [...starts, { fact: 'confirmed' as const, at: file.openedAt, statedBy: file.openedBy }];
    const evidence = await new EvidenceFiles(tx).ofCase(file.id);
    await this.deadlines.restamp(
      tx,
      clocks,
      { trigger: 'case-opened', subject, severity: file.severity, facts, evidence, caseId: file.id, departmentId: file.leadDepartmentId },
      now,
    );
  }
}

function lastOn(row: ConferenceRow | null): Conflict | undefined {
  if (!row) return undefined;
  return {
    by: row.changedBy,
    at: row.changedAt.toISOString(),
    what: { none: '', planned: '安排', held: '登记召开', waived: '批准不举行' }[row.state],
  };
}
