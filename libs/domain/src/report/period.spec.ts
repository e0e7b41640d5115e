import { after, before, comparable, dayOf, issueNumber, kindOf, monthOf, periodOf, weekNumber, weekOf } from './period.js';

describe('a report’s period', () => {
  it.each([
    ['2026-11-23', '2026-11-23', '2026-11-29'],
    ['2026-11-26', '2026-11-23', '2026-11-29'],
    ['2026-11-29', '2026-11-23', '2026-11-29'],
    ['2026-01-01', '2025-12-29', '2026-01-04'],
    ['2028-03-01', '2028-02-28', '2028-03-05'],
  ])('the week of %s is %s to %s', (day, firstDay, lastDay) => expect(weekOf(day)).toMatchObject({ firstDay, lastDay }));

  it('runs from Monday 00:00 to Sunday 24:00 in China', () => {
    const week = weekOf('2026-11-26');
    expect([week.from.toISOString(), week.to.toISOString()]).toEqual(['2026-11-22T16:00:00.000Z', '2026-11-29T16:00:00.000Z']);
  });

  it.each([
    ['2026-01-01', 2026, 1],
    ['2025-12-28', 2025, 52],
    ['2026-12-31', 2026, 53],
    ['2027-01-03', 2026, 53],
    ['2027-01-04', 2027, 1],
    ['2024-12-30', 2025, 1],
    ['2026-11-26', 2026, 48],
  ])('the week of %s is %d’s number %d', (day, year, week) => expect(weekNumber(weekOf(day))).toEqual({ year, week }));

  it('has spans of its own length on both sides', () => {
    const span = periodOf('2026-11-02', '2026-11-30');
    expect(before(span)).toMatchObject({ firstDay: '2026-10-04', lastDay: '2026-11-01' });
    expect(after(span)).toMatchObject({ firstDay: '2026-12-01', lastDay: '2026-12-29' });
    expect(before(span).to).toEqual(span.from);
    expect(after(span).from).toEqual(span.to);
  });

  it.each([
    ['a week that is over', weekOf('2026-11-23'), '2026-11-30T00:00+08:00', '2026-11-23T00:00+08:00'],
    ['a week at its end', weekOf('2026-11-23'), '2026-11-29T23:59+08:00', '2026-11-22T23:59+08:00'],
    ['a week on Friday evening', weekOf('2026-11-23'), '2026-11-27T20:49+08:00', '2026-11-20T20:49+08:00'],
    ['a week that begins', weekOf('2026-11-23'), '2026-11-23T00:00+08:00', '2026-11-16T00:00+08:00'],
    ['a month that is over, after a longer one', monthOf('2026-11-01'), '2026-12-01T00:00+08:00', '2026-11-01T00:00+08:00'],
    ['a month, in its middle', monthOf('2026-11-01'), '2026-11-15T08:00+08:00', '2026-10-15T08:00+08:00'],
    ['a month longer than the one before, on its last day', monthOf('2026-03-01'), '2026-03-31T12:00+08:00', '2026-03-01T00:00+08:00'],
  ])('compares %s with the same stretch of the one before', (_, period, asOf, to) =>
    expect(comparable(period, new Date(asOf))).toEqual({ from: before(period).from, to: new Date(to) }),
  );

  it('has the months beside it where it is a month', () => {
    expect(before(monthOf('2026-03-17'))).toMatchObject({ firstDay: '2026-02-01', lastDay: '2026-02-28' });
    expect(after(monthOf('2026-12-01'))).toMatchObject({ firstDay: '2027-01-01', lastDay: '2027-01-31' });
  });

  it.each([
    [dayOf('2026-11-30'), 'daily', '2026年第334期'],
    [dayOf('2028-12-31'), 'daily', '2028年第366期'],
    [weekOf('2026-11-30'), 'weekly', '2026年第49期'],
    [monthOf('2028-02-03'), 'monthly', '2028年第2期'],
    [periodOf('2027-02-01', '2027-02-28'), 'monthly', '2027年第2期'],
    [periodOf('2026-11-02', '2026-11-15'), 'span', null],
    [periodOf('2026-11-03', '2026-11-09'), 'span', null],
  ])('$firstDay to $lastDay is %s %s', (period, kind, issue) => {
    expect([kindOf(period), issueNumber(period)]).toEqual([kind, issue]);
  });

  it('refuses a span that ends before it begins', () =>
    expect(() => periodOf('2026-11-02', '2026-11-01')).toThrow(/must not lie before the first/));
});
