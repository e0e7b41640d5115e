import { rumourRefusal, stepRumour, type RumourAction, type RumourState } from './rumour.js';

describe('the way of a claim found to be false', () => {
  it.each<[RumourState, RumourAction, RumourState | string]>([
    ['open', 'clarify', 'clarified'],
    ['open', 'withdraw', 'withdrawn'],
    ['clarified', 'clarify', 'rumour-clarified'],
    ['clarified', 'withdraw', 'rumour-clarified'],
    ['withdrawn', 'clarify', 'rumour-withdrawn'],
    ['withdrawn', 'withdraw', 'rumour-withdrawn'],
  ])('from %s by %s: %s', (state, action, expected) => {
    const refusal = rumourRefusal(state, action);
    if (refusal) {
      expect(refusal.code).toBe(expected);
      expect(() => stepRumour(state, action)).toThrow(`rumour is ${state}: cannot ${action}`);
    } else expect(stepRumour(state, action)).toBe(expected);
  });

  it('tells who was first', () => {
    const conflict = { by: '何静', at: '2026-11-18T01:00:00.000Z', what: '登记澄清' };
    expect(rumourRefusal('clarified', 'withdraw', conflict)).toMatchObject({ conflict });
  });
});
