import { instantOf, wallCalendar, wallDate } from './wall-calendar.js';

const NOW = Date.parse('2026-11-22T14:05:09+08:00');
const calendar = wallCalendar(() => NOW);
const shown = (date: Date) => calendar.locale.format('zh_CN', date, 'YYYY-MM-DD HH:mm:ss');
const read = (text: string) => calendar.locale.parse('zh_CN', text);

it('takes now from the server, on the wall of the city', () => expect(shown(calendar.getNow())).toBe('2026-11-22 14:05:09'));
it('goes to an instant and back', () => {
  expect(instantOf(wallDate(NOW))).toBe('2026-11-22T14:05:09+08:00');
  expect(shown(wallDate('2026-11-21T16:30:00Z'))).toBe('2026-11-22 00:30:00');
});
it.each([
  ['2026-01-31 10:00', 1, '2026-02-28 10:00:00'],
  ['2026-01-15', -1, '2025-12-15 00:00:00'],
  ['2024-01-31', 13, '2025-02-28 00:00:00'],
])('%s and %d months is %s', (from, by, to) => expect(shown(calendar.addMonth(read(from)!, by))).toBe(to));
it('keeps 29 February inside the year', () => expect(shown(calendar.addYear(read('2024-02-29')!, 1))).toBe('2025-02-28 00:00:00'));
it.each(['', '2026-02-30', '2026-13-01', '2026-11-22 25:00', '2026-11-22 10:60', 'soon'])('reads %j as no date', (text) =>
  expect(read(text)).toBeNull(),
);
it.each([
  ['2026-11-2', 'YYYY-MM-DD', null],
  ['2026-11-22', 'YYYY-MM-DD', '2026-11-22 00:00:00'],
  ['2026-11-22', 'YYYY-MM-DD HH:mm', null],
  ['2026-11-22 1:05', 'YYYY-MM-DD HH:mm', null],
  ['2026-11-22 14:05', 'YYYY-MM-DD HH:mm', '2026-11-22 14:05:00'],
])('takes %j typed as %s for %j', (text, pattern, date) => {
  const found = calendar.locale.parse('zh_CN', text, [pattern]);
  expect(found && shown(found)).toBe(date);
});
it('begins the week on Monday', () => {
  expect(shown(calendar.locale.getWeekFirstDate('', read('2026-11-22')!))).toBe('2026-11-16 00:00:00');
  expect(shown(calendar.locale.getWeekFirstDate('', read('2026-11-16')!))).toBe('2026-11-16 00:00:00');
});
it('writes the head of the panel in Chinese', () =>
  expect(calendar.locale.format('', read('2026-11-02')!, 'YYYY年 MMM D [日]')).toBe('2026年 11月 2 日'));
it('knows the last day of a month', () => expect(calendar.getEndDate(read('2026-02-03')!).getUTCDate()).toBe(28));
