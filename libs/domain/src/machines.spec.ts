import fc from 'fast-check';
import { KNOWN_CALENDAR as calendar, ruleOf } from '../../../test/support/known-calendar.js';
import { ALERT_STEPS, alertRefusal, stepAlert, type AlertAction, type AlertState } from './alert.js';
import {
  assignmentRefusal,
  canClose,
  CASE_STEPS,
  caseRefusal,
  caseStateOf,
  isResponded,
  mergeRefusal,
  relevelRefusal,
  stepCase,
  type CaseAction,
  type CaseState,
} from './case.js';
import { cancelDeadline, caseFacts, stampDeadlines, type Deadline } from './deadline.js';
import { Refusal } from './refusals.js';
import { isTaskOpen, stepTask, TASK_STEPS, taskRefusal, type TaskAction, type TaskState } from './task.js';

const ALERT_ACTIONS: AlertAction[] = ['seen', 'confirm', 'false-alarm'];
const TASK_ACTIONS: TaskAction[] = ['acknowledge', 'return', 'reply', 'close', 'rework'];
const CASE_ACTIONS: CaseAction[] = [
  'assign',
  'acknowledge',
  'return',
  'respond',
  'close',
  'relevel',
  'supervise',
  'merge',
  'split',
  'reopen',
  'evaluate',
  'archive',
];

/** `state action → next state, or !code where it is refused`: the whole table, written out by hand beside the code's. */
const WHOLE = {
  alert: `
    open seen seen            | open confirm confirmed              | open false-alarm false-alarm
    seen seen seen            | seen confirm confirmed              | seen false-alarm false-alarm
    confirmed seen confirmed  | confirmed confirm !already-decided  | confirmed false-alarm !already-decided
    false-alarm seen false-alarm | false-alarm confirm !already-decided | false-alarm false-alarm !already-decided
    merged seen !already-decided | merged confirm !already-decided      | merged false-alarm !already-decided`,
  task: `
    assigned acknowledge acknowledged          | assigned return returned          | assigned reply !task-not-acknowledged | assigned close !task-not-replied | assigned rework !task-not-replied
    acknowledged acknowledge !already-acknowledged | acknowledged return returned  | acknowledged reply replied            | acknowledged close !task-not-replied | acknowledged rework !task-not-replied
    returned acknowledge !task-returned        | returned return !task-returned    | returned reply !task-returned         | returned close !task-returned | returned rework !task-returned
    replied acknowledge !already-acknowledged  | replied return !already-replied   | replied reply replied                 | replied close closed | replied rework acknowledged
    closed acknowledge !task-closed            | closed return !task-closed        | closed reply !task-closed             | closed close !task-closed | closed rework acknowledged`,
  case: `
    opened assign assigned      | opened acknowledge !case-not-assigned | opened return !case-not-assigned | opened respond responded    | opened close !case-not-responded
    assigned assign assigned    | assigned acknowledge handling        | assigned return assigned         | assigned respond responded  | assigned close !case-not-responded
    handling assign handling    | handling acknowledge handling        | handling return handling         | handling respond responded  | handling close !case-not-responded
    responded assign responded  | responded acknowledge responded      | responded return responded       | responded respond responded | responded close closed
    closed assign !case-closed  | closed acknowledge !case-closed      | closed return !case-closed       | closed respond !case-closed | closed close !already-closed
    opened relevel opened | opened supervise opened | opened merge merged | opened split !case-not-merged | opened reopen !case-not-closed | opened evaluate !case-not-closed | opened archive !case-not-closed
    assigned relevel assigned | assigned supervise assigned | assigned merge merged | assigned split !case-not-merged | assigned reopen !case-not-closed | assigned evaluate !case-not-closed | assigned archive !case-not-closed
    handling relevel handling | handling supervise handling | handling merge merged | handling split !case-not-merged | handling reopen !case-not-closed | handling evaluate !case-not-closed | handling archive !case-not-closed
    responded relevel responded | responded supervise responded | responded merge merged | responded split !case-not-merged | responded reopen !case-not-closed | responded evaluate !case-not-closed | responded archive !case-not-closed
    closed relevel !case-closed | closed supervise !case-closed | closed merge !case-closed | closed split !case-closed | closed reopen responded | closed evaluate closed | closed archive archived
    archived assign !case-archived | archived acknowledge !case-archived | archived return !case-archived | archived respond !case-archived | archived close !case-archived | archived relevel !case-archived | archived supervise !case-archived | archived merge !case-archived | archived split !case-archived | archived reopen !case-archived | archived evaluate !case-archived | archived archive !already-archived
    merged assign !case-merged | merged acknowledge !case-merged | merged return !case-merged | merged respond !case-merged | merged close !case-merged | merged relevel !case-merged | merged supervise !case-merged | merged merge !already-merged | merged split opened | merged reopen !case-merged | merged evaluate !case-merged | merged archive !case-merged`,
};
const rows = (table: string) =>
  table
    .trim()
    .split(/\s*[|\n]\s*/)
    .map((cell) => cell.trim().split(/\s+/) as [string, string, string]);

