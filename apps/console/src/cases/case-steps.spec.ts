import type { CaseDetail } from '@huiying/contracts/http';
import { caseSteps } from './case-steps.js';

type Deadline = CaseDetail['deadlines'][number];
const deadline = (ruleName: string, over: Partial<Deadline> = {}): Deadline => ({
  id: ruleName,
  ruleId: 'OP-01',
  ruleName,
  citation: '',
  subject: { kind: 'case', id: 'c', no: '', title: '', link: '/cases/c' },
  caseId: 'c',
  responsible: '',
  milestone: 'first-response',
  askedUntil: null,
  startedAt: '2026-11-22T01:00:00Z',
  dueAt: '2026-11-22T06:00:00Z',
  lengthSeconds: 18_000,
  isReminder: false,
  state: 'running',
  metAt: null,
  provisional: false,
  ...over,
});
const task = (over: object = {}) =>
  ({
    role: 'lead',
    state: 'assigned',
    assignedAt: '2026-11-22T01:10:00Z',
    assignedBy: '何思远',
    acknowledgedAt: null,
    acknowledgedBy: null,
    departmentName: '市应急管理局',
    ...over,
  }) as unknown as CaseDetail['tasks'][number];
const evidence = (kind: string) =>
  ({ kind, publishedAt: '2026-11-22T03:00:00Z', registeredBy: '何思远' }) as unknown as CaseDetail['evidence'][number];
const facts = (over: Partial<CaseDetail> = {}) => ({
  openedAt: '2026-11-22T01:05:00Z',
  openedBy: '何思远',
  closedAt: null,
  tasks: [],
  evidence: [],
  deadlines: [deadline('首次权威信息'), deadline('新闻发布会')],
  timeline: [],
  state: 'opened' as const,
  severity: 'II' as const,
  ...over,
});
const states = (over: Partial<CaseDetail> = {}) => caseSteps(facts(over)).map(({ word, state }) => `${word} ${state}`);

it('opens with 交办 to do and both clocks of publication running', () => {
  expect(states()).toEqual(['研判定级 done', '交办 now', '签收 todo', '首次回应 now', '新闻发布会 now', '办结 todo']);
});
it('knows no press conference where none is owed', () => {
  expect(states({ deadlines: [deadline('首次回应')] })).toEqual(['研判定级 done', '交办 now', '签收 todo', '首次回应 now', '办结 todo']);
});
it('waits for 签收 once assigned, and names who signed', () => {
  expect(states({ tasks: [task()] })[2]).toBe('签收 now');
  const signed = caseSteps(facts({ tasks: [task({ acknowledgedAt: '2026-11-22T01:20:00Z', acknowledgedBy: '谢朗' })] }))[2];
  expect(signed).toMatchObject({ state: 'done', by: '市应急管理局 谢朗', at: '2026-11-22T01:20:00Z' });
});
it('goes back to 交办 when the only task was returned', () =>
  expect(states({ tasks: [task({ state: 'returned', acknowledgedAt: 'x' })] }).slice(1, 3)).toEqual(['交办 now', '签收 todo']));
it('takes an answer only from evidence', () => {
  const answered = caseSteps(
    facts({
      evidence: [evidence('reply'), evidence('statement')],
      deadlines: [deadline('首次权威信息', { state: 'met' }), deadline('新闻发布会')],
    }),
  );
  expect(answered[3]).toMatchObject({ state: 'done', clock: null, at: '2026-11-22T03:00:00Z' });
  expect(answered[4]).toMatchObject({ state: 'now' });
});
it('takes a press conference as the first answer too', () => {
  expect(states({ evidence: [evidence('press-conference')] }).slice(3, 5)).toEqual(['首次回应 done', '新闻发布会 done']);
});
it('waits for no press conference that was waived', () => {
  const waived = [deadline('首次权威信息', { state: 'met' }), deadline('新闻发布会', { state: 'cancelled' })];
  const signed = task({ acknowledgedAt: '2026-11-22T01:20:00Z', acknowledgedBy: '谢朗' });
  expect(states({ deadlines: waived, tasks: [signed], evidence: [evidence('statement')] })).toEqual([
    '研判定级 done',
    '交办 done',
    '签收 done',
    '首次回应 done',
    '办结 now',
  ]);
});
it('presses with the clock that runs out first', () => {
  const [, , , statement] = caseSteps(facts({ deadlines: [deadline('late', { dueAt: '2026-11-23T06:00:00Z' }), deadline('soon')] }));
  expect(statement!.clock?.id).toBe('soon');
});
it('is all done when closed', () => {
  const steps = caseSteps(facts({ closedAt: '2026-11-23T01:00:00Z', timeline: [{ kind: 'case.closed', actor: '周明远' }] as never }));
  expect(steps[5]).toMatchObject({ state: 'done', by: '周明远' });
  expect(steps.filter(({ state }) => state === 'now')).toEqual([]);
});
