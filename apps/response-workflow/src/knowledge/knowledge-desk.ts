import { Inject, Injectable } from '@nestjs/common';
import {
  carryOnKnowledgeRequest,
  changeKnowledgeRequest,
  expireKnowledgeRequest,
  newKnowledgeRequest,
  withdrawKnowledgeRequest,
  type KnowledgeContent,
  type KnowledgeDetail,
  type KnowledgeView,
  type Page,
} from '@huiying/contracts/http';
import {
  BadInput,
  DOCUMENT_END_WORDS,
  KNOWLEDGE_STATE_WORDS,
  knowledgeState,
  localDateOf,
  localTimeText,
  NotFound,
  outlasts,
  readInstant,
  Refusal,
} from '@huiying/domain';
import { check } from '@huiying/platform';
import { AuditTrail, Knowledge, PolicyDocuments, type KnowledgeFilter, type KnowledgeRow, type Tx } from '@huiying/persistence';
import { isAtDesk, type Actor } from '../accounts/index.js';
import { CityBook } from '../city/index.js';
import { csvFile } from '../query/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { basisOf, fresh, KnowledgeKeeper } from './knowledge-keeper.js';
import { toKnowledgeView, validityOf } from './knowledge-view.js';

const PAGE = 50;
const EXPORTED_AT_MOST = 10_000;
type Asked = Omit<KnowledgeFilter, 'today'>;

