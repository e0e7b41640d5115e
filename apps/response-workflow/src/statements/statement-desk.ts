import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  draftStatementRequest,
  editStatementRequest,
  noteRequest,
  publishStatementRequest,
  reasonRequest,
  type DraftStatementRequest,
  type EditStatementRequest,
  type NoteRequest,
  type PublishStatementRequest,
  type ReasonRequest,
} from '@huiying/contracts/http';
import {
  BadInput,
  caseRefusal,
  Forbidden,
  isCaseOver,
  NotFound,
  Refusal,
  stepStatement,
  type StatementAction,
  type StatementState,
  type TellFact,
} from '@huiying/domain';
import { check } from '@huiying/platform';
import { CaseFiles, Statements, type CaseRow, type StatementRow, type Tx, type VersionChange } from '@huiying/persistence';
import { scopeOf, type Actor } from '../accounts/index.js';
import { DutyDesk } from '../duty/index.js';
import { EvidenceDesk, type RegisteredEvidence } from '../evidence/index.js';
import { citeEntries, KnowledgeKeeper, unciteEntries } from '../knowledge/index.js';
import { noticeRequests } from '../notifying/index.js';
import { closingOf } from '../tasks/index.js';
import { caseOpenedId, recordStep, WorkflowStore } from '../timeline/index.js';
import { checkStatement, openPoints } from './statement-checker.js';
import { lastStepOn, mayNot } from './statement-view.js';

interface Held {
  file: CaseRow;
  row: StatementRow;
  now: Date;
}

/** What a step leads to, beside the new state. */
interface Step {
  change: VersionChange;
  text: string;
  /** Another version takes its place. */
  next?: { title: string; text: string };
  tell?: { about: TellFact; title: string; body: string };
  publishedVersion?: number;
  detail?: Record<string, unknown>;
}

