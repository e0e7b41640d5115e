import { planCallback, readAnswer, waitMs } from './callback-plan.js';

const now = new Date('2026-11-23T10:00:00+08:00');
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
const later = (waitSeconds?: number) => ({
  outcome: 'later' as const,
  reason: 'HTTP 503',
  ...(waitSeconds === undefined ? {} : { waitSeconds }),
});

it.each([
  [200, null, true, 'taken'],
  [204, null, true, 'taken'],
  [200, null, false, 'refused'],
  [301, null, true, 'later'],
  [400, null, true, 'refused'],
  [401, null, true, 'later'],
  [404, null, true, 'refused'],
  [409, null, true, 'refused'],
  [422, null, true, 'refused'],
  [429, '7', true, 'later'],
  [500, null, true, 'later'],
  [503, 'Wed, 21 Oct 2026 07:28:00 GMT', true, 'later'],
] as const)('HTTP %s, retry-after %s, taken %s: %s', (status, after, taken, outcome) => {
  const answer = readAnswer(status, after, taken);
  expect(answer.outcome).toBe(outcome);
  if (after === '7') expect(answer).toMatchObject({ waitSeconds: 7 });
});

it('waits twice as long each time, up to an hour', () =>
  expect([1, 2, 3, 11, 12, 500].map(waitMs)).toEqual([2_000, 4_000, 8_000, 2_048_000, 3_600_000, 3_600_000]));

describe('planCallback', () => {
  it('heeds what the receiver asks, up to a day', () => {
    expect(planCallback(later(90), 1, now, now, 7).nextAt).toEqual(new Date(now.getTime() + 90_000));
    expect(planCallback(later(1), 3, now, now, 7).nextAt).toEqual(new Date(now.getTime() + 8_000));
    expect(planCallback(later(999_999), 1, now, now, 7).nextAt).toEqual(new Date(now.getTime() + 86_400_000));
  });
  it.each([
    [6.999, false],
    [7, true],
  ])('tries for seven days: after %s days dead is %s', (days, dead) =>
    expect(planCallback(later(), 400, ago(days), now, 7).dead).toBe(dead),
  );
  it.each([
    [5, false],
    [6, true],
  ])('believes a refusal when it has come %s times: dead is %s', (attempts, dead) =>
    expect(planCallback({ outcome: 'refused', reason: 'HTTP 422' }, attempts, now, now, 7)).toMatchObject({
      dead,
      nextAt: dead ? null : expect.any(Date),
    }),
  );
});
