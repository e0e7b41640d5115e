import type { DeadlineView, DeadlineWhy, EvidenceView } from '@huiying/contracts/http';
import { citationOf, isReminder, ledgerOf, lengthText, stateOf, type StartFact } from '@huiying/domain';
import type { DeadlineRow, EvidenceRow } from '@huiying/persistence';
import type { CityBook } from '../city/index.js';

/** A step that comes more than a minute after its time is told as late. */
const LATE_AFTER_MS = 60_000;

const FACTS: Record<StartFact, string> = {
  occurred: '事件发生',
  detected: '首次发现',
  confirmed: '研判确认',
  assigned: '交办',
  'statement-published': '发布权威信息',
  'rumour-found': '发现不实信息',
  closed: '办结',
  'document-published': '文件公开',
  dispatched: '工单派发',
};

export function toDeadlineView(row: DeadlineRow, city: CityBook, now: Date): DeadlineView {
  const { deadline, caseId, caseNo, caseTitle, departmentId } = row;
  const department = departmentId === null ? null : city.departmentName(departmentId);
  const { rule, subject } = deadline;
  const kind = subject.kind === 'task' ? 'task' : 'case';
  return {
    id: deadline.id,
    ruleId: rule.id,
    ruleName: rule.name,
    citation: citationOf(rule),
    subject: { kind, id: subject.id, title: kind === 'task' && department ? `${department}：${caseTitle}` : caseTitle },
    caseId,
    caseNo,
    responsible: department ?? rule.ownerText,
    startedAt: deadline.start.at.toISOString(),
    dueAt: deadline.dueAt.toISOString(),
    lengthSeconds: deadline.lengthSeconds,
    isReminder: isReminder(deadline),
    state: stateOf(deadline, now),
    metAt: deadline.metAt?.toISOString() ?? null,
    provisional: deadline.provisional,
  };
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

/** 为何此时到期: the rule as it was stamped, the start and who stated it, each hour or day, the steps, and what met it. */
export function toDeadlineWhy(row: DeadlineRow, evidence: readonly EvidenceRow[], city: CityBook, now: Date): DeadlineWhy {
  const { rule, start, steps, metByEvidenceId } = row.deadline;
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
    start: { at: start.at.toISOString(), fact: FACTS[start.fact], statedBy: start.statedBy },
    ledger: ledgerOf(rule, start.at, city.parts.calendar),
    steps: steps.map(({ kind, percent, at, firedAt }) => ({
      kind,
      percent,
      at: at.toISOString(),
      firedAt: firedAt?.toISOString() ?? null,
      late: firedAt !== null && firedAt.getTime() - at.getTime() > LATE_AFTER_MS,
    })),
    evidence: evidence.filter((one) => one.id === metByEvidenceId).map(toEvidenceView),
  };
}
