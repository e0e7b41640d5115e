import type { ActionView, DocumentDetail, DocumentView, InterpretationView } from '@huiying/contracts/http';
import {
  DOCUMENT_KINDS,
  documentRefusal,
  gateRefusal,
  INTERPRETATION_CHANNELS,
  INTERPRETATION_ELEMENTS,
  INTERPRETATION_FORMS,
  missingOfPlan,
  type Conflict,
  type DocumentAction,
} from '@huiying/domain';
import type { DeadlineRow, EvidenceRow, KeptInterpretation, PolicyDocumentRow, TimelineRow } from '@huiying/persistence';
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
  action: DocumentAction | 'check-links',
  actor: Actor,
): string | null {
  if (actor.role === 'administrator') return '系统管理员只能查看';
  if (action !== 'check-links' && LEADERS_ONLY.includes(action)) return actor.role === 'supervisor' ? null : '由带班领导（政务公开）办理';
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
  about: { clocks: readonly DeadlineRow[]; evidence: readonly EvidenceRow[]; timeline: readonly TimelineRow[] },
  { actor, city, now }: { actor: Actor; city: CityBook; now: Date },
): DocumentDetail {
  const plan = row.plan && { ...row.plan, forms: [...row.plan.forms], channels: [...row.plan.channels] };
  return {
    ...toDocumentView(row, about.clocks, city, now),
    plan,
    reason: row.reason,
    hasText: row.text !== null,
    interpretations: row.interpretations.map((one) => toInterpretationView(one, about.evidence)),
    timeline: about.timeline.map(toTimelineEntry),
    actions: documentActions(row, actor),
    choices: CHOICES,
  };
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