/** Statements (口径): drafted, reviewed for secrecy, approved, published with proof. */
@Injectable()
export class StatementDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(EvidenceDesk) private readonly evidence: EvidenceDesk,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
    @Inject(KnowledgeKeeper) private readonly knowledge: KnowledgeKeeper,
  ) {}

  /** @throws BadInput, NotFound, Refusal case-closed */
  async draft(caseId: string, request: DraftStatementRequest, actor: Actor): Promise<{ statementId: string }> {
    const { title, text, cites } = check(draftStatementRequest, request);
    return this.store.change(async (tx, now) => {
      const file = await new CaseFiles(tx).lock(caseId, scopeOf(actor));
      if (!file) throw new NotFound('case', caseId);
      assertOpen(file);
      const id = randomUUID();
      await new Statements(tx).add({ id, caseId, departmentId: actor.departmentId, title, text, writtenBy: actor.name, writtenAt: now });
      await citeEntries(tx, { kind: 'statement', id }, cites, { at: now, by: actor.name });
      await recordStep(tx, now, actor, 'statement.draft', {
        ...lineOf(file, id),
        kind: 'statement.drafted',
        text: `起草口径《${title}》`,
        detail: { statementId: id },
      });
      return { statementId: id };
    });
  }

  /** Saves the draft; after a review it is a new version. @throws Refusal statement-changed when somebody saved since it was read */
  edit(id: string, request: EditStatementRequest, actor: Actor): Promise<void> {
    const { title, text, version, writtenAt, cites, uncite } = check(editStatementRequest, request);
    return this.step(id, 'edit', actor, async (tx, { row, now }) => {
      assertUnchanged(row, version, writtenAt);
      await this.changeCites(tx, row, { cites, uncite }, { at: now, by: actor.name });
      const wasSeen = row.submittedAt !== null;
      const said = `修改口径《${title}》${wasSeen ? `，形成第 ${row.version + 1} 版` : ''}`;
      if (wasSeen) return { change: {}, next: { title, text }, text: said };
      return { change: { title, text, writtenBy: actor.name, writtenAt: now }, text: said };
    });
  }

  /** A new version of what was published; the published one stands until this is. @throws as edit */
  revise(id: string, request: EditStatementRequest, actor: Actor): Promise<void> {
    const { title, text, version, writtenAt, cites, uncite } = check(editStatementRequest, request);
    return this.step(id, 'revise', actor, async (tx, { row, now }) => {
      assertUnchanged(row, version, writtenAt);
      await this.changeCites(tx, row, { cites, uncite }, { at: now, by: actor.name });
      return { change: {}, next: { title, text }, text: `更正已发布口径《${row.title}》，起草第 ${row.version + 1} 版` };
    });
  }

  /** 送审. */
  submit(id: string, actor: Actor): Promise<void> {
    return this.step(id, 'submit', actor, async (_tx, { row, now }) => ({
      change: { submittedBy: actor.name, submittedAt: now },
      text: `口径《${row.title}》第 ${row.version} 版送保密审查`,
      tell: { about: { kind: 'desk-asked' }, title: `【口径送审】${row.caseNo} ${row.title}`, body: `${actor.name}送审，请作保密审查。` },
    }));
  }

  /** 通过保密审查. @throws Refusal secrecy-marks where the text bears what must not go out; BadInput `note` where marks are to be looked at */
  clear(id: string, request: NoteRequest, actor: Actor): Promise<void> {
    const { note } = check(noteRequest, request);
    return this.step(id, 'clear', actor, async (tx, { row, now }) => {
      const { secrecy } = await checkStatement(tx, row, row.text, now);
      const stop = secrecy.find((hit) => hit.weight === 'stop');
      if (stop) throw new Refusal('secrecy-marks', `the text bears ${stop.matched}`, `“${stop.matched}”${stop.said}。请退改删去`);
      if (secrecy.length > 0 && !note) throw missingNote(secrecy.map((hit) => `“${hit.matched}”${hit.said}`));
      return {
        change: { clearedBy: actor.name, clearedAt: now, clearedNote: note },
        text: `口径《${row.title}》通过保密审查${note ? `：${note}` : ''}`,
        tell: {
          about: { kind: 'leader-asked' },
          title: `【口径待批】${row.caseNo} ${row.title}`,
          body: `已过保密审查（${actor.name}），请审批。`,
        },
      };
    });
  }

  /** 批准. @throws BadInput `note` where the draft leaves a question open or contradicts what was published */
  approve(id: string, request: NoteRequest, actor: Actor): Promise<void> {
    const { note } = check(noteRequest, request);
    return this.step(id, 'approve', actor, async (tx, { row, now }) => {
      const open = openPoints(await checkStatement(tx, row, row.text, now));
      if (open.length > 0 && !note) throw missingNote(open);
      return {
        change: { approvedBy: actor.name, approvedAt: now, approvedNote: note },
        text: `批准口径《${row.title}》第 ${row.version} 版${note ? `：${note}` : ''}`,
        detail: { openPoints: open },
        tell: toDrafter(row, `【口径已批】${row.caseNo} ${row.title}`, '请即发布，并登记发布链接。'),
      };
    });
  }

  /** 退改. */
  sendBack(id: string, request: ReasonRequest, actor: Actor): Promise<void> {
    const { reason } = check(reasonRequest, request);
    return this.step(id, 'send-back', actor, async (_tx, { row, now }) => ({
      change: { sentBackBy: actor.name, sentBackAt: now, sentBackReason: reason },
      text: `口径《${row.title}》退改：${reason}`,
      tell: toDrafter(row, `【口径退改】${row.caseNo} ${row.title}`, reason),
    }));
  }

  /** 作废. */
  withdraw(id: string, request: ReasonRequest, actor: Actor): Promise<void> {
    const { reason } = check(reasonRequest, request);
    return this.step(id, 'withdraw', actor, async (_tx, { row, now }) => ({
      change: { sentBackBy: actor.name, sentBackAt: now, sentBackReason: reason },
      text: `口径《${row.title}》作废：${reason}`,
    }));
  }

  /** 登记发布: the proof is kept and stops the clocks of the case. @throws BadInput, Refusal statement-not-approved, case-closed */
  async publish(id: string, request: PublishStatementRequest, actor: Actor): Promise<RegisteredEvidence> {
    const proof = check(publishStatementRequest, request);
    const before = await new Statements(this.store.database).find(id, scopeOf(actor));
    if (!before) throw new NotFound('statement', id);
    const prepared = await this.evidence.prepare({ ...proof, kind: 'statement', note: `口径《${before.title}》第 ${before.version} 版` });
    let laid: RegisteredEvidence | null = null;
    await this.step(id, 'publish', actor, async (tx, { file, row, now }) => {
      laid = await this.evidence.lay(tx, file, prepared, { actor, taskId: null, departmentId: row.departmentId });
      await this.knowledge.ofStatement(
        tx,
        { id, title: row.title, text: row.text, url: prepared.url, departmentId: row.departmentId },
        { by: actor.name, at: now, reason: `口径《${row.title}》第 ${row.version} 版发布` },
      );
      return {
        change: { publishedBy: actor.name, publishedAt: prepared.publishedAt, evidenceId: laid.evidenceId },
        text: `发布口径《${row.title}》第 ${row.version} 版`,
        publishedVersion: row.version,
        detail: { evidenceId: laid.evidenceId, at: now.toISOString() },
      };
    });
    return laid!;
  }

  /** What was published with a cite keeps it; what a draft cites since may go again. */
  private async changeCites(
    tx: Tx,
    row: StatementRow,
    { cites, uncite }: { cites: string[]; uncite: string[] },
    made: { at: Date; by: string },
  ): Promise<void> {
    const subject = { kind: 'statement' as const, id: row.id };
    const published = (await new Statements(tx).versions(row.id)).find(({ version }) => version === row.publishedVersion);
    await unciteEntries(tx, subject, uncite, published?.publishedAt ?? null);
    await citeEntries(tx, subject, cites, made);
  }

  /** Locks the case, looks at the statement as it now stands, and lets the step be taken where it is lawful and the person's. */
  private step(id: string, action: StatementAction, actor: Actor, take: (tx: Tx, held: Held) => Promise<Step>): Promise<void> {
    return this.store.change(async (tx, now) => {
      const statements = new Statements(tx);
      const before = await statements.find(id, scopeOf(actor));
      const file = before && (await new CaseFiles(tx).lock(before.caseId));
      const row = file && (await statements.find(id, scopeOf(actor)));
      if (!file || !row) throw new NotFound('statement', id);
      const refusal = mayNot(row, action, actor);
      if (refusal?.code === 'forbidden') throw new Forbidden(`${actor.role} may not ${action} this statement`, refusal.said);
      if (refusal) throw new Refusal(refusal.code, `${actor.name} may not ${action} this statement`, refusal.said);
      const state = stepStatement(row.state, action, lastStepOn(row));
      assertOpen(file);
      await this.keep(tx, { file, row, now }, { action, state, actor, step: await take(tx, { file, row, now }) });
    });
  }

  private async keep(
    tx: Tx,
    { file, row, now }: Held,
    { action, state, actor, step }: { action: StatementAction; state: StatementState; actor: Actor; step: Step },
  ): Promise<void> {
    const statements = new Statements(tx);
    if (Object.keys(step.change).length > 0) await statements.changeVersion(row.id, row.version, step.change);
    const version = step.next ? row.version + 1 : row.version;
    if (step.next) await statements.addVersion(row.id, version, { ...step.next, writtenBy: actor.name, writtenAt: now });
    await statements.change(row.id, {
      state,
      version,
      updatedAt: now,
      ...(step.publishedVersion ? { publishedVersion: step.publishedVersion } : {}),
    });
    await recordStep(tx, now, actor, `statement.${action}`, {
      ...lineOf(file, row.id),
      kind: `statement.${state}`,
      text: step.text,
      detail: { statementId: row.id, version, ...step.detail },
    });
    if (!step.tell) return;
    const told = {
      ...step.tell,
      fact: `statement:${row.id}:${version}:${action}:${now.getTime()}`,
      severity: file.severity,
      urgency: 'urgent' as const,
      link: `/cases/${file.id}?statement=${row.id}`,
      caseId: file.id,
      causedBy: caseOpenedId(file.id),
    };
    tx.send(...noticeRequests(told, await this.duty.tellable(tx, now), now));
  }
}

