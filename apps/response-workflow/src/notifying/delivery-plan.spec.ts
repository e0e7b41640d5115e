import { GIVE_UP_AFTER_MS, GO_ON_AFTER_MS, planDelivery } from './delivery-plan.js';

const NOW = new Date('2026-11-18T01:00:00Z');
const retry = { outcome: 'retry' as const, reason: 'no answer' };
const secondsUntil = (at: Date | null) => (at!.getTime() - NOW.getTime()) / 1000;

it.each([
  [1, 0, 30],
  [2, 30, 60],
  [3, 90, 120],
  [5, 450, 150], // ten minutes: the next channel has its turn
  [6, 600, 900],
  [40, 3600, 900],
])('after attempt %i, %i s after the first, waits %i s', (attempts, tried, seconds) => {
  const plan = planDelivery(retry, attempts, new Date(NOW.getTime() - tried * 1_000), NOW);
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
    goesOn: false,
  });
  expect(planDelivery({ outcome: 'refused', reason: '550' }, 1, NOW, NOW)).toEqual({
    state: 'refused',
    nextAttemptAt: null,
    detail: '550',
    goesOn: true,
  });
});

it('waits as long as the other end asked, and no shorter than its turn', () => {
  expect(secondsUntil(planDelivery({ ...retry, waitSeconds: 600 }, 1, NOW, NOW).nextAttemptAt)).toBe(600);
  expect(secondsUntil(planDelivery({ ...retry, waitSeconds: 5 }, 3, NOW, NOW).nextAttemptAt)).toBe(120);
});

it.each([
  ['a channel that is broken', { outcome: 'broken', reason: '93000' }, 0, true],
  ['one that is busy', retry, 0, false],
  ['one that was busy a second short of ten minutes', retry, GO_ON_AFTER_MS - 1_000, false],
  ['one that was busy for ten minutes', retry, GO_ON_AFTER_MS, true],
] as const)('after %s the next channel has its turn: %s', (_, answer, triedMs, goesOn) => {
  const plan = planDelivery(answer, 5, new Date(NOW.getTime() - triedMs), NOW);
  expect([plan.state, plan.goesOn]).toEqual(['retrying', goesOn]);
});
