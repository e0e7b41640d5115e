import type { ActionView, DocumentDetail, DocumentKnowledgeView, DocumentView, InterpretationView } from '@huiying/contracts/http';
import {
  DOCUMENT_END_WORDS,
  DOCUMENT_KINDS,
  documentRefusal,
  endRefusal,
  gateRefusal,
  knowledgeState,
  KNOWLEDGE_STATE_WORDS,
  localDateOf,
  outlasts,
  INTERPRETATION_CHANNELS,
  INTERPRETATION_ELEMENTS,
  INTERPRETATION_FORMS,
  missingOfPlan,
  type Conflict,
  type DocumentAction,
} from '@huiying/domain';
import type { DeadlineRow, EvidenceRow, KeptInterpretation, KnowledgeRow, PolicyDocumentRow, TimelineRow } from '@huiying/persistence';
import { isAtDesk, type Actor } from '../accounts/index.js';
import type { CityBook } from '../city/index.js';
import { toDeadlineView, toEvidenceView } from '../deadlines/index.js';
import { toTimelineEntry } from '../timeline/index.js';

/** What only a leader of 政务公开 does: let it pass, give it back, or free it of interpretation. */
const LEADERS_ONLY: readonly DocumentAction[] = ['sign', 'send-back', 'exempt'];
const ACTIONS: readonly DocumentAction[] = ['edit', 'plan', 'submit', 'send-back', 'sign', 'publish', 'interpret', 'exempt'];

export const CHOICES: DocumentDetail['choices'] = {
  kinds: [...DOCUMENT_KINDS],
  forms: [...INTERPRETATION_FORMS],
  channels: [...INTERPRETATION_CHANNELS],
  elements: INTERPRETATION_ELEMENTS.map((one) => ({ ...one })),
};

/** Who may not, in words; null where this person may: the drafting department its own, the desk any, some steps a leader alone. */
export function roleRefusal(
  row: Pick<PolicyDocumentRow, 'departmentId'>,
  action: DocumentAction | 'check-links' | 'end',
  actor: Actor,
): string | null {
  if (actor.role === 'administrator') return '系统管理员只能查看';
  if (action !== 'check-links' && action !== 'end' && LEADERS_ONLY.includes(action))
    return actor.role === 'supervisor' ? null : '由带班领导（政务公开）办理';
  if (isAtDesk(actor)) return null;
  return actor.departmentId !== null && row.departmentId === actor.departmentId ? null : '由起草部门办理';
}

/** Who took the last step, for the one who comes second. */
export function lastStepOn(row: PolicyDocumentRow): Conflict {
  const what = {
    drafting: '修改或退回',
    submitted: '报批',
    signed: '签发',
    published: '登记公开',
    interpreted: '登记解读',
    exempt: '列为无需解读',
  };
  return { by: row.changedBy, at: row.changedAt.toISOString(), what: what[row.state] };
}

export function toDocumentView(row: PolicyDocumentRow, clocks: readonly DeadlineRow[], city: CityBook, now: Date): DocumentView {
  const clock = clocks.find(({ deadline }) => deadline.subject.id === row.id && deadline.cancelledAt === null);
  return {
    id: row.id,
    title: row.title,
    documentNo: row.documentNo,
    departmentId: row.departmentId,
    departmentName: row.departmentId === null ? null : city.departmentName(row.departmentId),
    kind: row.kind,
    syncMode: row.syncMode,
    state: row.state,
    url: row.url,
    publishedAt: row.publishedAt?.toISOString() ?? null,
    source: row.source,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    missingOfPlan: missingOfPlan(row.plan),
    interpretationCount: row.interpretations.length,
    linkedCount: row.interpretations.filter(({ links }) => links?.documentLeads === true && links.interpretationLeads === true).length,
    ended: row.ended && { ...row.ended, word: DOCUMENT_END_WORDS[row.ended.how] },
    deadline: clock ? toDeadlineView(clock, city, now) : null,
  };
}

