import { WorkCalendar } from '../calendar.js';
import { localTimeText } from '../local-time.js';
import { firstRun, runAfter, type ReportSchedule } from './report-schedule.js';

/** 国庆 2026-10-01 to 10-07 off, Saturday 10-10 worked; the rest by the weekday. */
const CALENDAR = new WorkCalendar([
  {
    year: 2026,
    document: 'spec',
    holidays: [
      {
        name: '国庆节',
        days: ['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07'],
      },
    ],
    workdays: [{ name: '国庆节', days: ['2026-10-10'] }],
  } as never,
]);
const WEEKLY: ReportSchedule = { kind: 'weekly', weekday: 1, monthDay: null, time: '08:00', onDayOff: 'move' };
const DAILY: ReportSchedule = { kind: 'daily', weekday: null, monthDay: null, time: '08:30', onDayOff: 'move' };
const MONTHLY: ReportSchedule = { kind: 'monthly', weekday: null, monthDay: 1, time: '09:00', onDayOff: 'move' };

describe('a schedule of drafts', () => {
  it.each([
    ['the Monday after', WEEKLY, '2026-11-23', '2026-11-30 08:00', '2026-11-23', null],
    ['a Monday off moves to Thursday', WEEKLY, '2026-09-28', '2026-10-08 08:00', '2026-09-28', '国庆节放假'],
    ['a Monday off all the same', { ...WEEKLY, onDayOff: 'anyway' }, '2026-09-28', '2026-10-05 08:00', '2026-09-28', null],
    ['Sunday', { ...WEEKLY, weekday: 7, onDayOff: 'anyway' }, '2026-11-22', '2026-11-29 08:00', '2026-11-16', null],
    ['a day', DAILY, '2026-11-23', '2026-11-24 08:30', '2026-11-23', null],
    ['a Saturday moves to Monday', DAILY, '2026-11-27', '2026-11-30 08:30', '2026-11-27', '周六'],
    ['a worked Saturday does not', DAILY, '2026-10-09', '2026-10-10 08:30', '2026-10-09', null],
    ['a month', MONTHLY, '2026-11-01', '2026-12-01 09:00', '2026-11-01', null],
    ['a month whose first is off', MONTHLY, '2026-09-01', '2026-10-08 09:00', '2026-09-01', '国庆节放假'],
  ] as const)('%s', (_, schedule, after, due, firstDay, movedBecause) => {
    const run = runAfter(schedule, after, CALENDAR);
    expect([localTimeText(run.dueAt), run.period.firstDay, run.movedBecause]).toEqual([due, firstDay, movedBecause]);
  });

  it.each([
    ['a minute before', '2026-11-23T07:59:00+08:00', '2026-11-23 08:00'],
    ['at its instant it is the next', '2026-11-23T08:00:00+08:00', '2026-11-30 08:00'],
    ['while a moved one waits', '2026-10-06T12:00:00+08:00', '2026-10-08 08:00'],
  ])('begins %s', (_, now, due) => expect(localTimeText(firstRun(WEEKLY, new Date(now), CALENDAR).dueAt)).toBe(due));

  it('runs through every week of a year once', () => {
    let run = firstRun(WEEKLY, new Date('2026-01-01T00:00:00+08:00'), CALENDAR);
    const seen: string[] = [];
    while (run.nominalDay < '2027-01-01') {
      seen.push(run.period.firstDay);
      run = runAfter(WEEKLY, run.nominalDay, CALENDAR);
    }
    expect([seen.length, new Set(seen).size, seen[0], seen.at(-1)]).toEqual([52, 52, '2025-12-29', '2026-12-21']);
  });
});