/** The knowledge base (知识库) on the console: searched by everybody, written by the desk. */
@Injectable()
export class KnowledgeDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(KnowledgeKeeper) private readonly keeper: KnowledgeKeeper,
  ) {}

  async list(filter: Asked, cursor: string | null): Promise<Page<KnowledgeView>> {
    const today = this.today();
    const page = await new Knowledge(this.store.database).page({ ...filter, today }, cursor, PAGE);
    return { ...page, items: page.items.map((row) => toKnowledgeView(row, today, (id) => this.city.departmentName(id))) };
  }

  async csv(filter: Asked, asked: readonly [string, string][], actor: Actor): Promise<string> {
    const today = this.today();
    const { items } = await new Knowledge(this.store.database).page({ ...filter, today }, null, EXPORTED_AT_MOST);
    const rows = items.map((row) => toKnowledgeView(row, today, (id) => this.city.departmentName(id)));
    return csvFile({ name: '知识库', at: this.store.now(), by: actor.name, asked }, rows, [
      ['编号', (k) => k.id],
      ['版本', (k) => String(k.version)],
      ['状态', (k) => k.stateWord],
      ['标题', (k) => k.title],
      ['问', (k) => k.question],
      ['答', (k) => k.answer],
      ['依据', (k) => k.legalBasis ?? ''],
      ['链接', (k) => k.url ?? ''],
      ['责任单位', (k) => k.departmentName ?? ''],
      ['适用地区', (k) => k.region ?? ''],
      ['关键词', (k) => k.keywords.join('、')],
      ['生效日', (k) => k.validFrom ?? ''],
      ['失效日', (k) => k.expiresOn ?? ''],
      ['来源', (k) => k.source.word],
      ['引用次数', (k) => String(k.cited)],
      ['最近变化', (k) => localTimeText(new Date(k.changedAt))],
    ]);
  }

  /** @throws NotFound */
  async detail(id: string, actor: Actor): Promise<KnowledgeDetail> {
    const knowledge = new Knowledge(this.store.database);
    const row = await knowledge.find(id);
    if (row === null) throw new NotFound('knowledge entry', id);
    const [versions, cites, policy] = await Promise.all([
      knowledge.versions(id),
      knowledge.citedBy(id),
      row.documentId === null ? null : new PolicyDocuments(this.store.database).find(row.documentId, null),
    ]);
    const ended = policy?.ended ?? null;
    return {
      ...toKnowledgeView(row, this.today(), (one) => this.city.departmentName(one)),
      versions: versions.map(({ version, content, reason, changedAt, changedBy }) => {
        const { title, answer, expiresOn } = content;
        return { version, title, answer, expiresOn, reason, changedBy, changedAt: changedAt.toISOString() };
      }),
      cites: cites.map(({ kind, id: subject, version, at, by }) => ({ kind, id: subject, version, by, at: at.toISOString() })),
      policyEnded: ended && {
        documentId: policy!.id,
        title: policy!.title,
        word: DOCUMENT_END_WORDS[ended.how],
        lastDay: ended.lastDay,
      },
      actions: (['change', 'withdraw'] as const).map((action) => {
        const whyNot = !isAtDesk(actor) ? '由值班员、带班领导维护' : action === 'withdraw' && row.state === 'withdrawn' ? '已下线' : null;
        return { action, allowed: whyNot === null, whyNot };
      }),
    };
  }

  /** @throws BadInput */
  async create(request: unknown, actor: Actor): Promise<{ id: string }> {
    const content = this.checked(check(newKnowledgeRequest, request));
    const row = { ...fresh('hand', null), version: 1, state: stateOf(content), content };
    await this.store.change(async (tx, now) => this.keep(tx, now, row, actor, '新建'));
    return { id: row.id };
  }

  /** A new version; what was withdrawn or a draft comes into force with it. @throws BadInput, NotFound; Refusal changed-meanwhile */
  async change(id: string, request: unknown, actor: Actor): Promise<void> {
    const { version, reason, ...rest } = check(changeKnowledgeRequest, request);
    const content = this.checked(rest);
    await this.store.change(async (tx, now) => {
      const before = await mustLock(tx, id);
      if (before.version !== version) throw changed(before);
      await this.keep(tx, now, { ...before, version: version + 1, state: stateOf(content), content }, actor, reason);
    });
  }

  /** 下线. @throws BadInput, NotFound; Refusal already-withdrawn */
  async withdraw(id: string, request: unknown, actor: Actor): Promise<void> {
    const { reason } = check(withdrawKnowledgeRequest, request);
    await this.store.change(async (tx, now) => {
      const before = await mustLock(tx, id);
      if (before.state === 'withdrawn') throw new Refusal('already-withdrawn', `${id} was withdrawn`, '已下线');
      await this.keep(tx, now, { ...before, state: 'withdrawn' }, actor, reason);
    });
  }

  /** Every entry of a policy document expires with it (随政策失效). @throws BadInput */
  async expireWith(request: unknown, actor: Actor): Promise<{ changed: number }> {
    const { documentId, expiresOn, reason } = check(expireKnowledgeRequest, request);
    mustBeDay('expiresOn', expiresOn);
    return this.store.change(async (tx, now) => {
      const rows = (await new Knowledge(tx).lockOfDocument(documentId)).filter(
        ({ state, content }) => state !== 'withdrawn' && outlasts(content.expiresOn, expiresOn),
      );
      for (const row of rows)
        await this.keep(tx, now, { ...row, version: row.version + 1, content: { ...row.content, expiresOn } }, actor, reason);
      return { changed: rows.length };
    });
  }

  /** Every entry of a document that was replaced rests on the one that took its place (随政策延续). @throws BadInput, NotFound; Refusal not-replaced */
  async carryOn(request: unknown, actor: Actor): Promise<{ changed: number }> {
    const { documentId, reason } = check(carryOnKnowledgeRequest, request);
    return this.store.change(async (tx, now) => {
      const documents = new PolicyDocuments(tx);
      const before = await documents.lock(documentId, null);
      if (before === null) throw new NotFound('document', documentId);
      const next = before.ended?.replacedBy ? await documents.find(before.ended.replacedBy, null) : null;
      if (next === null) throw new Refusal('not-replaced', `${documentId} was not replaced`, '文件没有登记替代它的新文件');
      const rows = (await new Knowledge(tx).lockOfDocument(documentId)).filter(({ state }) => state !== 'withdrawn');
      for (const row of rows) {
        const content = { ...row.content, legalBasis: basisOf(next) };
        await this.keep(tx, now, { ...row, documentId: next.id, version: row.version + 1, content }, actor, reason);
      }
      return { changed: rows.length };
    });
  }

  private async keep(tx: Tx, now: Date, row: KnowledgeRow, actor: Actor, reason: string): Promise<void> {
    await this.keeper.save(tx, row, { at: now, by: actor.name, reason });
    const state = KNOWLEDGE_STATE_WORDS[knowledgeState(validityOf(row), localDateOf(now))];
    await new AuditTrail(tx).add({
      at: now,
      personId: actor.id,
      who: actor.name,
      action: row.state === 'withdrawn' ? 'knowledge.withdraw' : 'knowledge.save',
      subject: `knowledge:${row.id}`,
      origin: actor.origin,
      detail: { title: row.content.title, version: row.version, state, expiresOn: row.content.expiresOn, reason },
    });
  }

  private checked(content: KnowledgeContent): KnowledgeContent {
    mustBeDay('validFrom', content.validFrom);
    mustBeDay('expiresOn', content.expiresOn);
    if (content.validFrom !== null && content.expiresOn !== null && content.expiresOn < content.validFrom)
      throw new BadInput([
        { field: 'expiresOn', rule: 'must not be before validFrom', got: content.expiresOn, message: '失效日早于生效日' },
      ]);
    if (content.departmentId !== null && this.city.departmentName(content.departmentId) === content.departmentId)
      throw new BadInput([{ field: 'departmentId', rule: 'must be a department', got: content.departmentId, message: '没有这个单位' }]);
    return content;
  }

  private today(): string {
    return localDateOf(this.store.now());
  }
}

const stateOf = ({ answer }: KnowledgeContent): 'draft' | 'active' => (answer === '' ? 'draft' : 'active');

/** @throws BadInput for a day that does not exist */
function mustBeDay(field: string, day: string | null): void {
  if (day !== null && readInstant(`${day} 00:00:00`) === null)
    throw new BadInput([{ field, rule: 'must be a day that exists', got: day, message: `${field}：没有这一天` }]);
}

async function mustLock(tx: Tx, id: string): Promise<KnowledgeRow> {
  const row = await new Knowledge(tx).lock(id);
  if (row === null) throw new NotFound('knowledge entry', id);
  return row;
}

function changed({ changedBy, changedAt, version }: KnowledgeRow): Refusal {
  const conflict = { by: changedBy, at: changedAt.toISOString(), what: '修改了这个条目' };
  return new Refusal('changed-meanwhile', `version ${version} is the last`, '条目已被他人修改，请刷新后再改', conflict);
}
