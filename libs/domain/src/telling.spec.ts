import { WorkCalendar } from './calendar.js';
import { allowanceAt, breaksQuiet, heldUntil, standInsFor, type QuietWindow, type Weight } from './telling.js';
import { localTimeText } from './local-time.js';
import type { TellablePeople } from './escalation.js';

/** National Day 2026: 10-01 to 10-07 off, 09-20 and 10-10 worked. */
const calendar = new WorkCalendar([
  {
    year: 2026,
    source: '国办发明电〔2025〕7号',
    sourceNote: 'spec',
    holidays: [{ name: '国庆节', days: ['01', '02', '03', '04', '05', '06', '07'].map((day) => `2026-10-${day}`) }],
    workdays: [{ name: '国庆节', days: ['2026-09-20', '2026-10-10'] }],
  },
]);
const night: QuietWindow = { from: '22:00', to: '07:00', days: 'every' };
const lunch: QuietWindow = { from: '12:00', to: '13:30', days: 'working' };
const daysOff: QuietWindow = { from: '00:00', to: '24:00', days: 'off' };
const normal: Weight = { urgency: 'normal', severity: 'III' };
const east = (text: string) => new Date(`${text}+08:00`);

describe('heldUntil', () => {
  it.each([
    ['a second before the night', [night], '2026-09-16T21:59:59', null],
    ['as the night begins', [night], '2026-09-16T22:00:00', '2026-09-17 07:00'],
    ['after midnight', [night], '2026-09-17T03:00:00', '2026-09-17 07:00'],
    ['a second before the morning', [night], '2026-09-17T06:59:59', '2026-09-17 07:00'],
    ['in the morning', [night], '2026-09-17T07:00:00', null],
    ['at lunch of a Wednesday', [lunch], '2026-09-16T12:00:00', '2026-09-16 13:30'],
    ['at lunch of a Saturday', [lunch], '2026-09-19T12:00:00', null],
    ['at lunch of a Sunday that is worked (调休)', [lunch], '2026-09-20T12:00:00', '2026-09-20 13:30'],
    ['on a Saturday', [daysOff], '2026-09-19T09:00:00', '2026-09-20 00:00'],
    ['on a Sunday that is worked (调休)', [daysOff], '2026-09-20T09:00:00', null],
    ['in the middle of the National Day holiday', [daysOff], '2026-10-03T09:00:00', '2026-10-08 00:00'],
    ['days off and the night after them as one', [daysOff, night], '2026-10-03T09:00:00', '2026-10-08 07:00'],
    ['without any window', [], '2026-10-03T03:00:00', null],
  ] as const)('%s', (_, windows, at, until) => {
    const held = heldUntil(normal, windows, false, east(at), calendar);
    expect(held && localTimeText(held)).toBe(until);
  });

  it.each([
    [{ urgency: 'urgent', severity: 'I' }, true],
    [{ urgency: 'urgent', severity: 'II' }, true],
    [{ urgency: 'urgent', severity: 'III' }, false],
    [{ urgency: 'urgent', severity: null }, true],
    [{ urgency: 'normal', severity: 'I' }, false],
  ] as const)('%j breaks the night: %s', (weight, breaks) => {
    expect(breaksQuiet(weight)).toBe(breaks);
    expect(heldUntil(weight, [night], false, east('2026-09-16T23:00:00'), calendar) === null).toBe(breaks);
  });

  it('knows no quiet hours of who is on duty', () =>
    expect(heldUntil(normal, [night], true, east('2026-09-16T23:00:00'), calendar)).toBeNull());

  it('does not hold for ever who is always quiet', () => {
    const always: QuietWindow = { from: '00:00', to: '24:00', days: 'every' };
    expect(localTimeText(heldUntil(normal, [always], false, east('2026-09-16T23:00:00'), calendar)!)).toBe('2026-09-26 23:00');
  });
});

describe('allowanceAt', () => {
  const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000);
  it.each([
    ['a channel that never sent', null, 20, 0, 10],
    ['one that has nothing left', { tokens: 0, at: at(0) }, 20, 0, 0],
    ['half a minute later', { tokens: 0, at: at(0) }, 20, 30, 5],
    ['an hour later', { tokens: 0, at: at(0) }, 20, 3600, 10],
    ['a clock that went back', { tokens: 3, at: at(60) }, 20, 0, 3],
    ['one a minute', { tokens: 0, at: at(0) }, 1, 60, 1],
  ])('%s', (_, before, perMinute, seconds, tokens) => {
    expect(allowanceAt(before, perMinute, at(seconds)).tokens).toBeCloseTo(tokens, 9);
  });

  it.each([1, 2, 3, 20, 100])('lets no more than %i go in any minute, however greedily they are taken', (perMinute) => {
    const sent: number[] = [];
    let before: { tokens: number; at: Date } | null = null;
    for (let second = 0; second < 600; second++) {
      before = allowanceAt(before, perMinute, at(second));
      while (before.tokens >= 1) {
        before = { ...before, tokens: before.tokens - 1 };
        sent.push(second);
      }
    }
    const inMinuteFrom = (start: number) => sent.filter((one) => one >= start && one < start + 60).length;
    expect(Math.max(...sent.map(inMinuteFrom))).toBeLessThanOrEqual(Math.max(perMinute, 2));
    expect(sent.length).toBeGreaterThanOrEqual(perMinute * 4);
  });
});

describe('standInsFor', () => {
  const turn = (personId: string, duty: 'officer' | 'leader') => ({
    personId,
    duty,
    from: new Date(0),
    to: new Date(1),
    isOverride: false,
  });
  const people: TellablePeople = {
    onDuty: [turn('lu', 'officer'), turn('zhou', 'leader')],
    dutyOfficers: ['lu', 'tan'],
    departmentLeads: new Map([
      ['emergency', ['guo', 'liu']],
      ['health', ['pang']],
    ]),
    supervisors: ['zhou', 'yan'],
  };
  it.each([
    ['a lead with a second', 'guo', people, ['liu']],
    ['a lead alone', 'pang', people, ['lu']],
    ['the officer on duty', 'lu', people, ['zhou']],
    ['an officer off duty', 'tan', people, ['lu']],
    ['the leader on duty', 'zhou', people, ['yan']],
    ['a leader off duty', 'yan', people, ['zhou']],
    ['an officer where nobody is on duty', 'lu', { ...people, onDuty: [] }, ['zhou', 'yan']],
    ['the only one there is', 'lu', { ...people, onDuty: [], supervisors: [], dutyOfficers: ['lu'] }, []],
  ] as const)('%s', (_, personId, given, stand) => expect(standInsFor(personId, given as TellablePeople)).toEqual(stand));
});