export function toInterpretationView(one: KeptInterpretation, evidence: readonly EvidenceRow[]): InterpretationView {
  const { evidenceId, elements, ...shown } = one;
  const proof = evidence.find(({ id }) => id === evidenceId);
  return {
    ...shown,
    evidence: proof ? toEvidenceView(proof) : null,
    elements: INTERPRETATION_ELEMENTS.map((element) => ({ ...element, held: elements.includes(element.key) })),
  };
}

export function toDocumentDetail(
  row: PolicyDocumentRow,
  about: {
    clocks: readonly DeadlineRow[];
    evidence: readonly EvidenceRow[];
    timeline: readonly TimelineRow[];
    knowledge: readonly KnowledgeRow[];
    replacement: PolicyDocumentRow | null;
  },
  { actor, city, now }: { actor: Actor; city: CityBook; now: Date },
): DocumentDetail {
  const knowledge = about.knowledge.map((one) => toDocumentKnowledge(one, row, localDateOf(now)));
  const plan = row.plan && { ...row.plan, forms: [...row.plan.forms], channels: [...row.plan.channels] };
  return {
    ...toDocumentView(row, about.clocks, city, now),
    plan,
    reason: row.reason,
    hasText: row.text !== null,
    interpretations: row.interpretations.map((one) => toInterpretationView(one, about.evidence)),
    timeline: about.timeline.map(toTimelineEntry),
    knowledge,
    replacement: about.replacement && {
      id: about.replacement.id,
      title: about.replacement.title,
      documentNo: about.replacement.documentNo,
    },
    actions: [...documentActions(row, actor), ...endActions(row, knowledge, actor)],
    choices: CHOICES,
  };
}

function toDocumentKnowledge(entry: KnowledgeRow, { ended }: PolicyDocumentRow, today: string): DocumentKnowledgeView {
  const { title, expiresOn } = entry.content;
  return {
    id: entry.id,
    title,
    version: entry.version,
    stateWord: KNOWLEDGE_STATE_WORDS[knowledgeState({ state: entry.state, expiresOn }, today)],
    expiresOn,
    outlasts: entry.state !== 'withdrawn' && outlasts(expiresOn, ended?.lastDay ?? null),
  };
}

/** 登记失效, and what its entries of the knowledge base do then: they end with it, or go on with what replaces it. */
function endActions(row: PolicyDocumentRow, knowledge: readonly DocumentKnowledgeView[], actor: Actor): ActionView[] {
  const end = endRefusal({ published: row.publishedAt !== null, ended: row.ended !== null }) ?? roleRefusal(row, 'end', actor);
  const desk = isAtDesk(actor) ? null : '由值班员、带班领导维护';
  const open = row.ended === null ? '文件登记失效后办理' : knowledge.some((one) => one.outlasts) ? null : '知识条目已处理';
  const replaced = row.ended !== null && row.ended.replacedBy === null ? '没有登记替代它的新文件' : null;
  return [
    { action: 'document-end', allowed: end === null, whyNot: end },
    { action: 'document-knowledge-expire', allowed: (open ?? desk) === null, whyNot: open ?? desk },
    { action: 'document-knowledge-carry-on', allowed: (open ?? replaced ?? desk) === null, whyNot: open ?? replaced ?? desk },
  ];
}

/** What this person may do with a document now; where not, why. The gate speaks before anybody runs into it. */
function documentActions(row: PolicyDocumentRow, actor: Actor): ActionView[] {
  const steps = ACTIONS.map((action) => {
    const gate = action === 'submit' || action === 'sign' ? gateRefusal(action, { ...row, interpretationUrl: null }) : null;
    const whyNot = documentRefusal(row.state, action)?.said ?? roleRefusal(row, action, actor) ?? gate?.said ?? null;
    return { action: `document-${action}`, allowed: whyNot === null, whyNot };
  });
  const assign = isAtDesk(actor) ? null : '由值班台、政务公开认领';
  const links =
    row.url === null || row.interpretations.length === 0 ? '文件公开并登记解读后才能核查链接' : roleRefusal(row, 'check-links', actor);
  return [
    ...steps,
    { action: 'document-assign', allowed: assign === null, whyNot: assign },
    { action: 'document-check-links', allowed: links === null, whyNot: links },
  ];
}
