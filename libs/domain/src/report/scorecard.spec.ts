import { NO_COUNTS, type DepartmentCounts } from './measures.js';
import { departmentScore, scoredItems, USUAL_SCORE_PLAN, type ScorePlan } from './scorecard.js';

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
    const found = departmentScore({ ...NO_COUNTS, ...counts }, USUAL_SCORE_PLAN);
    if (score === null) return expect(found).toMatchObject({ score, points });
    expect(found.score).toBeCloseTo(score, 9);
    expect(found.points).toBeCloseTo(points!, 9);
  });

  it.each<[string, ScorePlan['weights'], number, number]>([
    ['the city’s weights', { 'on-time': 50, orders: 50, satisfaction: 0 }, 50, 2.5],
    ['an item of no weight', { 'on-time': 100, orders: 0, satisfaction: 0 }, 50, 2.5],
    ['the rest alone', { 'on-time': 0, orders: 0, satisfaction: 100 }, 100, 5],
  ])('by %s', (_, weights, score, points) => {
    const plan = { points: 5, weights };
    const counts = { ...NO_COUNTS, onTime: 1, late: 1, orders: 10, ordersClosed: 5, visited: 4, satisfied: 4 };
    const found = departmentScore(counts, plan);
    expect([found.score, found.points, found.rates.length]).toEqual([score, points, scoredItems(plan).length]);
  });
});
