import type { DeadlineView, DeadlineWhy, EvidenceView } from '@huiying/contracts/http';
import { citationOf, isReminder, ledgerOf, lengthText, START_FACTS, stateOf, timingOf } from '@huiying/domain';
import type { DeadlineRow, EvidenceRow, ExtensionRow } from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';
import type { CityBook } from '../city/index.js';
import { linkOf } from './clock-subject.js';
import { clockActions, limitOf, toExtensionView } from './extension-view.js';

/** A step that comes more than a minute after its time is told as late. */
const LATE_AFTER_MS = 60_000;

export function toDeadlineView(row: DeadlineRow, city: CityBook, now: Date): DeadlineView {
  const { deadline, caseId, no, departmentId } = row;
  const department = departmentId === null ? null : city.departmentName(departmentId);
  const { rule, subject } = deadline;
  const title = subject.kind === 'task' && department ? `${department}：${row.title}` : row.title;
  return {
    id: deadline.id,
    ruleId: rule.id,
    ruleName: rule.name,
    citation: citationOf(rule),
    subject: { ...subject, no, title, link: linkOf(row) },
    caseId,
    responsible: department ?? rule.ownerText,
    startedAt: deadline.start.at.toISOString(),
    dueAt: deadline.dueAt.toISOString(),
    milestone: rule.milestone,
    askedUntil: row.askedUntil?.toISOString() ?? null,
    lengthSeconds: deadline.lengthSeconds,
    isReminder: isReminder(deadline),
    state: stateOf(deadline, now),
    metAt: deadline.metAt?.toISOString() ?? null,
    provisional: deadline.provisional,
  };
}

/** Whether a proof is of something said in public or a paper that was handed in; the others are steps in this system and only explain a clock. */
export function isPublication({ kind }: Pick<EvidenceRow, 'kind'>): boolean {
  return ['statement', 'press-conference', 'clarification', 'interpretation', 'reply', 'report'].includes(kind);
}

export function toEvidenceView(row: EvidenceRow): EvidenceView {
  return {
    id: row.id,
    // The other kinds are steps in this system; they stop clocks but are no publication.
    kind: row.kind as EvidenceView['kind'],
    url: row.url,
    publishedAt: row.publishedAt.toISOString(),
    note: row.note,
    fileName: row.fileName,
    sha256: row.sha256,
    captureFailure: row.captureFailure,
    registeredAt: row.registeredAt.toISOString(),
    registeredBy: row.registeredBy,
  };
}

/** What a clock is explained from. */
interface Explained {
  row: DeadlineRow;
  evidence: readonly EvidenceRow[];
  requests: readonly ExtensionRow[];
  actor: Actor | null;
}

/** 为何此时到期: the rule as it was stamped, the start and who stated it, each hour or day, the steps, and what met it. */
export function toDeadlineWhy({ row, evidence, requests, actor }: Explained, city: CityBook, now: Date): DeadlineWhy {
  const { rule, start, steps, pauses, extensions, metByEvidenceId } = row.deadline;
  return {
    deadline: toDeadlineView(row, city, now),
    rule: {
      id: rule.id,
      version: rule.version,
      name: rule.name,
      text: rule.text,
      citation: citationOf(rule),
      certainty: rule.certainty,
      jurisdiction: rule.jurisdiction,
      length: lengthText(rule),
      owner: rule.ownerText,
    },
    start: { at: start.at.toISOString(), fact: START_FACTS[start.fact], statedBy: start.statedBy },
    ledger: ledgerOf(timingOf(row.deadline), start.at, city.parts.calendar, pauses),
    pauses: pauses.map(({ from, to, ...why }) => ({ from: from.toISOString(), to: to?.toISOString() ?? null, ...why })),
    extensions: extensions.map(({ amount, approvedAt, ...why }) => ({
      length: lengthText({ length: amount, unit: rule.unit }),
      approvedAt: approvedAt.toISOString(),
      ...why,
    })),
    steps: steps.map(({ kind, percent, at, firedAt }) => ({
      kind,
      percent,
      at: at.toISOString(),
      firedAt: firedAt?.toISOString() ?? null,
      late: firedAt !== null && firedAt.getTime() - at.getTime() > LATE_AFTER_MS,
    })),
    evidence: evidence.filter((one) => one.id === metByEvidenceId).map(toEvidenceView),
    requests: requests.map((one) => toExtensionView(one, city, actor)),
    extensionLimit: limitOf(row.deadline),
    pausableFor: [...rule.pausableFor],
    actions: actor === null ? [] : clockActions(row, actor, now),
  };
}
