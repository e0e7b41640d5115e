import type { CaseDetail } from '@huiying/contracts/http';
import { byTimeLeft } from '../time/clock-face.js';

type CaseDeadline = CaseDetail['deadlines'][number];

/** One step on the way of a case. */
export interface CaseStep {
  key: 'confirm' | 'assign' | 'acknowledge' | 'statement' | 'press-conference' | 'close';
  word: string;
  state: 'done' | 'now' | 'todo';
  /** When and by whom it was done. */
  at: string | null;
  by: string | null;
  /** The open clock that presses for it. */
  clock: CaseDeadline | null;
}

type Done = { at: string; by: string } | null;
type StepFacts = Pick<
  CaseDetail,
  'openedAt' | 'openedBy' | 'closedAt' | 'tasks' | 'evidence' | 'deadlines' | 'timeline' | 'state' | 'severity'
>;

const isFirstResponse = ({ milestone }: CaseDeadline) => milestone === 'first-response';
const isPressConference = ({ ruleName }: CaseDeadline) => ruleName.includes('发布会');

/**
 * Where a case stands: 研判定级 → 交办 → 签收 → 首次回应 → 新闻发布会 (levels that owe one) → 办结.
 * Answering runs beside assigning, because its clock does: several steps may be due now.
 */
export function caseSteps(facts: StepFacts): CaseStep[] {
  const clocks = facts.deadlines.filter(({ subject }) => subject.kind === 'case');
  const conference = published(facts, 'press-conference');
  // One that a leader waived, or that a lower level no longer owes, is no step to wait for.
  const owesConference = conference !== null || clocks.some((clock) => isPressConference(clock) && clock.state !== 'cancelled');
  const open = (test: (clock: CaseDeadline) => boolean) =>
    [...clocks].filter((clock) => (clock.state === 'running' || clock.state === 'overdue') && test(clock)).sort(byTimeLeft)[0] ?? null;
  const acknowledgeClock =
    facts.deadlines.find(({ subject, state }) => subject.kind === 'task' && (state === 'running' || state === 'overdue')) ?? null;
  const steps: CaseStep[] = [
    step('confirm', '研判定级', { at: facts.openedAt, by: facts.openedBy }, null),
    step('assign', '交办', assigned(facts), null),
    step('acknowledge', '签收', acknowledged(facts), acknowledgeClock),
    step('statement', '首次回应', published(facts, 'statement', 'press-conference'), open(isFirstResponse)),
  ];
  if (owesConference) steps.push(step('press-conference', '新闻发布会', conference, open(isPressConference)));
  steps.push(step('close', '办结', closed(facts), null));
  return markPresent(steps);
}

function step(key: CaseStep['key'], word: string, done: Done, clock: CaseDeadline | null): CaseStep {
  return {
    key,
    word,
    state: done === null ? 'todo' : 'done',
    at: done?.at ?? null,
    by: done?.by ?? null,
    clock: done === null ? clock : null,
  };
}

function assigned({ tasks }: StepFacts): Done {
  const [first] = tasks.filter(({ state }) => state !== 'returned').sort((a, b) => a.assignedAt.localeCompare(b.assignedAt));
  return first === undefined ? null : { at: first.assignedAt, by: first.assignedBy };
}

function acknowledged({ tasks }: StepFacts): Done {
  const [lead] = tasks.filter((task) => task.role === 'lead' && task.state !== 'returned' && task.acknowledgedAt !== null);
  return lead === undefined ? null : { at: lead.acknowledgedAt!, by: `${lead.departmentName} ${lead.acknowledgedBy ?? ''}`.trim() };
}

/** A press conference is authoritative information too (OP-01 is met by either). */
function published({ evidence }: StepFacts, ...kinds: ('statement' | 'press-conference')[]): Done {
  const [first] = evidence
    .filter(({ kind }) => kinds.some((candidate) => candidate === kind))
    .sort((a, b) => a.publishedAt.localeCompare(b.publishedAt));
  return first === undefined ? null : { at: first.publishedAt, by: first.registeredBy };
}

function closed({ closedAt, timeline }: StepFacts): Done {
  return closedAt === null ? null : { at: closedAt, by: [...timeline].reverse().find(({ kind }) => kind === 'case.closed')?.actor ?? '' };
}

/** What is due now: the first undone step, and every undone one whose clock runs. A closed case has none. */
function markPresent(steps: CaseStep[]): CaseStep[] {
  if (steps[steps.length - 1]!.state === 'done') return steps;
  const first = steps.findIndex(({ state }) => state === 'todo');
  return steps.map((item, index) => (item.state === 'todo' && (index === first || item.clock !== null) ? { ...item, state: 'now' } : item));
}
