import type { ChangeRow } from '@huiying/persistence';
import { bundleOf, eventFor, frame } from './change-view.js';

const row = (over: Partial<ChangeRow> = {}): ChangeRow => ({
  position: '7',
  at: new Date('2026-11-18T01:00:00Z'),
  kind: 'task.assigned',
  subjectKind: 'task',
  subjectId: 't',
  caseId: 'c',
  departmentId: 'emergency',
  seenByDepartments: ['emergency'],
  recipientId: null,
  severity: 'II',
  title: '黄烟',
  text: '交办',
  detail: null,
  ...over,
});
const officer = { id: 'o', role: 'duty-officer' as const, departmentId: null };
const lead = (departmentId: string | null) => ({ id: 'l', role: 'department-lead' as const, departmentId });

it.each([
  ['the desk sees a task', row(), officer, true],
  ['its department sees it', row(), lead('emergency'), true],
  ['another department does not', row(), lead('education'), false],
  ['an opinion is not for departments', row({ kind: 'opinion.classified', seenByDepartments: [] }), lead('emergency'), false],
  ['a notice is for its person', row({ subjectKind: 'notice', recipientId: 'o', detail: { id: 'n' } }), officer, true],
  ['and for nobody else', row({ subjectKind: 'notice', recipientId: 'x', detail: { id: 'n' } }), officer, false],
])('%s', (_, change, viewer, sees) => expect(eventFor(change, viewer) !== null).toBe(sees));

it('adds up what it bundles', () => {
  const many = [3, 4].map((count, i) => row({ position: String(i), kind: 'opinion.classified', detail: { count } }));
  expect(bundleOf(many)).toMatchObject({ position: '1', text: '7 条新信息' });
  expect(bundleOf([])).toBeNull();
});

it('writes no frame that a line break in a text could split', () => {
  expect(frame('change', { text: 'a\n\nb' }, '3')).toBe('id: 3\nevent: change\ndata: {"text":"a\\n\\nb"}\n\n');
});
