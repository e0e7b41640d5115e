import { NO_COUNTS, type DepartmentCounts } from './measures.js';
import { departmentScore } from './scorecard.js';

describe('a department’s score', () => {
  it.each<[string, Partial<DepartmentCounts>, number | null, number | null]>([
    ['nothing to tell', {}, null, null],
    ['all in time, nothing else', { onTime: 3 }, 100, 4],
    ['what is overdue counts against it', { onTime: 1, overdue: 1 }, 50, 2],
    ['not yet due does not count', { onTime: 1, running: 9 }, 100, 4],
    ['all three', { onTime: 1, late: 1, orders: 10, ordersClosed: 5, visited: 4, satisfied: 4 }, 60, 2.4],
    ['more closed than came is all', { orders: 2, ordersClosed: 5 }, 100, 4],
    ['without clocks the others are the whole', { orders: 4, ordersClosed: 2, visited: 2, satisfied: 2 }, 75, 3],
    ['nothing done', { overdue: 2, orders: 2, visited: 1 }, 0, 0],
  ])('%s', (_, counts, score, points) => {
    const found = departmentScore({ ...NO_COUNTS, ...counts });
    if (score === null) return expect(found).toMatchObject({ score, points });
    expect(found.score).toBeCloseTo(score, 9);
    expect(found.points).toBeCloseTo(points!, 9);
  });
});
