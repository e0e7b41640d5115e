import type { SourceRow } from '@huiying/persistence';
import { WorkCalendar, type Rhythm } from '@huiying/domain';
import { spanToTell } from './coverage.js';
import { alarmOf, alarmSince } from './source-alarm.js';
import { afterArrival, afterFailure, afterSuccess, intervalSeconds, secondsToNextPoll, stateOf } from './source-health.js';

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
  setting: null,
  pausedAt: null,
  removedAt: null,
  cause: null,
  failingSince: null,
  silentAt: null,
  alarmSince: null,
  unseenFrom: null,
  unseenCause: null,
  lastItems: null,
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
  it.each<[string, Partial<SourceRow>, string]>([
    ['a source that was never polled', {}, 'ok'],
    ['one failed poll', { consecutiveFailures: 1 }, 'failing'],
    ['taken off the list', { isActive: false, consecutiveFailures: 3 }, 'paused'],
    ['quiet up to the second from which its silence is out of its rhythm', { silentAt: NOW }, 'ok'],
    ['a second longer', { silentAt: ago(1) }, 'silent'],
  ])('%s', (_, more, state) => expect(stateOf(source(more), NOW)).toBe(state));
});

describe('intervalSeconds', () => {
  const most = (pollSecondsMost: number) => ({
    setting: {
      id: 'p',
      name: 'p',
      kind: 'feed',
      channel: 'news',
      url: null,
      pollSeconds: 300,
      belongsToCity: true,
      pollSecondsMost,
    } as const,
  });
  it.each<[string, Partial<SourceRow>, number]>([
    ['without a second bound is what was laid down', { usualGapSeconds: 7200, gapsSeen: 50 }, 300],
    ['follows the rhythm between the bounds', { ...most(3600), usualGapSeconds: 2400, gapsSeen: 50 }, 1200],
    ['is never longer than the upper bound', { ...most(900), usualGapSeconds: 7200, gapsSeen: 50 }, 900],
    ['is never shorter than the lower bound', { ...most(3600), usualGapSeconds: 20, gapsSeen: 50 }, 300],
    ['is the lower bound while the rhythm is not known', { ...most(3600), usualGapSeconds: 7200, gapsSeen: 2 }, 300],
  ])('%s', (_, more, seconds) => expect(intervalSeconds(source(more))).toBe(seconds));
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

const REFUSED = { said: '对方拒绝连接', cause: 'unreachable', retryAfterSeconds: null } as const;

describe('a poll', () => {
  it('that failed counts and lets the source go', () => {
    const failed = afterFailure(source({ consecutiveFailures: 1, lastSuccessAt: ago(900) }), NOW, REFUSED);
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
    const answered = afterSuccess(source({ consecutiveFailures: 7, error: 'x', cause: 'gone', failingSince: ago(9) }), NOW, {
      items: 4,
      oddity: null,
    });
    expect(answered).toMatchObject({
      consecutiveFailures: 0,
      error: null,
      cause: null,
      failingSince: null,
      lastItems: 4,
      lease: null,
      lastSuccessAt: NOW,
      nextPollAt: ago(-300),
    });
  });
});

describe('afterArrival', () => {
  const arrive = (row: SourceRow, at: Date, added = 1, edited = 0, rhythm: Rhythm | null = null) =>
    afterArrival(row, at, { added, edited }, rhythm, new WorkCalendar([]));

  it('learns the usual gap from the second arrival on', () => {
    let row = arrive(source(), ago(1000), 2).source;
    expect(row).toMatchObject({ itemsTotal: 2, lastNewItemAt: ago(1000), usualGapSeconds: null, gapsSeen: 0 });
    row = arrive(row, ago(900)).source;
    expect(row).toMatchObject({ itemsTotal: 3, usualGapSeconds: 100, gapsSeen: 1 });
    row = arrive(row, ago(700), 0, 1).source;
    expect(row).toMatchObject({ itemsTotal: 3, lastNewItemAt: ago(700), usualGapSeconds: 120, gapsSeen: 2 });
  });

  it('is not led astray by the past being brought in late', () => {
    const row = source({ lastNewItemAt: ago(10), itemsTotal: 5 });
    expect(arrive(row, ago(5000), 3).source).toMatchObject({ itemsTotal: 8, lastNewItemAt: ago(10), gapsSeen: 0 });
  });

  it.each<[string, Partial<SourceRow>, number | null]>([
    ['is not known after two gaps', { usualGapSeconds: 60, gapsSeen: 1 }, null],
    ['is six hours after, where it was lively', { usualGapSeconds: 60, gapsSeen: 2 }, 6 * 3600],
    ['is eight usual gaps after, where it was slow', { usualGapSeconds: 36_000, gapsSeen: 2 }, 8 * 36_000],
  ])('while no rhythm is known, silence out of order %s', (_, more, seconds) => {
    const gap = more.usualGapSeconds!;
    const { silentAt } = arrive(source({ ...more, lastNewItemAt: ago(gap) }), NOW).source;
    expect(silentAt).toEqual(seconds === null ? null : ago(-seconds));
  });

  it('goes by the rhythm of the hours once that is known, and by what staff laid down', () => {
    const rhythm = { lastHour: Math.floor(NOW.getTime() / 3_600_000), counts: Array<number>(200).fill(2) };
    expect(arrive(source({ lastNewItemAt: ago(60) }), NOW, 1, 0, rhythm).source.silentAt).toEqual(ago(-6 * 3600));
    const setting = {
      id: 'p',
      name: 'p',
      kind: 'feed',
      channel: 'news',
      url: null,
      pollSeconds: 300,
      belongsToCity: true,
      silentAfterHours: 1,
    } as const;
    expect(arrive(source({ lastNewItemAt: ago(60), setting }), NOW, 1, 0, rhythm).source.silentAt).toEqual(ago(-3 * 3600));
  });
});

describe('alarmSince', () => {
  it.each<[string, Partial<SourceRow>, Date | null]>([
    ['in order', {}, null],
    ['failing for a second less than an hour', { consecutiveFailures: 9, failingSince: ago(3599) }, null],
    ['failing for an hour', { consecutiveFailures: 9, failingSince: ago(3600) }, ago(3600)],
    ['failing for an hour, but only twice', { consecutiveFailures: 2, failingSince: ago(3600) }, null],
    ['silent', { silentAt: ago(1), lastNewItemAt: ago(9000) }, ago(9000)],
    ['failing once and silent', { consecutiveFailures: 1, failingSince: ago(1), silentAt: ago(1), lastNewItemAt: ago(9000) }, ago(9000)],
    ['told already: the instant stays', { consecutiveFailures: 9, failingSince: ago(3600), alarmSince: ago(8000) }, ago(8000)],
    ['in order again', { alarmSince: ago(8000) }, null],
    ['paused', { isActive: false, silentAt: ago(1), lastNewItemAt: ago(9000) }, null],
  ])('%s', (_, more, since) => expect(alarmSince(source(more), NOW)).toEqual(since));
});

describe('alarmOf', () => {
  it('says how long, how often it used to come, and what is probably the matter', () => {
    const silent = source({ silentAt: ago(1), lastNewItemAt: ago(6 * 3600) });
    expect(alarmOf(silent, 2400, NOW)).toEqual({
      since: ago(6 * 3600).toISOString(),
      cause: 'quiet',
      said: '已静默 6 小时，往常约每 40 分有新内容；能正常读取，但一直没有新内容，可能停更或改版',
    });
    expect(alarmOf({ ...silent, lastItems: 0, cause: 'empty' }, null, NOW)?.said).toBe('已静默 6 小时；能打开，但列表里没有内容');
    expect(alarmOf(source(), null, NOW)).toBeNull();
  });
});

describe('spanToTell', () => {
  const polled = source({ lastSuccessAt: ago(3600), failingSince: null });
  it('tells of a span when it begins, and again when it ends', () => {
    const failing = afterFailure(polled, NOW, REFUSED);
    expect(spanToTell(polled, failing, NOW)).toEqual({ from: ago(3600), to: null, cause: 'unreachable' });
    expect(spanToTell(failing, afterFailure(failing, ago(-60), REFUSED), ago(-60))).toBeNull();
    const back = afterSuccess(failing, ago(-120), { items: 1, oddity: null });
    expect(spanToTell(failing, back, ago(-120))).toEqual({ from: ago(3600), to: ago(-120), cause: 'unreachable' });
  });
  it.each([
    [600, null],
    [900, null],
    [901, 'not-collecting'],
  ])('after %i s without a look by us: %p', (seconds, cause) => {
    const before = source({ lastSuccessAt: ago(seconds) });
    const span = spanToTell(before, afterSuccess(before, NOW, { items: 1, oddity: null }), NOW);
    expect(span?.cause ?? null).toBe(cause);
  });
  it('tells nothing of a first failure', () => {
    const fresh = source({ lastSuccessAt: ago(300) });
    expect(spanToTell(fresh, afterFailure(fresh, NOW, REFUSED), NOW)).toBeNull();
  });
});
