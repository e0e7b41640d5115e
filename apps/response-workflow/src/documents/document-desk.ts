import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  becauseRequest,
  editDocumentRequest,
  interpretDocumentRequest,
  planDocumentRequest,
  publishDocumentRequest,
  registerDocumentRequest,
  type BecauseRequest,
  type EditDocumentRequest,
  type InterpretDocumentRequest,
  type PlanDocumentRequest,
  type PublishDocumentRequest,
  type RegisterDocumentRequest,
} from '@huiying/contracts/http';
import {
  afterLook,
  assertBelievable,
  BadInput,
  copiedShare,
  Forbidden,
  gateRefusal,
  instantAt,
  isCopied,
  localDateOf,
  localTimeText,
  missingElements,
  missingOfPlan,
  NotFound,
  Refusal,
  stepDocument,
  type DocumentAction,
} from '@huiying/domain';
import { check } from '@huiying/platform';
import {
  Deadlines,
  EvidenceFiles,
  PolicyDocuments,
  type KeptInterpretation,
  type PolicyDocumentChange,
  type PolicyDocumentRow,
  type Tx,
} from '@huiying/persistence';
import { isAtDesk, scopeOf, type Actor } from '../accounts/index.js';
import { CityBook } from '../city/index.js';
import { EvidenceDesk } from '../evidence/index.js';
import { unknownDepartment } from '../tasks/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { DocumentLedger } from './document-ledger.js';
import { lastStepOn, roleRefusal } from './document-view.js';
import { PageLinks, wordsOf } from './page-links.js';

/** What a step does to a document, and what is told of it. */
interface Step {
  change: PolicyDocumentChange;
  text: string;
  detail?: Record<string, unknown>;
  after?: (row: PolicyDocumentRow) => Promise<unknown>;
}

