import {
  assertInOrder,
  investigationRefusal,
  stepInvestigation,
  type InvestigationAction,
  type InvestigationState,
} from './investigation.js';
import { BadInput } from './refusals.js';

describe('the way of an investigation', () => {
  const ways: [InvestigationState, InvestigationAction, string][] = [
    ['none', 'begin', 'begun'],
    ['none', 'report', 'investigation-not-begun'],
    ['none', 'approve', 'investigation-not-reported'],
    ['begun', 'begin', 'investigation-begun'],
    ['begun', 'report', 'reported'],
    ['begun', 'approve', 'investigation-not-reported'],
    ['reported', 'begin', 'investigation-begun'],
    ['reported', 'report', 'investigation-reported'],
    ['reported', 'approve', 'approved'],
    ['approved', 'begin', 'investigation-begun'],
    ['approved', 'report', 'investigation-reported'],
    ['approved', 'approve', 'investigation-approved'],
  ];
  it.each(ways)('%s, %s: %s', (state, action, expected) => {
    const refusal = investigationRefusal(state, action, { by: '陆文婧', at: '2026-11-18T01:00:00Z', what: '登记' });
    expect(refusal?.code ?? stepInvestigation(state, action)).toBe(expected);
    // Whoever came second is told who was first; what has not happened was done by nobody.
    expect(refusal?.conflict?.by).toBe(refusal && !expected.includes('-not-') ? '陆文婧' : undefined);
  });
});

describe('the instants of an investigation', () => {
  const now = new Date('2026-11-27T06:00:00Z');
  const check = (occurred: string, begun: string) => {
    try {
      assertInOrder(
        [
          { field: 'occurredAt', name: '事故发生时间', at: new Date(occurred) },
          { field: 'publishedAt', name: '调查开始时间', at: new Date(begun) },
        ],
        now,
      );
      return [];
    } catch (error) {
      return (error as BadInput).faults.map(({ field, message }) => `${field} ${message}`);
    }
  };
  it.each([
    ['2026-11-20T01:00:00Z', '2026-11-21T01:00:00Z', []],
    ['2026-11-20T01:00:30Z', '2026-11-20T01:00:00Z', []],
    ['2026-11-20T01:01:00Z', '2026-11-20T01:00:59Z', ['publishedAt 调查开始时间不能早于事故发生时间（2026-11-20 09:01）']],
    ['2026-11-27T05:00:00Z', '2026-11-27T06:00:01Z', ['publishedAt 调查开始时间不能晚于现在（2026-11-27 14:00）']],
    [
      '2026-11-28T05:00:00Z',
      '2026-11-27T05:00:00Z',
      ['occurredAt 事故发生时间不能晚于现在（2026-11-27 14:00）', 'publishedAt 调查开始时间不能早于事故发生时间（2026-11-28 13:00）'],
    ],
  ])('%s, then %s', (occurred, begun, faults) => {
    expect(check(occurred, begun)).toEqual(faults);
  });
});