function outcome(step: () => string): string {
  try {
    return step();
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    expect(refusal.said).toMatch(/[\u4e00-\u9fff]/);
    return `!${refusal.code}`;
  }
}

describe.each([
  ['alert', rows(WHOLE.alert), ALERT_STEPS, ALERT_ACTIONS, (s: string, a: string) => stepAlert(s as AlertState, a as AlertAction)],
  ['task', rows(WHOLE.task), TASK_STEPS, TASK_ACTIONS, (s: string, a: string) => stepTask(s as TaskState, a as TaskAction)],
  ['case', rows(WHOLE.case), CASE_STEPS, CASE_ACTIONS, (s: string, a: string) => stepCase(s as CaseState, a as CaseAction)],
])('the steps of a %s', (_noun, whole, steps, actions, step) => {
  it('are written out for every state and action', () => {
    const pairs = Object.keys(steps).flatMap((state) => actions.map((action) => `${state} ${action}`));
    expect(whole.map(([state, action]) => `${state} ${action}`).sort()).toEqual(pairs.sort());
  });
  it.each(whole)('%s, %s → %s', (state, action, expected) => expect(outcome(() => step(state, action))).toBe(expected));
});

describe('a refusal', () => {
  const conflict = { by: '张伟', at: '2026-02-14T06:05:00.000Z', what: '签收' };
  it('names who came first', () => {
    expect(taskRefusal('acknowledged', 'acknowledge', conflict)).toMatchObject({
      said: '该任务已签收：张伟 签收（2026-02-14 14:05）',
      conflict,
    });
    expect(alertRefusal('confirmed', 'confirm')).toMatchObject({ said: '该预警已研判定级', conflict: undefined });
    expect(caseRefusal('closed', 'close', conflict)!.said).toContain('张伟');
  });
  it('is null where the step is lawful', () => {
    expect([taskRefusal('assigned', 'acknowledge'), alertRefusal('open', 'confirm'), caseRefusal('opened', 'assign')]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('caseStateOf', () => {
  it.each<[CaseState, TaskState[], boolean, boolean]>([
    ['opened', [], false, false],
    ['assigned', ['assigned'], false, false],
    ['assigned', ['assigned', 'returned'], false, false],
    ['opened', ['returned', 'returned'], false, false],
    ['handling', ['assigned', 'acknowledged'], false, false],
    ['handling', ['replied'], false, false],
    ['responded', ['acknowledged'], true, false],
    ['responded', [], true, false],
    ['closed', ['closed'], true, true],
  ])('is %s with tasks %j, responded %p, closed %p', (state, tasks, responded, closed) => {
    expect(caseStateOf({ tasks, responded, closed })).toBe(state);
  });

  it('agrees with stepCase on every path without a return', () => {
    const move = fc.constantFrom('assign', 'acknowledge', 'reply', 'respond', 'close');
    fc.assert(
      fc.property(fc.array(move, { maxLength: 12 }), (path) => {
        let state: CaseState = 'opened';
        const facts = { tasks: [] as TaskState[], responded: false, closed: false };
        for (const action of path) {
          const index = facts.tasks.findIndex((task) => task === (action === 'reply' ? 'acknowledged' : 'assigned'));
          if ((action === 'acknowledge' || action === 'reply') && index < 0) continue;
          if (action !== 'reply' && caseRefusal(state, action as CaseAction) !== null) continue;
          if (action === 'assign') facts.tasks.push('assigned');
          if (action === 'acknowledge' || action === 'reply') facts.tasks[index] = stepTask(facts.tasks[index]!, action);
          if (action === 'respond') facts.responded = true;
          if (action === 'close') facts.closed = true;
          if (action !== 'reply') state = stepCase(state, action as CaseAction);
          expect(caseStateOf(facts)).toBe(state);
        }
      }),
    );
  });
});

describe('canClose', () => {
  const start = new Date('2026-11-20T00:00:00Z');
  const at = (hours: number) => new Date(start.getTime() + hours * 3_600_000);
  const rules = [
    ruleOf(),
    ruleOf({ id: 'OP-02', name: '新闻发布会', milestone: 'press-conference', length: 24 }),
    ruleOf({ id: 'OP-04', name: '持续发布', milestone: 'reminder', length: 24 }),
  ];
  const facts = caseFacts({ occurredAt: null, detectedAt: start, confirmedAt: start, statedBy: '何静' });
  const [first, conference, reminder] = stampDeadlines({
    trigger: 'case-opened',
    subject: { kind: 'case', id: 'c' },
    severity: 'I',
    facts,
    rules,
    calendar,
  });
  const met = { ...first!, metAt: at(2) };
  const late = { ...conference!, metAt: at(30) };
  const codes = (state: CaseState, tasks: TaskState[], clocks: Deadline[]) => canClose(state, tasks, clocks).reasons.map((r) => r.code);

  it.each<[string, CaseState, TaskState[], Deadline[], string[]]>([
    ['all done', 'responded', ['replied', 'returned'], [met, late], []],
    ['no task at all', 'responded', [], [met], []],
    ['a reminder still runs', 'responded', [], [met, reminder!], []],
    ['the conference was cancelled', 'responded', [], [met, cancelDeadline(conference!, at(3), '经批准不举行')], []],
    ['the conference is still owed', 'responded', [], [met, conference!], ['case-has-open-clocks']],
    ['a department has not answered', 'responded', ['acknowledged'], [met], ['case-has-open-tasks']],
    ['both', 'handling', ['assigned', 'replied'], [first!], ['case-has-open-clocks', 'case-has-open-tasks']],
    ['every clock was cancelled and nothing said', 'handling', [], [], ['case-not-responded']],
    ['closed already', 'closed', [], [met], ['already-closed']],
  ])('%s', (_what, state, tasks, clocks, expected) => {
    expect(codes(state, tasks, clocks)).toEqual(expected);
    expect(canClose(state, tasks, clocks).allowed).toBe(expected.length === 0);
  });

  it('names the clocks in Chinese', () => {
    expect(canClose('responded', [], [first!, conference!]).reasons[0]!.said).toBe('首次权威信息、新闻发布会尚未完成，不能办结');
  });

  it('counts a first response met late as a response, and a conference as none', () => {
    expect([isResponded([{ ...first!, metAt: at(9) }]), isResponded([late]), isResponded([first!])]).toEqual([true, false, false]);
  });
});

describe('mergeRefusal', () => {
  const at = (hours: number) => new Date(Date.UTC(2026, 10, 20, hours));
  const file = (id: string, more: object = {}) => ({
    id,
    caseNo: `望舆〔2026〕${id}号`,
    state: 'handling' as CaseState,
    severity: 'III' as const,
    notBefore: at(2),
    ...more,
  });
  it.each([
    ['the later into the earlier', file('1', { notBefore: at(3) }), file('2'), null],
    ['two of one instant', file('1'), file('2'), null],
    ['into itself', file('1'), file('1'), 'merge-into-itself'],
    ['the earlier into the later', file('1'), file('2', { notBefore: at(3) }), 'merge-into-older'],
    ['the graver into the lighter', file('1', { severity: 'II' }), file('2'), 'merge-into-graver'],
    ['the lighter into the graver', file('1'), file('2', { severity: 'I' }), null],
    ['a closed one', file('1', { state: 'closed' }), file('2'), 'case-closed'],
    ['into a closed one', file('1'), file('2', { state: 'closed' }), 'case-closed'],
    ['into one that was merged', file('1'), file('2', { state: 'merged' }), 'case-merged'],
    ['one that was merged', file('1', { state: 'merged' }), file('2'), 'already-merged'],
  ])('%s', (_what, one, into, code) => expect(mergeRefusal(one, into)?.code ?? null).toBe(code));

  it.each([
    ['handling', 'III', 'II', null],
    ['responded', 'II', 'III', null],
    ['handling', 'II', 'II', 'same-level'],
    ['closed', 'III', 'II', 'case-closed'],
    ['archived', 'III', 'II', 'case-archived'],
  ] as const)('a case that is %s from %s to %s: %s', (state, from, to, code) =>
    expect(relevelRefusal(state, from, to)?.code ?? null).toBe(code),
  );
});

describe('assignmentRefusal', () => {
  const task = (departmentId: string, role: 'lead' | 'co', state: TaskState = 'assigned') => ({ departmentId, role, state });
  it.each([
    ['the first lead', 'opened', [], [task('a', 'lead'), task('b', 'co')], null],
    ['no lead', 'opened', [], [task('b', 'co')], 'case-needs-lead'],
    ['two leads', 'opened', [], [task('a', 'lead'), task('b', 'lead')], 'already-has-lead'],
    ['a second lead later', 'assigned', [task('a', 'lead')], [task('b', 'lead')], 'already-has-lead'],
    ['a co-department later', 'handling', [task('a', 'lead', 'acknowledged')], [task('b', 'co')], null],
    ['a new lead after the return', 'assigned', [task('a', 'lead', 'returned'), task('b', 'co')], [task('c', 'lead')], null],
    ['only a co-department after the lead’s return', 'assigned', [task('a', 'lead', 'returned')], [task('b', 'co')], 'case-needs-lead'],
    ['the same department again', 'assigned', [task('a', 'lead')], [task('a', 'co')], 'department-already-assigned'],
    ['the same department after its return', 'assigned', [task('a', 'lead', 'returned')], [task('a', 'lead')], null],
    ['a closed case', 'closed', [], [task('a', 'lead')], 'case-closed'],
  ] as const)('%s', (_what, state, existing, added, code) => {
    expect(assignmentRefusal(state, existing, added)?.code ?? null).toBe(code);
  });
});

it('a task is open until it is answered or returned', () => {
  const states = Object.keys(TASK_STEPS) as TaskState[];
  expect(states.filter(isTaskOpen)).toEqual(['assigned', 'acknowledged']);
});