/** 政策解读: the register of policy documents, the gate of 三同步, publication and the interpretation with its proof. */
@Injectable()
export class DocumentDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(DocumentLedger) private readonly ledger: DocumentLedger,
    @Inject(EvidenceDesk) private readonly evidence: EvidenceDesk,
    @Inject(PageLinks) private readonly links: PageLinks,
  ) {}

  /** 登记. One that is public already starts its clock at once. @throws BadInput, Forbidden, Refusal document-known */
  async register(request: RegisterDocumentRequest, actor: Actor): Promise<{ documentId: string }> {
    const { syncMode, publishedAt, ...given } = check(registerDocumentRequest, request);
    if (!this.city.knowsDepartment(given.departmentId)) throw unknownDepartment('departmentId', given.departmentId);
    if (!isAtDesk(actor) && actor.departmentId !== given.departmentId)
      throw new Forbidden('not this department’s document', '只能登记本部门起草的文件');
    if ((publishedAt === null) !== (given.url === null)) throw incomplete(publishedAt === null ? 'publishedAt' : 'url');
    const published = publishedAt === null ? null : new Date(publishedAt);
    const id = randomUUID();
    await this.store.change(async (tx, now) => {
      if (published !== null && published > now) throw notYet('publishedAt', published);
      const documents = new PolicyDocuments(tx);
      const added = await documents.add({
        ...given,
        id,
        syncMode: syncMode ?? this.city.parts.syncMode,
        state: published === null ? 'drafting' : 'published',
        publishedAt: published,
        plan: null,
        reason: null,
        source: '人工登记',
        createdAt: now,
        createdBy: actor.name,
      });
      if (!added) throw await known(tx, given.documentNo, given.url);
      const row = (await documents.find(id, null))!;
      const word = published === null ? '' : `，${localTimeText(published)} 已公开`;
      await this.ledger.sign({ tx, now }, row, actor, {
        action: 'register',
        text: `登记政策文件《${row.title}》${word}`,
        detail: { documentId: id },
      });
      if (published !== null) await this.ledger.startClock(tx, row, published, actor.name, now);
    });
    return { documentId: id };
  }

  /** @throws BadInput, NotFound, Forbidden, Refusal document-STATE, document-known */
  edit(id: string, request: EditDocumentRequest, actor: Actor): Promise<void> {
    const given = check(editDocumentRequest, request);
    if (given.departmentId !== undefined && !this.city.knowsDepartment(given.departmentId))
      throw unknownDepartment('departmentId', given.departmentId);
    const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as PolicyDocumentChange;
    return this.onDocument(id, actor, async (tx, row, now) => {
      this.assertMay(row, 'edit', actor);
      // Who drafted a document, and its number, may be put right whatever its state.
      const rights = Object.keys(change).every((key) => key === 'departmentId' || key === 'documentNo');
      if (!(rights && isAtDesk(actor))) stepDocument(row.state, 'edit', lastStepOn(row));
      if (change.documentNo && change.documentNo !== row.documentNo && (await new PolicyDocuments(tx).lockKnown(change.documentNo, null)))
        throw await known(tx, change.documentNo, null);
      await new PolicyDocuments(tx).change(id, change, { at: now, name: actor.name });
      const after = { ...row, ...change };
      await this.ledger.follow(tx, after);
      const edited = Object.keys(change).map((key) => EDITED[key] ?? key);
      await this.ledger.sign({ tx, now }, after, actor, { action: 'edit', text: `修改文件登记：${edited.join('、')}` });
    });
  }

  /** 编制解读方案, kept as far as it is. @throws BadInput, NotFound, Forbidden, Refusal document-STATE */
  plan(id: string, request: PlanDocumentRequest, actor: Actor): Promise<void> {
    const plan = check(planDocumentRequest, request);
    return this.step(id, 'plan', actor, async () => {
      const missing = missingOfPlan(plan);
      return { change: { plan }, text: `编制解读方案${missing.length === 0 ? '' : `（尚缺：${missing.join('、')}）`}`, detail: { plan } };
    });
  }

  /** 报批, with the plan of interpretation (同步组织). @throws NotFound, Forbidden, Refusal plan-missing, document-STATE */
  submit(id: string, actor: Actor): Promise<void> {
    return this.step(id, 'submit', actor, async (_tx, row) => {
      assertGate('submit', row, null);
      return { change: { reason: null }, text: '文件与解读方案一并报批' };
    });
  }

  sendBack(id: string, request: BecauseRequest, actor: Actor): Promise<void> {
    const { reason } = check(becauseRequest, request);
    return this.step(id, 'send-back', actor, async () => ({ change: { reason }, text: `退回：${reason}` }));
  }

  /** 签发, the plan with it (同步审签). @throws NotFound, Forbidden, Refusal plan-missing, document-STATE */
  sign(id: string, actor: Actor): Promise<void> {
    return this.step(id, 'sign', actor, async (_tx, row) => {
      assertGate('sign', row, null);
      return { change: {}, text: '文件与解读方案一并审签' };
    });
  }

  /** 登记公开; starts the clock. @throws BadInput, NotFound, Forbidden, Refusal interpretation-missing, document-known, document-STATE */
  publish(id: string, request: PublishDocumentRequest, actor: Actor): Promise<void> {
    const { url, publishedAt, interpretationUrl } = check(publishDocumentRequest, request);
    const published = new Date(publishedAt);
    return this.step(id, 'publish', actor, async (tx, row, now) => {
      assertGate('publish', row, interpretationUrl);
      if (published > now) throw notYet('publishedAt', published);
      const other = await new PolicyDocuments(tx).lockKnown(null, url);
      if (other && other.id !== id) throw await known(tx, null, url);
      const together = interpretationUrl === null ? '' : `，解读同步发布：${interpretationUrl}`;
      return {
        change: { url, publishedAt: published },
        text: `文件于 ${localTimeText(published)} 公开：${url}${together}`,
        detail: { url, publishedAt, interpretationUrl },
        after: (after) => this.ledger.startClock(tx, after, published, actor.name, now),
      };
    });
  }

  /** 登记解读材料, with its page as proof; meets the clock. @throws BadInput, NotFound, Forbidden, Refusal interpretation-copied, document-STATE */
  async interpret(id: string, request: InterpretDocumentRequest, actor: Actor): Promise<{ evidenceId: string; metDeadlineIds: string[] }> {
    const given = check(interpretDocumentRequest, request);
    const missing = missingElements(given.elements);
    if (missing.length > 0) throw lacking(missing);
    const before = await new PolicyDocuments(this.store.database).find(id, scopeOf(actor));
    if (!before) throw new NotFound('document', id);
    const note = `政策解读：${given.title}`;
    const [proof, looked] = await Promise.all([
      this.evidence.prepare({ kind: 'statement', url: given.url, publishedAt: given.publishedAt, note }),
      before.url === null ? null : this.links.check(before.url, given.url),
    ]);
    const text = before.text ?? (looked?.documentHtml ? wordsOf(looked.documentHtml) : null);
    const share = text === null || !looked?.html ? null : copiedShare(wordsOf(looked.html), text);
    if (share !== null && isCopied(share) && given.copiedReason === null) throw copied(share);
    const evidenceId = randomUUID();
    let metDeadlineIds: string[] = [];
    await this.step(id, 'interpret', actor, async (tx, row, now) => {
      const { file, ...fields } = proof;
      const evidence = { ...fields, kind: 'interpretation' as const };
      assertBelievable(evidence, instantAt(localDateOf(row.publishedAt ?? row.createdAt), '00:00'), now);
      const of = { kind: 'document' as const, id };
      const registered = { registeredAt: now, registeredBy: actor.name };
      await new EvidenceFiles(tx).add({ ...evidence, ...registered, id: evidenceId, caseId: null, taskId: null, of }, file);
      const clocks = await new Deadlines(tx).lockOfSubject(id);
      const met = await this.ledger.book.meet(tx, clocks, { ...evidence, id: evidenceId }, now);
      metDeadlineIds = met.map(({ deadline }) => deadline.id);
      const links = looked && {
        documentLeads: looked.documentLeads,
        interpretationLeads: looked.interpretationLeads,
        failure: looked.failure,
        at: looked.at,
      };
      const kept: KeptInterpretation = {
        ...given,
        evidenceId,
        copiedShare: share,
        links,
        registeredAt: now.toISOString(),
        registeredBy: actor.name,
      };
      const { title: documentTitle, documentNo, departmentId } = row;
      await this.ledger.knowledge.ofInterpretation(
        tx,
        {
          document: { id, title: documentTitle, documentNo, departmentId },
          title: given.title,
          url: given.url,
          text: looked?.text ?? null,
        },
        { by: actor.name, at: now, reason: `登记解读材料《${given.title}》` },
      );
      const late = met.some(({ deadline }) => deadline.metAt! > deadline.dueAt);
      const failed = proof.captureFailure ? `（未能留存网页：${proof.captureFailure}）` : '';
      return {
        change: { interpretations: [...row.interpretations, kept] },
        text: `登记解读材料《${given.title}》（${given.form}）：${given.url}${failed}${met.length === 0 ? '' : late ? '，解读时限逾期完成' : '，解读时限按时完成'}`,
        detail: { evidenceId, url: given.url, sha256: proof.sha256, copiedShare: share },
      };
    });
    return { evidenceId, metDeadlineIds };
  }

  /** 列为无需解读, by a leader with grounds: its clock is cancelled. */
  exempt(id: string, request: BecauseRequest, actor: Actor): Promise<void> {
    const { reason } = check(becauseRequest, request);
    return this.step(id, 'exempt', actor, async (tx, _row, now) => {
      await this.ledger.book.cancel(tx, await new Deadlines(tx).lockOfSubject(id), `无需解读：${reason}`, now);
      return { change: { reason }, text: `列为无需解读：${reason}` };
    });
  }

  /** Looks again whether document and interpretations lead to each other. @throws NotFound, Forbidden, Refusal nothing-to-check */
  async checkLinks(id: string, actor: Actor): Promise<void> {
    const before = await new PolicyDocuments(this.store.database).find(id, scopeOf(actor));
    if (!before) throw new NotFound('document', id);
    const url = before.url;
    if (url === null || before.interpretations.length === 0)
      throw new Refusal('nothing-to-check', 'no two pages to check', '文件公开并登记解读后才能核查链接');
    const looked = await Promise.all(before.interpretations.map((one) => this.links.check(url, one.url)));
    await this.onDocument(id, actor, async (tx, row, now) => {
      this.assertMay(row, 'check-links', actor);
      const checked = new Map(before.interpretations.map((one, i) => [one.evidenceId, looked[i]!]));
      const interpretations = row.interpretations.map((one) => {
        const found = checked.get(one.evidenceId);
        if (!found) return one;
        const { documentHtml: _d, html: _h, text: _t, ...links } = found;
        // Who looks sees what is broken: nobody need tell them.
        const { kept } = afterLook(one.links, links);
        return { ...one, links: kept.brokenSince === undefined ? kept : { ...kept, told: true } };
      });
      await new PolicyDocuments(tx).change(id, { interpretations }, { at: now, name: row.changedBy });
      const whole = looked.filter((one) => one.documentLeads === true && one.interpretationLeads === true).length;
      await this.ledger.sign({ tx, now }, row, actor, {
        action: 'check-links',
        text: `核查双向链接：${looked.length} 份解读中 ${whole} 份互相可达`,
      });
    });
  }

  /** Locks the document, and lets the step be taken where it is lawful and the person's. */
  private step(
    id: string,
    action: DocumentAction,
    actor: Actor,
    take: (tx: Tx, row: PolicyDocumentRow, now: Date) => Promise<Step>,
  ): Promise<void> {
    return this.onDocument(id, actor, async (tx, row, now) => {
      this.assertMay(row, action, actor);
      const state = stepDocument(row.state, action, lastStepOn(row));
      const { change, text, detail, after } = await take(tx, row, now);
      await new PolicyDocuments(tx).change(id, { ...change, state }, { at: now, name: actor.name });
      const next = { ...row, ...change, state };
      await this.ledger.sign({ tx, now }, next, actor, { action, text, detail });
      await after?.(next);
    });
  }

  private onDocument(id: string, actor: Actor, take: (tx: Tx, row: PolicyDocumentRow, now: Date) => Promise<void>): Promise<void> {
    return this.store.change(async (tx, now) => {
      const row = await new PolicyDocuments(tx).lock(id, scopeOf(actor));
      if (!row) throw new NotFound('document', id);
      await take(tx, row, now);
    });
  }

  private assertMay(row: PolicyDocumentRow, action: DocumentAction | 'check-links', actor: Actor): void {
    const whyNot = roleRefusal(row, action, actor);
    if (whyNot !== null) throw new Forbidden(`${actor.role} may not ${action} this document`, whyNot);
  }
}

