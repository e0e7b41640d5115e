import type { PersonRow } from '@huiying/persistence';
import type { DutyRoster } from '@huiying/settings';
import { mergeTurns, turnsOf } from './duty-desk.js';

const ROSTER: DutyRoster = {
  shifts: [
    { id: 'day', name: '白班', from: '08:00', to: '20:00' },
    { id: 'night', name: '夜班', from: '20:00', to: '08:00' },
  ],
  startsOn: '2026-11-16',
  rotation: [{ leader: 'zhou', officers: { day: ['lu'], night: ['tan'] } }],
  holidays: [],
  changes: [],
};
const DAY = 86_400_000;
const person = (username: string): PersonRow => ({
  id: `id-${username}`,
  username,
  name: username,
  role: 'duty-officer',
  departmentId: null,
  phone: null,
  email: null,
  lastLoginAt: null,
  disabledAt: null,
});
const AT = new Date('2026-11-18T01:00:00Z');
const around = (people: PersonRow[]) => turnsOf(ROSTER, people, new Date(AT.getTime() - 2 * DAY), new Date(AT.getTime() + 9 * DAY));

it('turns usernames of the roster into people', () => {
  const now = around(['zhou', 'lu', 'tan'].map(person)).filter((turn) => turn.from <= AT && AT < turn.to);
  expect(now).toEqual([
    { personId: 'id-lu', duty: 'officer', from: new Date('2026-11-18T00:00:00Z'), to: new Date('2026-11-18T12:00:00Z'), isOverride: false },
    {
      personId: 'id-zhou',
      duty: 'leader',
      from: new Date('2026-11-18T00:00:00Z'),
      to: new Date('2026-11-18T12:00:00Z'),
      isOverride: false,
    },
  ]);
});

it('leaves out who has no account: then everybody else is told', () => {
  expect(around([person('tan')]).every((turn) => turn.personId === 'id-tan')).toBe(true);
});

it('shows a leader’s shifts that meet as one turn, and an officer’s shifts apart', () => {
  const merged = mergeTurns(around(['zhou', 'lu'].map(person)));
  expect(merged.filter((turn) => turn.duty === 'leader')).toHaveLength(1);
  const lu = merged.filter((turn) => turn.personId === 'id-lu');
  expect(lu.length).toBeGreaterThan(5);
  expect(lu.every((turn) => turn.to.getTime() - turn.from.getTime() === 12 * 3_600_000)).toBe(true);
});
