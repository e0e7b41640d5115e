import { secondsToWait } from './retry-after.js';

const NOW = 'Wed, 21 Oct 2026 07:28:00 GMT';

describe('secondsToWait', () => {
  it.each([
    ['120', NOW, 120],
    [' 0 ', null, 0],
    ['Wed, 21 Oct 2026 07:43:00 GMT', NOW, 900],
    ['Wednesday, 21-Oct-26 07:43:00 GMT', NOW, 900],
    ['Wed, 21 Oct 2026 07:00:00 GMT', NOW, 0], // over already
    ['Wed, 21 Oct 2026 07:43:00 GMT', null, null], // held against no clock
    ['Wed Oct 21 07:43:00 2026', NOW, null], // no zone
    ['soon', NOW, null],
    ['-5', NOW, null],
    ['1.5', NOW, null],
    ['99999999', NOW, null],
    [null, NOW, null],
  ])('retry-after %p at %p: %p s', (retryAfter, date, seconds) => expect(secondsToWait(retryAfter, date)).toBe(seconds));
});
