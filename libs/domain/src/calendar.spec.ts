import fc from 'fast-check';
import { KNOWN_CALENDAR as calendar, YEAR_2025, YEAR_2026 } from '../../../test/support/known-calendar.js';
import { WorkCalendar } from './calendar.js';
import { addDays, dateOf, dayNumber } from './local-time.js';

const KNOWN_DAYS = { min: dayNumber('2025-01-01'), max: dayNumber('2026-12-27') };
const knownDay = fc.integer(KNOWN_DAYS).map(dateOf);
const anyDay = fc.integer({ min: dayNumber('1990-01-01'), max: dayNumber('2090-12-31') }).map(dateOf);
const span = fc.integer({ min: 0, max: 120 });

describe('dayKind', () => {
  it.each([
    ['2026-02-13', true, 'weekday', '周五', false],
    ['2026-02-14', true, 'make-up-workday', '调休上班（春节）', false],
    ['2026-02-15', false, 'holiday', '春节放假', false],
    ['2026-02-16', false, 'holiday', '春节放假', false],
    ['2026-03-01', false, 'weekend', '周日', false],
    ['2026-12-27', false, 'weekend', '周日', false],
    ['2026-12-28', true, 'weekday', '周一（2027年放假安排未公布或未录入，暂按星期推算）', true],
    ['2027-01-01', true, 'weekday', '周五（2027年放假安排未公布或未录入，暂按星期推算）', true],
    ['2027-10-02', false, 'weekend', '周六（2027年放假安排未公布或未录入，暂按星期推算）', true],
  ])('%s is worked: %s (%s), because %s', (date, isWorkday, kind, why, provisional) => {
    expect(calendar.dayKind(date)).toEqual({ date, isWorkday, kind, why, provisional });
  });

  it('takes the last days of a year from the notice of the next', () => {
    const year2007 = {
      year: 2007,
      source: null,
      sourceNote: '',
      holidays: [],
      workdays: [{ name: '元旦', days: ['2006-12-30', '2006-12-31'] }],
    };
    expect(new WorkCalendar([year2007]).dayKind('2006-12-31')).toMatchObject({ isWorkday: true, kind: 'make-up-workday' });
  });

  it.each(['2026-02-29', '2026-13-01', '2026-2-1', '20260201', '', 'today'])('refuses %p, which is no day', (text) => {
    expect(() => calendar.dayKind(text)).toThrow(RangeError);
  });
});

describe('a table that contradicts itself', () => {
  const table = (holidays: string[], workdays: string[], year = 2026) => ({
    year,
    source: null,
    sourceNote: '',
    holidays: [{ name: '元旦', days: holidays }],
    workdays: [{ name: '元旦', days: workdays }],
  });
  it.each([
    ['a day both off and worked', [table(['2026-01-01'], ['2026-01-01'])]],
    ['a year given twice', [table(['2026-01-01'], []), table(['2026-01-02'], [])]],
    ['a day of another year', [table(['2025-12-01'], [])]],
    ['a day that is none', [table(['2026-02-30'], [])]],
  ])('is refused: %s', (_what, tables) => expect(() => new WorkCalendar(tables)).toThrow(RangeError));
});

