import { dateWords, dayNumber, fromWallString, fullTime, hourMinute, monthDayTime, wallString } from './beijing.js';

describe('the wall clock of the city', () => {
  it.each([
    ['2026-11-21T15:59:59Z', '11-21 23:59', '2026-11-21 23:59:59'],
    ['2026-11-21T16:00:00Z', '11-22 00:00', '2026-11-22 00:00:00'],
    ['2025-12-31T16:00:00.000Z', '01-01 00:00', '2026-01-01 00:00:00'],
    ['2024-02-28T16:30:00Z', '02-29 00:30', '2024-02-29 00:30:00'],
    ['2026-11-22T14:05:00+08:00', '11-22 14:05', '2026-11-22 14:05:00'],
  ])('%s reads %s', (instant, short, full) => {
    expect(monthDayTime(instant)).toBe(short);
    expect(fullTime(instant)).toBe(full);
  });
  it('goes to the picker and back unchanged', () => {
    const instant = '2026-11-22T06:05:09.000Z';
    expect(new Date(fromWallString(wallString(instant))).toISOString()).toBe(instant);
  });
  it('takes a reading without seconds', () => expect(fromWallString('2026-11-22T14:05')).toBe('2026-11-22T14:05:00+08:00'));
  it('changes the day at 16:00 UTC', () => {
    expect(dayNumber('2026-11-21T16:00:00Z') - dayNumber('2026-11-21T15:59:59Z')).toBe(1);
  });
  it('names day and hour', () => {
    expect(dateWords('2026-11-22T02:00:00Z')).toBe('11月22日 星期日');
    expect(hourMinute('2026-11-22T01:02:00Z')).toBe('09:02');
  });
});
