import { MEASURES, NO_COUNTS, type DepartmentCounts } from './measures.js';

const measured = (id: string, counts: Partial<DepartmentCounts>) => MEASURES.find((one) => one.id === id)!.of({ ...NO_COUNTS, ...counts });

it.each<[string, Partial<DepartmentCounts>, number | null]>([
  ['opinions', { opinions: 7 }, 7],
  ['clocks', { onTime: 3, late: 2, overdue: 1, running: 9 }, 6],
  ['on-time', { onTime: 3, late: 1, overdue: 2, running: 9 }, 0.5],
  ['on-time', { onTime: 4, overdue: 4 }, 0.5],
  ['on-time', { running: 5 }, null],
  ['overdue', { overdue: 2, late: 8 }, 2],
  ['satisfaction', { satisfied: 3, visited: 4, ordersClosed: 10 }, 0.75],
  ['satisfaction', { ordersClosed: 10 }, null],
])('%s of %j is %p', (id, counts, value) => expect(measured(id, counts).value).toBe(value));

it('shows what a rate is made of, and of a count nothing', () => {
  expect(measured('on-time', { onTime: 3, late: 1 })).toEqual({ value: 0.75, part: 3, whole: 4 });
  expect(measured('tasks', { tasks: 3 })).toEqual({ value: 3, part: null, whole: null });
});

it('has a name and a formula for each, once', () => {
  expect(new Set(MEASURES.map(({ id }) => id)).size).toBe(MEASURES.length);
  for (const { name, formula } of MEASURES) expect([name, formula].every((text) => text.length > 2)).toBe(true);
});
