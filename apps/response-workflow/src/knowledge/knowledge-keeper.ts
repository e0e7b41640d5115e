import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { BadInput, localDateOf, stableId } from '@huiying/domain';
import { Callbacks, Knowledge, type CiteRow, type KnowledgeRow, type KnowledgeText, type Tx } from '@huiying/persistence';
import { CallbackTargets } from '../callbacks/index.js';
import { CityBook } from '../city/index.js';
import { toApiKnowledge } from './knowledge-view.js';

const TITLE_AT_MOST = 200;
const ANSWER_AT_MOST = 20_000;

interface Made {
  by: string;
  at: Date;
  reason: string;
}

/** Keeps entries and what other systems must be told of them, in the transaction of what made them. */
@Injectable()
export class KnowledgeKeeper {
  constructor(
    @Inject(CallbackTargets) private readonly targets: CallbackTargets,
    @Inject(CityBook) private readonly city: CityBook,
  ) {}

  async save(tx: Tx, row: KnowledgeRow, { by, at, reason }: Made): Promise<void> {
    const kept = { ...row, changes: row.changes + 1, changedAt: at, changedBy: by };
    await new Knowledge(tx).save(kept, reason);
    await this.push(tx, [kept], at);
  }

  /** A statement that was published is an entry; a later version of it is a version of the entry. */
  async ofStatement(
    tx: Tx,
    { id, title, text, url, departmentId }: { id: string; title: string; text: string; url: string | null; departmentId: string | null },
    made: Made,
  ): Promise<void> {
    const before = await new Knowledge(tx).ofSource('statement', id);
    const content: KnowledgeText = {
      ...(before?.content ?? EMPTY),
      title,
      question: before?.content.question ?? title,
      answer: text.slice(0, ANSWER_AT_MOST),
      url,
      departmentId,
    };
    await this.save(tx, { ...(before ?? fresh('statement', id)), version: (before?.version ?? 0) + 1, state: 'active', content }, made);
  }

  /** An interpretation that was registered is an entry: one with its words where they could be had, else one that waits for them (待补充). */
  async ofInterpretation(
    tx: Tx,
    about: {
      document: { id: string; title: string; documentNo: string | null; departmentId: string | null };
      title: string;
      url: string;
      text: string | null;
    },
    made: Made,
  ): Promise<void> {
    const { document, title, url, text } = about;
    const sourceId = stableId('knowledge', document.id, url);
    const before = await new Knowledge(tx).ofSource('interpretation', sourceId);
    const content: KnowledgeText = {
      ...EMPTY,
      title: title.slice(0, TITLE_AT_MOST),
      question: `《${document.title}》怎样理解？`.slice(0, 1_000),
      answer: (text ?? '').slice(0, ANSWER_AT_MOST),
      legalBasis: basisOf(document),
      url,
      departmentId: document.departmentId,
    };
    const row = { ...(before ?? fresh('interpretation', sourceId)), documentId: document.id, version: (before?.version ?? 0) + 1, content };
    await this.save(tx, { ...row, state: content.answer === '' ? 'draft' : 'active' }, made);
  }

  /** Tells of entries whose last day is over. Returns how many. */
  async expire(tx: Tx, now: Date): Promise<number> {
    const expired = await new Knowledge(tx).expire(localDateOf(now));
    await this.push(tx, expired, now);
    return expired.length;
  }

  /** Receivers that want it, in our own form; one entry's changes go one after the other, like an order's. */
  private async push(tx: Tx, rows: readonly KnowledgeRow[], at: Date): Promise<void> {
    const told = rows.filter(({ state }) => state !== 'draft');
    const wanting = this.targets.all.filter(({ knowledge, mapping }) => knowledge && mapping.fields === 'whole');
    const today = localDateOf(at);
    await new Callbacks(tx).add(
      wanting.flatMap(({ id: target }) =>
        told.map((row) => {
          const entry = toApiKnowledge(row, today, (one) => this.city.departmentName(one));
          const orderNo = `KB-${row.id}`;
          const callback = {
            id: `${orderNo}-${row.changes}`,
            orderNo,
            seq: row.changes,
            action: 'knowledge-sync',
            at: at.toISOString(),
            by: row.changedBy,
            previousState: null,
            state: entry.state,
            text: `知识条目《${entry.title}》第 ${entry.version} 版`,
            entry,
          };
          return { target, orderNo, seq: row.changes, payload: JSON.stringify(callback) };
        }),
      ),
      at,
    );
  }
}

/** Entries that a reply or a statement cites, each in the version that stands now. @throws BadInput for an entry that does not exist */
export async function citeEntries(
  tx: Tx,
  subject: Pick<CiteRow, 'kind' | 'id'>,
  entryIds: readonly string[],
  made: { at: Date; by: string },
): Promise<void> {
  if (entryIds.length === 0) return;
  const knowledge = new Knowledge(tx);
  await knowledge.cite(subject.kind, subject.id, entryIds, made);
  const known = new Set((await knowledge.citesOf(subject.kind, subject.id)).map(({ entryId }) => entryId));
  const unknown = entryIds.find((one) => !known.has(one));
  if (unknown !== undefined)
    throw new BadInput([{ field: 'cites', rule: 'must be entries of the knowledge base', got: unknown, message: '引用的知识条目不存在' }]);
}

/** What a draft no longer cites. What was published with a cite keeps it. @throws BadInput for a cite that was published */
export async function unciteEntries(
  tx: Tx,
  subject: Pick<CiteRow, 'kind' | 'id'>,
  entryIds: readonly string[],
  publishedAt: Date | null,
): Promise<void> {
  if (entryIds.length === 0) return;
  const knowledge = new Knowledge(tx);
  await knowledge.uncite(subject.kind, subject.id, entryIds, publishedAt);
  const kept = (await knowledge.citesOf(subject.kind, subject.id)).find(({ entryId }) => entryIds.includes(entryId));
  if (kept === undefined) return;
  const message = `《${kept.entry.content.title}》已随发布的版本引用，不能去掉`;
  throw new BadInput([{ field: 'uncite', rule: 'must not be cites that were published', got: kept.entryId, message }]);
}

const EMPTY: KnowledgeText = {
  title: '',
  question: '',
  answer: '',
  legalBasis: null,
  url: null,
  departmentId: null,
  region: null,
  keywords: [],
  validFrom: null,
  expiresOn: null,
};

/** 依据: name and number of a policy document. */
export function basisOf({ title, documentNo }: { title: string; documentNo: string | null }): string {
  return documentNo === null ? title : `${title}（${documentNo}）`;
}

export function fresh(
  sourceKind: KnowledgeRow['sourceKind'],
  sourceId: string | null,
): Omit<KnowledgeRow, 'content' | 'state' | 'version'> {
  return { id: randomUUID(), changes: 0, sourceKind, sourceId, documentId: null, changedAt: new Date(0), changedBy: '' };
}
