import type { SourceRow } from '@huiying/persistence';
import { afterArrival, afterFailure, afterSuccess, secondsToNextPoll, stateOf } from './source-health.js';

const NOW = new Date('2026-11-02T09:00:00+08:00');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const source = (more: Partial<SourceRow> = {}): SourceRow => ({
  id: 'paper',
  name: '日报',
  kind: 'feed',
  channel: 'news',
  url: 'http://paper.example/rss',
  host: 'paper.example',
  pollSeconds: 300,
  zoneMinutes: 480,
  isActive: true,
  etag: null,
  lastModified: null,
  nextPollAt: null,
  lease: 'mine',
  lastPolledAt: null,
  lastSuccessAt: null,
  lastNewItemAt: null,
  consecutiveFailures: 0,
  error: null,
  itemsTotal: 0,
  usualGapSeconds: null,
  gapsSeen: 0,
  reportedState: null,
  reportedAt: null,
  ...more,
});

describe('stateOf', () => {
  const hours = (n: number) => n * 3600;
  it.each<[string, Partial<SourceRow>, string]>([
    ['a source that was never polled', {}, 'ok'],
    ['one failed poll', { consecutiveFailures: 1 }, 'failing'],
    ['taken off the list', { isActive: false, consecutiveFailures: 3 }, 'paused'],
    ['six hours without anything, to the second', { lastNewItemAt: ago(hours(6)), usualGapSeconds: 60, gapsSeen: 3 }, 'ok'],
    ['a second longer', { lastNewItemAt: ago(hours(6) + 1), usualGapSeconds: 60, gapsSeen: 3 }, 'silent'],
    ['as long, but the rhythm is not known yet', { lastNewItemAt: ago(hours(6) + 1), usualGapSeconds: 60, gapsSeen: 2 }, 'ok'],
    ['eight times the usual gap, to the second', { lastNewItemAt: ago(hours(80)), usualGapSeconds: hours(10), gapsSeen: 3 }, 'ok'],
    ['a second longer than that', { lastNewItemAt: ago(hours(80) + 1), usualGapSeconds: hours(10), gapsSeen: 3 }, 'silent'],
  ])('%s', (_, more, state) => expect(stateOf(source(more), NOW)).toBe(state));
});

describe('secondsToNextPoll', () => {
  it.each([
    [300, 0, null, 300],
    [300, 1, null, 300],
    [300, 2, null, 600],
    [300, 4, null, 2400],
    [300, 5, null, 3600],
    [300, 1_000_000, null, 3600],
    [30, 9, null, 3600],
    [86_400, 1, null, 86_400],
    [86_400, 50, null, 86_400],
    [300, 1, 1200, 1200],
    [300, 5, 60, 3600],
    [300, 1, 9_999_999, 86_400],
  ])('every %i s, %i failures, told to wait %p s: %i s', (poll, failures, retryAfter, seconds) =>
    expect(secondsToNextPoll(poll, failures, retryAfter)).toBe(seconds),
  );
});

describe('a poll', () => {
  it('that failed counts and lets the source go', () => {
    const failed = afterFailure(source({ consecutiveFailures: 1, lastSuccessAt: ago(900) }), NOW, '对方拒绝连接', null);
    expect(failed).toMatchObject({
      consecutiveFailures: 2,
      error: '对方拒绝连接',
      lease: null,
      lastPolledAt: NOW,
      lastSuccessAt: ago(900),
    });
    expect(failed.nextPollAt).toEqual(ago(-600));
  });
  it('that was answered forgets the failures', () => {
    const answered = afterSuccess(source({ consecutiveFailures: 7, error: 'x' }), NOW);
    expect(answered).toMatchObject({ consecutiveFailures: 0, error: null, lease: null, lastSuccessAt: NOW, nextPollAt: ago(-300) });
  });
});

describe('afterArrival', () => {
  it('learns the rhythm from the second arrival on', () => {
    let row = afterArrival(source(), ago(1000), { added: 2, edited: 0 });
    expect(row).toMatchObject({ itemsTotal: 2, lastNewItemAt: ago(1000), usualGapSeconds: null, gapsSeen: 0 });
    row = afterArrival(row, ago(900), { added: 1, edited: 0 });
    expect(row).toMatchObject({ itemsTotal: 3, usualGapSeconds: 100, gapsSeen: 1 });
    row = afterArrival(row, ago(700), { added: 0, edited: 1 });
    expect(row).toMatchObject({ itemsTotal: 3, lastNewItemAt: ago(700), usualGapSeconds: 120, gapsSeen: 2 });
  });
  it('is not led astray by the past being brought in late, or by nothing', () => {
    const row = source({ lastNewItemAt: ago(10), itemsTotal: 5 });
    expect(afterArrival(row, ago(5000), { added: 3, edited: 0 })).toMatchObject({ itemsTotal: 8, lastNewItemAt: ago(10), gapsSeen: 0 });
    expect(afterArrival(row, NOW, { added: 0, edited: 0 })).toBe(row);
  });
});