describe('addWorkingDays', () => {
  it.each([
    ['2026-02-13', 3, '2026-02-25'],
    ['2026-02-14', 3, '2026-02-26'],
    ['2026-02-15', 3, '2026-02-26'],
    ['2026-04-30', 5, '2026-05-11'],
    ['2026-09-30', 3, '2026-10-10'],
    ['2026-09-30', 20, '2026-11-03'],
    ['2026-06-18', 1, '2026-06-22'],
    ['2025-12-31', 1, '2026-01-04'],
    ['2026-09-18', 2, '2026-09-21'],
    ['2025-09-30', 3, '2025-10-11'],
    ['2026-03-03', 0, '2026-03-03'],
    ['2026-02-15', 0, '2026-02-24'],
  ])('%s and %d more working days ends on %s', (start, n, end) => {
    const answer = calendar.addWorkingDays(start, n);
    expect(answer.date).toBe(end);
    expect(answer.provisional).toBe(false);
    expect(answer.ledger.filter((day) => day.counted)).toHaveLength(n);
  });

  it('says on each line why a day counts or not', () => {
    expect(calendar.addWorkingDays('2026-09-30', 3).ledger.map((day) => `${day.date} ${day.counted ? '计' : '不计'} ${day.why}`)).toEqual([
      '2026-09-30 不计 首日不计（周三）',
      ...['01', '02', '03', '04', '05', '06', '07'].map((d) => `2026-10-${d} 不计 国庆节放假`),
      '2026-10-08 计 周四',
      '2026-10-09 计 周五',
      '2026-10-10 计 调休上班（国庆节）',
    ]);
  });

  it('is provisional as soon as one day looked at is, and only then', () => {
    expect(calendar.addWorkingDays('2026-12-24', 1)).toMatchObject({ date: '2026-12-25', provisional: false });
    expect(calendar.addWorkingDays('2026-12-25', 1)).toMatchObject({ date: '2026-12-28', provisional: true });
    expect(calendar.addWorkingDays('2026-12-31', 3)).toMatchObject({ date: '2027-01-05', provisional: true });
    expect(calendar.addWorkingDays('2024-12-31', 1)).toMatchObject({ date: '2025-01-02', provisional: false });
  });

  it.each([-1, 1.5, NaN, Infinity, 10_001])('refuses %p working days', (n) => {
    expect(() => calendar.addWorkingDays('2026-03-03', n)).toThrow(RangeError);
  });

  it('never ends on a day off, and is counted back by workingDaysBetween', () => {
    fc.assert(
      fc.property(anyDay, span, (start, n) => {
        const { date, ledger } = calendar.addWorkingDays(start, n);
        expect(calendar.isWorkday(date)).toBe(true);
        expect(ledger.filter((day) => day.counted)).toHaveLength(n);
        expect(ledger.every((day) => !day.counted || day.isWorkday)).toBe(true);
        if (n > 0) expect(calendar.workingDaysBetween(start, date).days).toBe(n);
      }),
    );
  });

  it('never ends earlier for more days, nor for a later start', () => {
    fc.assert(
      fc.property(anyDay, span, fc.integer({ min: 0, max: 30 }), (start, n, more) => {
        const end = calendar.addWorkingDays(start, n).date;
        expect(calendar.addWorkingDays(start, n + more).date >= end).toBe(true);
        expect(calendar.addWorkingDays(addDays(start, more), n).date >= end).toBe(true);
      }),
    );
  });

  it('never ends earlier for one more holiday', () => {
    fc.assert(
      fc.property(knownDay, span, knownDay, (start, n, holiday) => {
        fc.pre(calendar.dayKind(holiday).kind === 'weekday');
        const into = holiday.startsWith('2025') ? YEAR_2025 : YEAR_2026;
        const other = into === YEAR_2025 ? YEAR_2026 : YEAR_2025;
        const more = new WorkCalendar([{ ...into, holidays: [...into.holidays, { name: '加放', days: [holiday] }] }, other]);
        expect(more.addWorkingDays(start, n).date >= calendar.addWorkingDays(start, n).date).toBe(true);
      }),
    );
  });
});

describe('workingDaysBetween', () => {
  it.each([
    ['2026-03-03', '2026-03-03', 0],
    ['2026-03-03', '2026-03-04', 1],
    ['2026-02-13', '2026-02-14', 1],
    ['2026-02-14', '2026-02-23', 0],
    ['2026-09-30', '2026-10-10', 3],
  ])('from %s (not counted) to %s are %d', (from, to, count) => expect(calendar.workingDaysBetween(from, to).days).toBe(count));

  it('refuses an end before the start', () => expect(() => calendar.workingDaysBetween('2026-03-04', '2026-03-03')).toThrow(RangeError));

  it('adds up over any day between', () => {
    fc.assert(
      fc.property(anyDay, span, span, (from, first, second) => {
        const middle = addDays(from, first);
        const to = addDays(middle, second);
        const whole = calendar.workingDaysBetween(from, to).days;
        expect(calendar.workingDaysBetween(from, middle).days + calendar.workingDaysBetween(middle, to).days).toBe(whole);
      }),
    );
  });
});
