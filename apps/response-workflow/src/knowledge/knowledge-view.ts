import type { ApiKnowledge, CiteView, KnowledgeView } from '@huiying/contracts/http';
import { citeWarning, KNOWLEDGE_STATE_WORDS, knowledgeState } from '@huiying/domain';
import { Knowledge, type CiteRow, type KnowledgeRow, type ListedKnowledge, type Queries } from '@huiying/persistence';

const SOURCE_WORDS = { statement: '口径', interpretation: '政策解读', hand: '人工' } as const;
type NameOf = (departmentId: string) => string | null;

export function validityOf({ state, content }: Pick<KnowledgeRow, 'state' | 'content'>) {
  return { state, expiresOn: content.expiresOn };
}

export function toKnowledgeView(row: ListedKnowledge, today: string, nameOf: NameOf): KnowledgeView {
  const { content } = row;
  const state = knowledgeState(validityOf(row), today);
  return {
    id: row.id,
    version: row.version,
    state,
    stateWord: KNOWLEDGE_STATE_WORDS[state],
    ...content,
    departmentName: content.departmentId === null ? null : nameOf(content.departmentId),
    source: { kind: row.sourceKind, id: row.sourceId, word: SOURCE_WORDS[row.sourceKind] },
    documentId: row.documentId,
    changedAt: row.changedAt.toISOString(),
    changedBy: row.changedBy,
    cited: row.cited,
  };
}

export function toApiKnowledge(row: KnowledgeRow, today: string, nameOf: NameOf): ApiKnowledge {
  const { departmentId, ...content } = row.content;
  return {
    id: row.id,
    version: row.version,
    state: knowledgeState(validityOf(row), today),
    ...content,
    department: departmentId === null ? null : nameOf(departmentId),
    source: row.sourceKind,
    changedAt: row.changedAt.toISOString(),
  };
}

/** What a reply or a statement cites, each with what is wrong with it now. */
export async function citesOf(on: Queries, kind: CiteRow['kind'], id: string, today: string): Promise<CiteView[]> {
  return (await new Knowledge(on).citesOf(kind, id)).map(({ entryId, version, at, by, entry }) => ({
    entryId,
    version,
    title: entry.content.title,
    warning: citeWarning({ ...validityOf(entry), version: entry.version }, version, today),
    at: at.toISOString(),
    by,
  }));
}
