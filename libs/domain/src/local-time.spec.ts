import fc from 'fast-check';
import { addDays, dateOf, dayNumber, instantAt, localDateOf, localTimeText, readInstant, spanText, weekdayOf } from './local-time.js';

describe('the day in China', () => {
  it.each([
    ['2026-02-13T15:59:59.999Z', '2026-02-13'],
    ['2026-02-13T16:00:00.000Z', '2026-02-14'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
    ['2024-02-28T16:00:00.000Z', '2024-02-29'],
    ['2026-03-08T07:30:00.000Z', '2026-03-08'], // the night New York changes its clocks
  ])('at %s is %s', (instant, date) => expect(localDateOf(new Date(instant))).toBe(date));

  it.each([
    ['2026-02-13', '00:00', '2026-02-12T16:00:00.000Z'],
    ['2026-02-13', '17:30', '2026-02-13T09:30:00.000Z'],
    ['2026-02-13', '24:00', '2026-02-13T16:00:00.000Z'],
  ])('%s %s is %s', (date, time, instant) => expect(instantAt(date, time).toISOString()).toBe(instant));

  it('is read back from any instant made of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40_000, max: 60_000 }), fc.integer({ min: 0, max: 1439 }), (day, minute) => {
        const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
        expect(localDateOf(instantAt(dateOf(day), time))).toBe(dateOf(day));
        expect(localTimeText(instantAt(dateOf(day), time))).toBe(`${dateOf(day)} ${time}`);
      }),
    );
  });

  it.each([
    ['1970-01-01', 4],
    ['1969-12-28', 0],
    ['2026-11-23', 1],
    ['2026-02-14', 6],
  ])('%s has weekday %d', (date, weekday) => expect(weekdayOf(date)).toBe(weekday));

  it('refuses an invalid instant', () => expect(() => localDateOf(new Date(NaN))).toThrow('must be a valid instant'));
  it('counts over a leap day', () => expect(addDays('2024-02-28', 2)).toBe('2024-03-01'));
  it('numbers the days from 1970', () => expect(dayNumber('1970-01-02')).toBe(1));
});

describe('spanText', () => {
  it.each([
    [59_999, '不足 1 分'],
    [60_000, '1 分'],
    [3 * 3_600_000 + 12 * 60_000 + 59_000, '3 小时 12 分'],
    [5 * 3_600_000, '5 小时'],
    [24 * 3_600_000 + 60_000, '1 天'],
    [52 * 3_600_000 + 59 * 60_000, '2 天 4 小时'],
    [-90 * 60_000, '1 小时 30 分'],
  ])('%d ms reads %s', (ms, text) => expect(spanText(ms)).toBe(text));
});

describe('readInstant', () => {
  it.each([
    ['2026-11-23 08:30:00', '2026-11-23T00:30:00.000Z'],
    ['2026-11-23T08:30', '2026-11-23T00:30:00.000Z'],
    ['2026-11-23', '2026-11-22T16:00:00.000Z'],
    ['2026-11-23T00:30:00.5Z', '2026-11-23T00:30:00.500Z'],
    ['2026-11-23T00:30:00-05:00', '2026-11-23T05:30:00.000Z'],
    ['2024-02-29 00:00:00', '2024-02-28T16:00:00.000Z'],
  ])('%s is %s', (text, instant) => expect(readInstant(text)?.toISOString()).toBe(instant));
  it.each(['2026-02-30 08:00:00', '2026-02-29', '2026-11-23 24:01:00', '2026-11-23 08:61:00', '23/11/2026', '', '2026-11-23 8:30'])(
    '%p is no time',
    (text) => expect(readInstant(text)).toBeNull(),
  );
});
