import { resolve } from 'node:path';
import { parseConfig } from './config-file.js';
import { dutyFile, readDutyRoster, shiftAt, shiftsBetween } from './duty.js';

const roster = readDutyRoster(resolve(__dirname, '../../../config'));
const at = (text: string) => new Date(`${text}+08:00`);
const FILE = `
shifts: [{ id: day, name: 白班, from: '08:00', to: '20:00' }, { id: night, name: 夜班, from: '20:00', to: '08:00' }]
startsOn: '2026-01-05'
rotation: [{ leader: wang, officers: { day: [a, b], night: [c] } }, { leader: li, officers: { day: [c], night: [a, b] } }]
changes: [{ date: '2026-01-06', shift: night, officer: b }]
`;
const small = parseConfig('duty.yaml', FILE, dutyFile);

describe('shiftAt', () => {
  it.each([
    ['2026-01-05T08:00:00', 'day', 'a', 'wang', '2026-01-05T08:00:00', '2026-01-05T20:00:00'],
    ['2026-01-05T19:59:59', 'day', 'a', 'wang', '2026-01-05T08:00:00', '2026-01-05T20:00:00'],
    ['2026-01-05T20:00:00', 'night', 'c', 'wang', '2026-01-05T20:00:00', '2026-01-06T08:00:00'],
    ['2026-01-06T07:59:59', 'night', 'c', 'wang', '2026-01-05T20:00:00', '2026-01-06T08:00:00'],
    ['2026-01-06T08:00:00', 'day', 'b', 'wang', '2026-01-06T08:00:00', '2026-01-06T20:00:00'],
    ['2026-01-07T03:00:00', 'night', 'b', 'wang', '2026-01-06T20:00:00', '2026-01-07T08:00:00'], // changed for this one night
    ['2026-01-12T07:59:59', 'night', 'c', 'wang', '2026-01-11T20:00:00', '2026-01-12T08:00:00'], // Sunday's night is still week one
    ['2026-01-12T08:00:00', 'day', 'c', 'li', '2026-01-12T08:00:00', '2026-01-12T20:00:00'],
    ['2026-01-19T08:00:00', 'day', 'a', 'wang', '2026-01-19T08:00:00', '2026-01-19T20:00:00'],
    ['2026-01-05T07:59:59', 'night', 'a', 'li', '2026-01-04T20:00:00', '2026-01-05T08:00:00'], // before the first week: backwards
  ])('%s is the %s shift of %s under %s', (now, shiftId, officer, leader, from, to) => {
    expect(shiftAt(small, at(now))).toMatchObject({ shiftId, officer, leader, from: at(from), to: at(to) });
  });
});

describe('holidays', () => {
  const festive = parseConfig(
    'duty.yaml',
    `${FILE}holidays: [{ leader: zhao, officers: { day: [h1], night: [h2] } }, { leader: qian, officers: { day: [h3], night: [h1] } }]`,
    dutyFile,
  );
  const isHoliday = (date: string) => date === '2026-01-06' || date === '2026-01-07';
  const who = (from: string, to: string) =>
    shiftsBetween(festive, at(from), at(to), isHoliday).map(({ officer, leader }) => `${officer}/${leader}`);
  it('are taken in turn by others, until the first shift after them', () =>
    expect(who('2026-01-05T20:00:00', '2026-01-08T09:00:00')).toEqual([
      ...['c/wang', 'h3/qian', 'b/qian', 'h1/zhao', 'h2/zhao', 'b/wang'], // b was put in by hand for that night
    ]));
  it('are as any other day where nobody laid that down', () =>
    expect(shiftsBetween(small, at('2026-01-06T08:00:00'), at('2026-01-06T09:00:00'), isHoliday)[0]!.officer).toBe('b'));
});

describe('shiftsBetween', () => {
  it('covers a year without a gap or an overlap', () => {
    const shifts = shiftsBetween(roster, at('2026-01-01T00:00:00'), at('2027-01-01T00:00:00'));
    expect(shifts.length).toBe(731);
    for (let i = 1; i < shifts.length; i++) expect(shifts[i]!.from).toEqual(shifts[i - 1]!.to);
  });

  it('gives nobody two shifts in a row', () => {
    const shifts = shiftsBetween(roster, at('2026-01-05T08:00:00'), at('2026-07-06T08:00:00'));
    for (let i = 1; i < shifts.length; i++) expect(shifts[i]!.officer).not.toBe(shifts[i - 1]!.officer);
  });

  it('leaves out a shift that ends as the span begins', () => {
    expect(shiftsBetween(small, at('2026-01-05T08:00:00'), at('2026-01-05T20:00:00'))).toHaveLength(1);
  });
});

describe('duty.yaml', () => {
  it.each([
    ['a gap', FILE.replace("to: '20:00'", "to: '19:00'"), 'duty has no gap'],
    [
      'a day of 12 hours',
      FILE.replace(/, \{ id: night[^}]*\}/, '')
        .replace("to: '20:00'", "to: '08:00'")
        .replace("from: '08:00', to: '08:00'", "from: '08:00', to: '08:30'"),
      'must add up to 24 hours',
    ],
    ['a rotation that starts on a Tuesday', FILE.replace('2026-01-05', '2026-01-06'), 'must be a Monday'],
    ['a week without night officers', FILE.replace(', night: [c]', ''), 'names nobody for the shift night'],
    ['an unknown shift', FILE.replace('shift: night', 'shift: noon'), 'changes.0.shift: is not a shift'],
    ['an hour that does not exist', FILE.replace("from: '08:00'", "from: '24:00'"), 'must be HH:MM'],
  ])('refuses %s', (_, text, fault) => {
    expect(() => parseConfig('duty.yaml', text, dutyFile)).toThrow(fault);
  });
});