const EDITED: Record<string, string> = { title: '标题', documentNo: '文号', departmentId: '起草部门', kind: '类别', text: '正文' };

function assertGate(action: 'submit' | 'sign' | 'publish', row: PolicyDocumentRow, interpretationUrl: string | null): void {
  const refusal = gateRefusal(action, { ...row, interpretationUrl });
  if (refusal) throw refusal;
}

async function known(tx: Tx, documentNo: string | null, url: string | null): Promise<Refusal> {
  const other = await new PolicyDocuments(tx).lockKnown(documentNo, url);
  const conflict = other ? { by: other.createdBy, at: other.createdAt.toISOString(), what: `登记《${other.title}》` } : undefined;
  return new Refusal('document-known', `a document of this number or address is registered`, '该文号或网址的文件已登记', conflict);
}

function incomplete(field: 'url' | 'publishedAt'): BadInput {
  const message = field === 'url' ? '已公开的文件须填写网址' : '填写了网址的须填写公开时间';
  return new BadInput([{ field, rule: 'must be given together with the other', message }]);
}

function notYet(field: string, got: Date): BadInput {
  return new BadInput([
    { field, rule: 'must not be in the future', got: got.toISOString(), message: '公开时间晚于现在，尚未公开的文件待公开后登记' },
  ]);
}

function lacking(missing: readonly string[]): BadInput {
  return new BadInput([
    { field: 'elements', rule: `must hold ${missing.join(', ')}`, message: `解读材料缺少必备要素：${missing.join('、')}` },
  ]);
}

function copied(share: number): Refusal {
  const percent = Math.round(share * 100);
  return new Refusal(
    'interpretation-copied',
    `${percent} % of the interpretation stands word for word in the document`,
    `解读材料有 ${percent}% 与文件原文逐字相同，属照抄照搬；确非照抄的请写明理由`,
  );
}