function lineOf(file: CaseRow, statementId: string) {
  return { title: file.title, subject: { kind: 'statement' as const, id: statementId }, caseId: file.id, severity: file.severity };
}

function toDrafter(row: StatementRow, title: string, body: string): Step['tell'] {
  const about: TellFact = row.departmentId === null ? { kind: 'desk-asked' } : { kind: 'department-told', departmentId: row.departmentId };
  return { about, title, body };
}

function assertOpen(file: CaseRow): void {
  const refusal = isCaseOver(file.state) ? caseRefusal(file.state, 'assign', closingOf(file)) : null;
  if (refusal) throw refusal;
}

function assertUnchanged(row: StatementRow, version: number, writtenAt: string): void {
  if (row.version === version && row.writtenAt.getTime() === new Date(writtenAt).getTime()) return;
  const conflict = { by: row.writtenBy, at: row.writtenAt.toISOString(), what: '保存修改' };
  throw new Refusal(
    'statement-changed',
    `statement is at version ${row.version}, ${version} was read`,
    '口径已被他人修改，请刷新后再改',
    conflict,
  );
}

function missingNote(points: readonly string[]): BadInput {
  const message = `有 ${points.length} 处须说明：${points.slice(0, 5).join('；')}`;
  return new BadInput([{ field: 'note', rule: `must explain ${points.length} open points of the checks`, message }]);
}
