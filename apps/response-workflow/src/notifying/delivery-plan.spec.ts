import { GIVE_UP_AFTER_MS, planDelivery } from './delivery-plan.js';

const NOW = new Date('2026-11-18T01:00:00Z');
const retry = { outcome: 'retry' as const, reason: 'no answer' };
const secondsUntil = (at: Date | null) => (at!.getTime() - NOW.getTime()) / 1000;

it.each([
  [1, 30],
  [2, 60],
  [3, 120],
  [5, 480],
  [6, 900],
  [40, 900],
])('after attempt %i waits %i s', (attempts, seconds) => {
  const plan = planDelivery(retry, attempts, NOW, NOW);
  expect([plan.state, secondsUntil(plan.nextAttemptAt)]).toEqual(['retrying', seconds]);
});

it.each([
  [-1, 'retrying'],
  [0, 'refused'],
])('gives up at 24 h %+i ms', (offset, state) => {
  const first = new Date(NOW.getTime() - GIVE_UP_AFTER_MS - offset);
  expect(planDelivery(retry, 99, first, NOW).state).toBe(state);
});

it('is done when accepted or refused', () => {
  expect(planDelivery({ outcome: 'accepted', receipt: '250 ok' }, 1, NOW, NOW)).toEqual({
    state: 'accepted',
    nextAttemptAt: null,
    detail: '250 ok',
  });
  expect(planDelivery({ outcome: 'refused', reason: '550' }, 1, NOW, NOW)).toEqual({
    state: 'refused',
    nextAttemptAt: null,
    detail: '550',
  });
});
