import { dutyAt, dutyGaps, onDutyAt, type DutyTurn } from './duty.js';
import { recipientsFor, type TellablePeople, type TellFact } from './escalation.js';

const at = (text: string) => new Date(`2026-11-${text}+08:00`);
const turn = (personId: string, from: string, to: string, duty: DutyTurn['duty'] = 'officer', isOverride = false): DutyTurn => ({
  personId,
  duty,
  from: at(from),
  to: at(to),
  isOverride,
});
const roster = [
  turn('day', '23T08:00:00', '23T20:00:00'),
  turn('night', '23T20:00:00', '24T08:00:00'),
  turn('swap', '23T22:00:00', '24T02:00:00', 'officer', true),
  turn('leader', '23T08:00:00', '24T08:00:00', 'leader'),
];
const who = (turns: DutyTurn[]) => turns.map((one) => one.personId);

describe('onDutyAt', () => {
  it.each([
    ['23T07:59:59', []],
    ['23T08:00:00', ['leader', 'day']],
    ['23T19:59:59', ['leader', 'day']],
    ['23T20:00:00', ['leader', 'night']],
    ['23T21:59:59', ['leader', 'night']],
    ['23T22:00:00', ['leader', 'swap']],
    ['24T01:59:59', ['leader', 'swap']],
    ['24T02:00:00', ['leader', 'night']],
    ['24T08:00:00', []],
  ])('%s: %j', (time, people) => expect(who(onDutyAt(roster, at(time)))).toEqual(people));

  it('names a person once', () => {
    expect(who(onDutyAt([turn('a', '23T08:00:00', '23T20:00:00'), turn('a', '23T10:00:00', '23T12:00:00')], at('23T11:00:00')))).toEqual([
      'a',
    ]);
  });
});

describe('dutyAt', () => {
  it.each([
    ['23T12:00:00', ['leader', 'night'], '23T20:00:00'],
    ['23T20:00:00', ['leader', 'swap'], '23T22:00:00'],
    ['23T23:00:00', ['leader', 'night'], '24T02:00:00'],
    ['24T03:00:00', [], '24T08:00:00'],
    ['23T00:00:00', ['leader', 'day'], '23T08:00:00'],
  ])('from %s next is %j at %s', (time, next, changesAt) => {
    const answer = dutyAt(roster, at(time));
    expect([who(answer.next), answer.changesAt]).toEqual([next, at(changesAt)]);
  });

  it('passes over a boundary at which the same person goes on', () => {
    const twice = [
      turn('a', '23T08:00:00', '23T20:00:00'),
      turn('a', '23T20:00:00', '24T08:00:00'),
      turn('b', '24T08:00:00', '24T20:00:00'),
    ];
    expect(dutyAt(twice, at('23T12:00:00')).changesAt).toEqual(at('24T08:00:00'));
  });

  it('has nothing to say of an empty roster', () => expect(dutyAt([], at('23T12:00:00'))).toEqual({ now: [], next: [], changesAt: null }));
});

it('dutyGaps finds the hours nobody has', () => {
  const turns = [turn('a', '23T08:00:00', '23T12:00:00'), turn('b', '23T11:00:00', '23T14:00:00'), turn('c', '23T16:00:00', '23T18:00:00')];
  expect(dutyGaps(turns, 'officer', at('23T06:00:00'), at('23T20:00:00'))).toEqual([
    { from: at('23T06:00:00'), to: at('23T08:00:00') },
    { from: at('23T14:00:00'), to: at('23T16:00:00') },
    { from: at('23T18:00:00'), to: at('23T20:00:00') },
  ]);
  expect(dutyGaps(turns, 'officer', at('23T09:00:00'), at('23T13:00:00'))).toEqual([]);
  expect(dutyGaps(turns, 'leader', at('23T09:00:00'), at('23T13:00:00'))).toHaveLength(1);
});

describe('recipientsFor', () => {
  const people: TellablePeople = {
    onDuty: [turn('officer', '23T08:00:00', '23T20:00:00'), turn('leader', '23T08:00:00', '23T20:00:00', 'leader')],
    dutyOfficers: ['officer', 'officer-2', 'officer-3'],
    departmentLeads: new Map([
      ['d1', ['lead-1', 'lead-1b']],
      ['d2', ['lead-2']],
      ['empty', []],
    ]),
    supervisors: ['boss'],
  };
  const raised: TellFact = { kind: 'alert-raised' };
  const warned: TellFact = { kind: 'deadline-warned', departmentIds: ['d1'] };
  const breached: TellFact = { kind: 'deadline-breached', departmentIds: ['d1', 'd2'] };
  const nobody = { ...people, onDuty: [] };
  it.each<[string, TellFact, 'I' | 'II' | 'III' | 'IV', TellablePeople, string[]]>([
    ['an alert', raised, 'III', people, ['officer']],
    ['a grave alert', raised, 'II', people, ['officer', 'leader']],
    ['an alert with nobody on duty', raised, 'IV', nobody, ['officer', 'officer-2', 'officer-3']],
    ['a grave alert with nobody on duty', raised, 'I', nobody, ['officer', 'officer-2', 'officer-3', 'boss']],
    ['an assigned task', { kind: 'task-assigned', departmentId: 'd1' }, 'I', people, ['lead-1', 'lead-1b']],
    ['a task for a department without a lead', { kind: 'task-assigned', departmentId: 'empty' }, 'III', people, ['boss']],
    [
      'a task for an unknown department and no supervisor',
      { kind: 'task-assigned', departmentId: 'x' },
      'III',
      { ...people, supervisors: [] },
      ['officer', 'officer-2', 'officer-3'],
    ],
    ['a returned task', { kind: 'task-returned', departmentId: 'd1' }, 'III', people, ['officer']],
    ['an answered task', { kind: 'task-replied', departmentId: 'd1' }, 'I', people, ['officer']],
    ['a warned clock', warned, 'I', people, ['lead-1', 'lead-1b', 'officer']],
    ['a breached clock', breached, 'IV', people, ['lead-1', 'lead-1b', 'lead-2', 'officer', 'boss']],
    ['a breached grave clock', breached, 'I', people, ['lead-1', 'lead-1b', 'lead-2', 'officer', 'leader', 'boss']],
    ['a clock of a case not yet assigned', { kind: 'deadline-warned', departmentIds: [] }, 'III', people, ['officer']],
    [
      'an alert where only leads exist',
      raised,
      'III',
      { onDuty: [], dutyOfficers: [], supervisors: [], departmentLeads: people.departmentLeads },
      ['lead-1', 'lead-1b', 'lead-2'],
    ],
  ])('%s', (_what, fact, severity, among, expected) => {
    expect(recipientsFor(fact, severity, among).map((one) => one.personId)).toEqual(expected);
  });

  it('tells a person once, with a reason', () => {
    const both = { ...people, supervisors: ['lead-1', 'leader'] };
    const told = recipientsFor(breached, 'I', both);
    expect(told.filter((one) => one.personId === 'lead-1')).toEqual([{ personId: 'lead-1', reason: '责任部门负责人' }]);
    expect(told.filter((one) => one.personId === 'leader')).toEqual([{ personId: 'leader', reason: '带班领导（特别重大、重大）' }]);
  });
});
