import type { CaseDetail } from '@huiying/contracts/http';
import { faultOf, hasLead, suggestedTasks, withoutAccount } from './suggested-tasks.js';

const tasks = (...list: [string, 'lead' | 'co', string][]) =>
  list.map(([departmentId, role, state]) => ({ departmentId, role, state })) as unknown as CaseDetail['tasks'];
const item = (held: CaseDetail['tasks'], ...departments: [string, 'lead' | 'co'][]) =>
  ({
    tasks: held,
    dispute: null,
    alert: { departments: departments.map(([departmentId, role]) => ({ departmentId, role, name: departmentId })) },
  }) as unknown as CaseDetail;

it('takes the lead and the others from the judgement', () => {
  expect(suggestedTasks(item(tasks(), ['yj', 'lead'], ['hb', 'co']))).toEqual([
    { departmentId: 'yj', role: 'lead' },
    { departmentId: 'hb', role: 'co' },
  ]);
});
it('leaves out who already has a task or gave it back, and lets the next in line lead', () => {
  expect(
    suggestedTasks(item(tasks(['yj', 'lead', 'returned'], ['hb', 'co', 'assigned']), ['yj', 'lead'], ['hb', 'co'], ['gx', 'co'])),
  ).toEqual([{ departmentId: 'gx', role: 'lead' }]);
});
describe('in a dispute (管辖争议)', () => {
  const disputed = (held: CaseDetail['tasks'], suggestions: string[], ...departments: [string, 'lead' | 'co'][]) => ({
    ...item(held, ...departments),
    dispute: { suggestions: suggestions.map((departmentId) => ({ departmentId })) } as unknown as CaseDetail['dispute'],
  });
  it('names who is to have it first of all, where all that were judged gave it back', () => {
    expect(suggestedTasks(disputed(tasks(['yj', 'lead', 'returned']), ['hb', 'gov'], ['yj', 'lead']))).toEqual([
      { departmentId: 'hb', role: 'lead' },
    ]);
  });
  it('lets it lead before those that were judged', () => {
    expect(suggestedTasks(disputed(tasks(['yj', 'lead', 'returned']), ['hb', 'gx', 'gov'], ['yj', 'lead'], ['gx', 'co']))).toEqual([
      { departmentId: 'hb', role: 'lead' },
      { departmentId: 'gx', role: 'co' },
    ]);
  });
  it('suggests it as 协办 where the lead is in hand, and nobody twice', () => {
    const held = tasks(['x', 'lead', 'acknowledged'], ['yj', 'co', 'returned']);
    expect(suggestedTasks(disputed(held, ['gx', 'gov'], ['x', 'lead'], ['yj', 'co'], ['gx', 'co']))).toEqual([
      { departmentId: 'gx', role: 'co' },
    ]);
  });
});
it('suggests no second lead', () => {
  expect(suggestedTasks(item(tasks(['x', 'lead', 'acknowledged']), ['yj', 'lead']))).toEqual([{ departmentId: 'yj', role: 'co' }]);
});
it('frees the lead with a return', () => {
  expect(hasLead(tasks(['x', 'lead', 'returned']))).toBe(false);
  expect(hasLead(tasks(['x', 'lead', 'replied']))).toBe(true);
});
it.each([
  [[], '请至少选择一个单位'],
  [[{ departmentId: '', role: 'lead' }], '请选择单位'],
  [
    [
      { departmentId: 'a', role: 'lead' },
      { departmentId: 'a', role: 'co' },
    ],
    '同一单位重复',
  ],
  [[{ departmentId: 'a', role: 'co' }], '须有一个牵头单位'],
  [
    [
      { departmentId: 'a', role: 'lead' },
      { departmentId: 'b', role: 'lead' },
    ],
    '牵头单位只能有一个',
  ],
  [
    [
      { departmentId: 'a', role: 'lead' },
      { departmentId: 'b', role: 'co' },
    ],
    null,
  ],
] as const)('of %j says %s', (drafts, fault) => expect(faultOf(drafts, tasks())).toBe(fault));
it('counts the lead the case already has', () => {
  expect(faultOf([{ departmentId: 'a', role: 'co' }], tasks(['x', 'lead', 'assigned']))).toBeNull();
  expect(faultOf([{ departmentId: 'a', role: 'lead' }], tasks(['x', 'lead', 'assigned']))).toBe('牵头单位只能有一个');
});

it('names the chosen departments that nobody has an account for', () => {
  const departments = [
    { id: 'water', name: '望川市水利局', shortName: '市水利局', leads: [] },
    { id: 'health', name: '望川市卫生健康委员会', shortName: '市卫健委', leads: [{ id: 'p', name: '庞绍云', phone: null }] },
    { id: 'tax', name: '望川市税务局', shortName: '市税务局', leads: [] },
  ];
  const drafts = (['health', 'water', ''] as const).map((departmentId) => ({ departmentId, role: 'co' as const }));
  expect(withoutAccount(drafts, departments)).toEqual(['市水利局']);
});
