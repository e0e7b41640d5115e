import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { evidenceRequest, type EvidenceRequest } from '@huiying/contracts/http';
import { assertBelievable, BadInput, caseRefusal, idAt, isCaseOver, isResponded, NotFound, Refusal, stepCase } from '@huiying/domain';
import { check } from '@huiying/platform';
import {
  CaseFiles,
  Deadlines,
  EvidenceFiles,
  PolicyDocuments,
  type CaseRow,
  type DeadlineRow,
  type EvidenceRow,
  type RowScope,
  type Tx,
} from '@huiying/persistence';
import { scopeOf, type Actor } from '../accounts/index.js';
import { DeadlineBook } from '../deadlines/index.js';
import { noteCaseChange, record, recordStep, SYSTEM, WorkflowStore } from '../timeline/index.js';
import { decodeFile, mediaTypeOf, sha256Of, type PreparedEvidence } from './evidence-input.js';
import { PageCapture } from './page-capture.js';

export interface RegisteredEvidence {
  evidenceId: string;
  metDeadlineIds: string[];
}

const KINDS: Record<PreparedEvidence['kind'], string> = { statement: '权威信息', 'press-conference': '新闻发布会' };

/** Proof (停表证据): checked, kept, and laid to the clocks it stops. */
@Injectable()
export class EvidenceDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(PageCapture) private readonly pages: PageCapture,
    @Inject(DeadlineBook) private readonly deadlines: DeadlineBook,
  ) {}

  /** Registers proof on a case. @throws BadInput, NotFound, Refusal case-closed */
  async register(caseId: string, request: EvidenceRequest, actor: Actor): Promise<RegisteredEvidence> {
    const prepared = await this.prepare(request);
    return this.store.change(async (tx) => {
      const file = await new CaseFiles(tx).lock(caseId, scopeOf(actor));
      if (!file) throw new NotFound('case', caseId);
      return this.lay(tx, file, prepared, { actor, taskId: null, departmentId: null });
    });
  }

  /** Decodes the file and captures the page. Before any transaction: the other end may be slow. @throws BadInput */
  async prepare(request: EvidenceRequest): Promise<PreparedEvidence> {
    const { kind, url, publishedAt, note, file } = check(evidenceRequest, request);
    const upload = decodeFile(file);
    const page = url === null ? null : await this.pages.capture(url);
    const captured = page && 'bytes' in page ? page.bytes : null;
    const bytes = upload?.bytes ?? captured;
    return {
      kind,
      url,
      publishedAt: new Date(publishedAt),
      note,
      fileName: upload?.name ?? null,
      sha256: bytes && sha256Of(bytes),
      captureFailure: page && 'failure' in page ? page.failure : null,
      // A captured page is kept as bytes and never shown as a page of ours.
      file: bytes && { mediaType: upload ? mediaTypeOf(bytes) : 'application/octet-stream', bytes },
    };
  }

  /**
   * Keeps prepared proof and stops the clocks it proves, in the caller's transaction; the case is locked, and so are its clocks where they are given.
   * @throws BadInput when the proof is not believable, Refusal case-closed
   */
  async lay(
    tx: Tx,
    file: CaseRow,
    proof: PreparedEvidence,
    by: { actor: Actor; taskId: string | null; departmentId: string | null; clocks?: readonly DeadlineRow[] },
  ): Promise<RegisteredEvidence> {
    const now = this.store.now();
    const refusal = isCaseOver(file.state) ? caseRefusal(file.state, 'respond') : null;
    if (refusal) throw refusal;
    assertBelievable(proof, file.notBefore, now);
    const { file: bytes, ...fields } = proof;
    const row: EvidenceRow = {
      ...fields,
      id: idAt(now, randomUUID()),
      caseId: file.id,
      taskId: by.taskId,
      registeredAt: now,
      registeredBy: by.actor.name,
    };
    await new EvidenceFiles(tx).add(row, bytes);
    const before = by.clocks ?? (await new Deadlines(tx).lockOfCase(file.id));
    await recordStep(tx, now, by.actor, 'evidence.register', {
      kind: 'evidence.registered',
      text: `登记${KINDS[proof.kind]}发布证据${proof.url ? `：${proof.url}` : ''}${row.captureFailure ? `（未能留存网页：${row.captureFailure}）` : ''}`,
      title: file.title,
      subject: { kind: 'case', id: file.id },
      caseId: file.id,
      taskId: by.taskId,
      departmentId: row.kind === 'reply' ? by.departmentId : null,
      severity: file.severity,
      detail: { evidenceId: row.id, kind: row.kind, url: row.url, sha256: row.sha256, publishedAt: row.publishedAt.toISOString() },
    });
    const met = await this.deadlines.meet(tx, before, row, now);
    await this.tellMet(tx, file, met, now);
    await this.afterPublication(tx, file, { row, before, met }, now);
    return { evidenceId: row.id, metDeadlineIds: met.map(({ deadline }) => deadline.id) };
  }

  /** Keeps proof of something done that stops no clock, e.g. a promise kept. @throws BadInput when it is not believable */
  async keep(tx: Tx, file: CaseRow, proof: PreparedEvidence & { notBefore: Date }, actor: Actor): Promise<string> {
    return (await this.keepAs('reply', tx, file, proof, actor)).id;
  }

  /** Keeps a paper that was handed in, or a clarification, and stops the clocks it is for, no others. @throws BadInput when it is not believable */
  async layFor(
    kind: 'report' | 'clarification',
    tx: Tx,
    file: CaseRow,
    proof: PreparedEvidence & { notBefore: Date },
    by: { actor: Actor; clocks: readonly DeadlineRow[] },
  ): Promise<EvidenceRow> {
    const row = await this.keepAs(kind, tx, file, proof, by.actor);
    const met = await this.deadlines.meet(tx, by.clocks, row, row.registeredAt);
    await this.tellMet(tx, file, met, row.registeredAt);
    return row;
  }

  /** The bytes of a proof. @throws NotFound also for a proof of a case or document that is not the actor's to see */
  async file(id: string, scope: RowScope): Promise<{ mediaType: string; bytes: Buffer; name: string }> {
    const evidence = new EvidenceFiles(this.store.database);
    const row = await evidence.find(id, scope);
    const file = row && (await this.maySee(row, scope)) ? await evidence.file(id) : null;
    if (!row || !file) throw new NotFound('evidence file', id);
    return { ...file, name: row.fileName ?? `${id}.bin` };
  }

  private async maySee({ caseId, of }: EvidenceRow, scope: RowScope): Promise<boolean> {
    const { database } = this.store;
    if (caseId !== null) return (await new CaseFiles(database).find(caseId, scope)) !== null;
    if (of?.kind === 'document') return (await new PolicyDocuments(database).find(of.id, scope)) !== null;
    return scope === null;
  }

  private async keepAs(
    kind: 'reply' | 'report' | 'clarification',
    tx: Tx,
    file: CaseRow,
    { notBefore, ...proof }: PreparedEvidence & { notBefore: Date },
    actor: Actor,
  ): Promise<EvidenceRow> {
    const now = this.store.now();
    assertBelievable(proof, notBefore, now);
    const { file: bytes, ...fields } = proof;
    const row: EvidenceRow = {
      ...fields,
      kind,
      id: idAt(now, randomUUID()),
      caseId: file.id,
      taskId: null,
      registeredAt: now,
      registeredBy: actor.name,
    };
    await new EvidenceFiles(tx).add(row, bytes);
    return row;
  }

  private async tellMet(tx: Tx, file: CaseRow, met: readonly DeadlineRow[], now: Date): Promise<void> {
    await record(
      tx,
      now,
      SYSTEM,
      met.map(({ deadline }) => {
        const late = deadline.metAt! > deadline.dueAt;
        return {
          kind: 'deadline.met',
          text: `${deadline.rule.name}时限${late ? '逾期完成' : '按时完成'}，以${deadline.rule.milestone === 'report' ? '收到' : '发布'}时间计`,
          title: file.title,
          subject: { kind: 'deadline' as const, id: deadline.id },
          caseId: file.id,
          severity: file.severity,
          detail: {
            deadlineId: deadline.id,
            ruleId: deadline.rule.id,
            metAt: deadline.metAt!.toISOString(),
            dueAt: deadline.dueAt.toISOString(),
            late,
          },
        };
      }),
    );
  }

  /** The case counts as answered, and the clock of going on publishing (持续发布) starts where none runs. */
  private async afterPublication(
    tx: Tx,
    file: CaseRow,
    { row, before, met }: { row: EvidenceRow; before: readonly DeadlineRow[]; met: readonly DeadlineRow[] },
    now: Date,
  ): Promise<void> {
    const metIds = new Map(met.map((one) => [one.deadline.id, one]));
    const clocks = before.map((one) => metIds.get(one.deadline.id) ?? one);
    if (isResponded(clocks.map(({ deadline }) => deadline))) await noteCaseChange(tx, file.id, { state: stepCase(file.state, 'respond') });
    const reminders = clocks.filter(({ deadline }) => deadline.rule.milestone === 'reminder');
    if (reminders.some(({ deadline }) => deadline.metAt === null && deadline.cancelledAt === null)) return;
    await this.deadlines.stamp(
      tx,
      {
        trigger: 'statement-published',
        subject: { kind: 'case', id: file.id },
        severity: file.severity,
        facts: [{ fact: 'statement-published', at: row.publishedAt, statedBy: row.registeredBy }],
        round: reminders.length,
        caseId: file.id,
        departmentId: before.find(({ deadline }) => deadline.subject.kind === 'case')?.departmentId ?? null,
      },
      now,
    );
  }
}

/** Names the fields of a proof as they stand inside a reply, so that the console shows a fault beside its field. */
export function asFieldOf(parent: string, error: unknown): unknown {
  if (!(error instanceof BadInput) || error instanceof Refusal) return error;
  return new BadInput(error.faults.map((fault) => ({ ...fault, field: `${parent}.${fault.field}` })));
}
