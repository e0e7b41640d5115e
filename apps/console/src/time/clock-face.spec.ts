import { bandOf, byTimeLeft, clockFace, nextClock, type Clocked } from './clock-face.js';

const START = Date.parse('2026-11-22T09:05:00+08:00');
const FIVE_HOURS = 5 * 3600;
const clock = (over: Partial<Clocked> = {}): Clocked => ({
  startedAt: new Date(START).toISOString(),
  dueAt: new Date(START + FIVE_HOURS * 1000).toISOString(),
  lengthSeconds: FIVE_HOURS,
  state: 'running',
  metAt: null,
  provisional: false,
  ...over,
});
const after = (seconds: number) => START + seconds * 1000;

describe('a running clock of 5 h', () => {
  it.each([
    [0, 'ample', '剩 5 小时'],
    [FIVE_HOURS / 2 - 1, 'ample', '剩 2 小时 30 分'],
    [FIVE_HOURS / 2, 'half', '剩 2 小时 30 分'],
    [FIVE_HOURS * 0.8 - 1, 'half', '剩 1 小时'],
    [FIVE_HOURS * 0.8, 'fifth', '剩 1 小时'],
    [FIVE_HOURS - 1, 'fifth', '剩 不足 1 分'],
    [FIVE_HOURS, 'overdue', '超时 不足 1 分'],
    [FIVE_HOURS + 12 * 60, 'overdue', '超时 12 分'],
  ])('after %d s stands at %s: %s', (seconds, band, word) => {
    expect(clockFace(clock(), after(seconds))).toMatchObject({ band, word });
  });
  it('says the absolute time with the time left', () => {
    expect(clockFace(clock(), after(FIVE_HOURS - 3 * 3600 - 12 * 60)).absolute).toBe('11-22 14:05（剩 3 小时 12 分）');
  });
  it('shrinks its bar from whole to nothing', () => {
    expect(clockFace(clock(), after(0)).left).toBe(1);
    expect(clockFace(clock(), after(FIVE_HOURS / 4)).left).toBeCloseTo(0.75);
    expect(clockFace(clock(), after(FIVE_HOURS * 2)).left).toBe(0);
  });
});

describe('a closed clock', () => {
  it('was met in time', () => expect(clockFace(clock({ state: 'met' }), after(9e5))).toMatchObject({ band: 'met', word: '按时完成' }));
  it('was met late, by how much', () => {
    const metAt = new Date(after(FIVE_HOURS + 7200)).toISOString();
    expect(clockFace(clock({ state: 'met-late', metAt }), after(9e5))).toMatchObject({ band: 'met-late', word: '迟 2 小时完成' });
  });
  it('was cancelled', () => expect(clockFace(clock({ state: 'cancelled' }), after(0)).band).toBe('cancelled'));
});

it('is overdue when the server says so, even a moment early', () => {
  expect(clockFace(clock({ state: 'overdue' }), after(FIVE_HOURS - 2))).toMatchObject({ band: 'overdue', word: '超时 不足 1 分' });
});
it('keeps the mark of a calendar not yet published', () =>
  expect(clockFace(clock({ provisional: true }), after(0)).provisional).toBe(true));
it('takes the length from start and due where it is not told', () => {
  expect(clockFace(clock({ lengthSeconds: undefined }), after(FIVE_HOURS / 2)).left).toBeCloseTo(0.5);
});
it.each([
  [0.2, 'fifth'],
  [0.2001, 'half'],
  [0.5, 'half'],
  [0.5001, 'ample'],
])('puts %d left into %s', (left, band) => expect(bandOf(left)).toBe(band));

describe('order', () => {
  const at = (hours: number, state: Clocked['state'] = 'running') => clock({ dueAt: new Date(after(hours * 3600)).toISOString(), state });
  it('puts the longest overdue first and closed ones last', () => {
    const [soon, late, overdue, met] = [at(2), at(40), at(-3, 'overdue'), at(-9, 'met')];
    expect([late, met, soon, overdue].sort(byTimeLeft)).toEqual([overdue, soon, late, met]);
    expect(nextClock([late, met, soon])).toBe(soon);
    expect(nextClock([met])).toBeNull();
  });
});

describe('clocks of several kinds, the longest overdue first among each', () => {
  it('stand as: legal, after closing (评估), paused, reminders, closed', () => {
    const long = new Date(START - 9e8).toISOString();
    const legal = clock();
    const evaluation = clock({ milestone: 'evaluation', dueAt: long, state: 'overdue' });
    const paused = clock({ state: 'paused', dueAt: long });
    const reminder = clock({ isReminder: true, dueAt: long });
    const met = clock({ state: 'met', dueAt: long });
    expect([met, reminder, paused, evaluation, legal].sort(byTimeLeft)).toEqual([legal, evaluation, paused, reminder, met]);
  });
});

describe('a reminder of 5 h, which is no legal clock', () => {
  const reminder = clock({ isReminder: true });
  it('says when it will remind', () =>
    expect(clockFace(reminder, after(FIVE_HOURS - 60))).toMatchObject({ band: 'ample', word: '1 分后提醒' }));
  it('is never overdue, and says how long nothing new was published', () =>
    expect(clockFace(reminder, after(33 * 3600))).toMatchObject({ band: 'remind', word: '提醒 33 小时未续报' }));
  it('stands behind every legal clock, before what is closed', () => {
    const [soon, met] = [clock({ dueAt: new Date(after(9e5)).toISOString() }), clock({ state: 'met' })];
    expect([met, reminder, soon].sort(byTimeLeft)).toEqual([soon, reminder, met]);
  });
});
