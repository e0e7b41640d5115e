import { HOUR_MS } from './local-time.js';
import { arrivalsOfLast, expectedEverySeconds, isRhythmKnown, silentFrom, withArrival, type Rhythm } from './source-rhythm.js';
import { WorkCalendar } from './calendar.js';

/** 2026-11-21 and -22 are a weekend; 11-18 is made a holiday of our own for the test. */
const CALENDAR = new WorkCalendar([
  { year: 2026, source: null, sourceNote: '测试', holidays: [{ name: '试', days: ['2026-11-18'] }], workdays: [] },
]);
/** The same without that holiday. */
const PLAIN = new WorkCalendar([]);
const at = (local: string) => new Date(`2026-11-${local}:00+08:00`);
const NEVER = 0;

/** Watched from the first instant on, with something new every `minutes` in the hours that `active` names. */
function watched(from: string, until: string, minutes: number, active: (hour: number, weekday: number) => boolean): Rhythm {
  let rhythm: Rhythm | null = null;
  for (let t = at(from).getTime(); t <= at(until).getTime(); t += minutes * 60_000) {
    const local = new Date(t + 8 * HOUR_MS);
    if (rhythm === null || active(local.getUTCHours(), local.getUTCDay())) rhythm = withArrival(rhythm, new Date(t));
  }
  return rhythm!;
}
const always = () => true;
const officeHours = (hour: number, weekday: number) => hour >= 9 && hour < 18 && weekday >= 1 && weekday <= 5;

describe('silentFrom', () => {
  it.each<[string, Rhythm, string, number, string | null, WorkCalendar?]>([
    ['every 40 min round the clock: two silent hours prove it', watched('02T00:00', '16T10:00', 40, always), '16T10:00', NEVER, '16T13:00'],
    ['the same, but nobody is told before six hours', watched('02T00:00', '16T10:00', 40, always), '16T10:00', 6 * HOUR_MS, '16T16:00'],
    ['office hours: the night proves nothing', watched('02T09:00', '16T17:40', 20, officeHours), '16T17:40', NEVER, '17T11:00'],
    ['office hours: the weekend proves nothing', watched('02T09:00', '20T17:40', 20, officeHours), '20T17:40', NEVER, '23T11:00', PLAIN],
    ['office hours: a holiday in the week proves nothing', watched('02T09:00', '17T17:40', 20, officeHours), '17T17:40', NEVER, '19T11:00'],
    ['one edition a day: two missed ones prove it', watched('02T07:00', '17T07:00', 1440, always), '17T07:00', NEVER, '19T08:00'],
    ['round the clock, no weekend watched yet: Saturday proves it all the same', watched('16T00:00', '20T22:00', 40, always), '20T22:00', NEVER, '21T01:00', PLAIN], // prettier-ignore
    ['quiet nights, no weekend watched yet: the weekend proves nothing', watched('16T06:00', '20T22:00', 40, (hour) => hour >= 6), '20T22:00', NEVER, '23T07:00', PLAIN], // prettier-ignore
    ['watched for less than two days', watched('02T00:00', '03T20:00', 40, always), '03T20:00', NEVER, null],
  ])('%s', (_, rhythm, last, shortest, from, calendar = CALENDAR) =>
    expect(silentFrom(rhythm, at(last), shortest, calendar)).toEqual(from === null ? null : at(from)),
  );

  it('is not known of a source that hardly ever brings anything', () => {
    expect(isRhythmKnown(watched('02T00:00', '06T00:00', 1440, always))).toBe(true);
    expect(isRhythmKnown(watched('02T00:00', '05T00:00', 1440, always))).toBe(false);
    expect(isRhythmKnown(null)).toBe(false);
  });
});

describe('expectedEverySeconds', () => {
  it.each<[string, Rhythm, number | null]>([
    ['every 40 min', watched('02T00:00', '16T00:00', 40, always), 2400],
    ['every 20 min in office hours, the nights left out', watched('02T09:00', '20T17:40', 20, officeHours), 1200],
    ['not known yet', watched('02T00:00', '02T10:00', 40, always), null],
  ])('%s', (_, rhythm, seconds) => {
    const found = expectedEverySeconds(rhythm, CALENDAR);
    if (seconds === null) expect(found).toBeNull();
    else expect(Math.abs(found! - seconds)).toBeLessThan(seconds * 0.1);
  });
});

describe('withArrival and arrivalsOfLast', () => {
  it('count hour by hour, late ones where they belong', () => {
    let rhythm = withArrival(null, at('02T08:10'));
    for (const time of ['02T08:50', '02T11:00', '02T10:30', '02T07:00']) rhythm = withArrival(rhythm, at(time));
    expect(rhythm.counts).toEqual([2, 0, 1, 1]);
    expect(arrivalsOfLast(rhythm, 5, at('02T12:59'))).toEqual([2, 0, 1, 1, 0]);
    expect(arrivalsOfLast(rhythm, 6, at('02T11:00'))).toEqual([0, 0, 2, 0, 1, 1]);
    expect(arrivalsOfLast(null, 2, at('02T11:00'))).toEqual([0, 0]);
  });

  it('forget what is older than four weeks, also after a long silence', () => {
    const rhythm = withArrival(withArrival(null, at('01T00:00')), new Date(at('01T00:00').getTime() + 400 * 24 * HOUR_MS));
    expect(rhythm.counts).toHaveLength(672);
    expect(rhythm.counts.reduce((a, b) => a + b)).toBe(1);
  });
});
