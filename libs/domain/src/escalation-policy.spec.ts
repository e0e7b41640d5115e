import { WorkCalendar } from './calendar.js';
import type { TellablePeople } from './escalation.js';
import {
  afterMove,
  firedByHand,
  nextMove,
  peopleOn,
  policyFor,
  type EscalationPolicy,
  type EscalationState,
  type PolicyRule,
} from './escalation-policy.js';

const BORN = new Date('2026-09-18T12:00:00Z'); // Friday, 20:00 in China
const at = (minutes: number, seconds = 0) => new Date(BORN.getTime() + minutes * 60_000 + seconds * 1_000);
const POLICY: EscalationPolicy = {
  id: 'grave',
  name: '特别重大、重大',
  steps: [
    { afterMinutes: 5, tell: ['officer', 'leader'] },
    { afterMinutes: 15, tell: ['deputy'] },
    { afterMinutes: 30, tell: ['head'] },
  ],
  repeat: { everyMinutes: 10, times: 3 },
  idle: { afterMinutes: 20, times: 2 },
};
const FRESH: EscalationState = {
  bornAt: BORN,
  fired: 0,
  acknowledgedAt: null,
  touchedAt: null,
  idleFired: 0,
  lastIdleAt: null,
  endedAt: null,
};
const minutesOf = (date: Date) => (date.getTime() - BORN.getTime()) / 60_000;
const seen = (state: Partial<EscalationState>, now: Date, policy = POLICY) => {
  const move = nextMove(policy, { ...FRESH, ...state }, now);
  return move && [move.kind, move.index, minutesOf(move.at), move.isDue, move.late, move.tell.join('+')];
};

describe('nextMove', () => {
  it.each([
    ['at birth', {}, at(0), ['step', 0, 5, false, false, 'officer+leader']],
    ['a second before the first step', {}, at(4, 59), ['step', 0, 5, false, false, 'officer+leader']],
    ['at the first step', {}, at(5), ['step', 0, 5, true, false, 'officer+leader']],
    ['a minute after it', {}, at(6), ['step', 0, 5, true, false, 'officer+leader']],
    ['more than a minute after it: late', {}, at(6, 1), ['step', 0, 5, true, true, 'officer+leader']],
    ['after an outage: in order, one by one', { fired: 1 }, at(200), ['step', 1, 15, true, true, 'deputy']],
    ['after an outage: the last step', { fired: 2 }, at(200), ['step', 2, 30, true, true, 'head']],
    ['the first repeat', { fired: 3 }, at(31), ['repeat', 3, 40, false, false, 'officer+leader+head']],
    ['the third repeat', { fired: 5 }, at(55), ['repeat', 5, 60, false, false, 'officer+leader+head']],
    ['repeats that an outage swallowed are one', { fired: 3 }, at(55), ['repeat', 4, 50, true, true, 'officer+leader+head']],
    ['and none beyond the last', { fired: 3 }, at(500), ['repeat', 5, 60, true, true, 'officer+leader+head']],
    ['after the last repeat nothing', { fired: 6 }, at(500), null],
    ['acknowledged: no step any more', { fired: 1, acknowledgedAt: at(8) }, at(20), ['idle', 0, 28, false, false, 'officer']],
    ['acknowledged and idle', { fired: 1, acknowledgedAt: at(8) }, at(28), ['idle', 0, 28, true, false, 'officer']],
    ['something was done meanwhile', { acknowledgedAt: at(8), touchedAt: at(18) }, at(28), ['idle', 0, 38, false, false, 'officer']],
    [
      'something was done before it was acknowledged',
      { acknowledgedAt: at(8), touchedAt: at(3) },
      at(9),
      ['idle', 0, 28, false, false, 'officer'],
    ],
    [
      'idle a second time: the leader too',
      { acknowledgedAt: at(8), idleFired: 1, lastIdleAt: at(28) },
      at(48),
      ['idle', 1, 48, true, false, 'officer+leader'],
    ],
    ['idle too often', { acknowledgedAt: at(8), idleFired: 2, lastIdleAt: at(48) }, at(500), null],
    ['ended', { endedAt: at(3) }, at(500), null],
    ['ended after it was acknowledged', { acknowledgedAt: at(2), endedAt: at(3) }, at(500), null],
  ] as const)('%s', (_, state, now, expected) => expect(seen(state, now)).toEqual(expected));

  it.each([
    ['without a repeat', { ...POLICY, repeat: null }, { fired: 3 }],
    ['without a rule for idleness', { ...POLICY, idle: null }, { acknowledgedAt: at(8) }],
    ['without any step', { ...POLICY, steps: [] }, {}],
  ] as const)('%s there is nothing more', (_, policy, state) => expect(seen(state, at(500), policy)).toBeNull());

  it('repeats without end where it is to', () => {
    const policy = { ...POLICY, repeat: { everyMinutes: 10, times: null } };
    expect(seen({ fired: 300 }, at(3000), policy)?.slice(0, 4)).toEqual(['repeat', 300, 3010, false]);
    expect(seen({ fired: 300 }, at(9999), policy)?.slice(0, 4)).toEqual(['repeat', 998, 9990, true]);
  });

  it('makes each move once, however often it is asked', () => {
    let state = FRESH;
    const made: string[] = [];
    for (let minute = 0; minute <= 120; minute++) {
      for (let move = nextMove(POLICY, state, at(minute)); move?.isDue; move = nextMove(POLICY, state, at(minute))) {
        made.push(`${minute} ${move.kind} ${move.index}`);
        state = afterMove(state, move, at(minute));
      }
    }
    expect(made).toEqual(['5 step 0', '15 step 1', '30 step 2', '40 repeat 3', '50 repeat 4', '60 repeat 5']);
  });

  it('catches up after an outage in order, and ends', () => {
    let state = FRESH;
    const made: string[] = [];
    for (let move = nextMove(POLICY, state, at(700)); move?.isDue; move = nextMove(POLICY, state, at(700))) {
      made.push(`${move.kind} ${move.index} ${move.late ? 'late' : ''}`);
      state = afterMove(state, move, at(700));
    }
    expect(made).toEqual(['step 0 late', 'step 1 late', 'step 2 late', 'repeat 5 late']);
  });

  it('says why, in words', () => expect(nextMove(POLICY, { ...FRESH, fired: 1 }, at(15))!.reason).toBe('已 15 分无人确认，上报分管领导'));
});

describe('firedByHand', () => {
  it.each([
    ['officer', 0, 0],
    ['leader', 0, 1],
    ['deputy', 0, 2],
    ['head', 0, 3],
    ['leader', 2, 2],
  ] as const)('to %s after %i', (to, fired, behind) => expect(firedByHand(POLICY, fired, to)).toBe(behind));
});

describe('policyFor', () => {
  const calendar = new WorkCalendar([
    { year: 2026, source: null, sourceNote: 'spec', holidays: [], workdays: [{ name: '国庆节', days: ['2026-09-20'] }] },
  ]);
  const rule = (id: string, more: Partial<PolicyRule>): PolicyRule => ({
    ...POLICY,
    ...{ id, matters: ['alert'], severities: ['I', 'II'], clocks: null, days: 'every', hours: null },
    ...more,
  });
  const rules = [
    rule('off', { days: 'off' }),
    rule('night', { hours: { from: '18:00', to: '08:30' } }),
    rule('day', {}),
    rule('op01', { matters: ['clock-breached'], severities: ['I'], clocks: ['OP-01'] }),
    rule('clock', { matters: ['clock-warned', 'clock-breached'], severities: ['I', 'II', 'III', 'IV'] }),
  ];
  const chosen = (matter: PolicyRule['matters'][number], severity: 'I' | 'II' | 'III', ruleId: string | null, when: string) =>
    policyFor(rules, { matter, severity, ruleId, at: new Date(`${when}+08:00`) }, calendar)?.id ?? null;

  it.each([
    ['alert', 'II', null, '2026-09-18T17:59:59', 'day'],
    ['alert', 'II', null, '2026-09-18T18:00:00', 'night'],
    ['alert', 'II', null, '2026-09-18T08:29:59', 'night'],
    ['alert', 'II', null, '2026-09-18T08:30:00', 'day'],
    ['alert', 'II', null, '2026-09-19T10:00:00', 'off'],
    ['alert', 'II', null, '2026-09-20T10:00:00', 'day'], // a Sunday that is worked (调休)
    ['alert', 'III', null, '2026-09-18T10:00:00', null],
    ['clock-breached', 'I', 'OP-01', '2026-09-18T10:00:00', 'op01'],
    ['clock-breached', 'I', 'OP-02', '2026-09-18T10:00:00', 'clock'],
    ['clock-warned', 'III', 'OP-03', '2026-09-19T10:00:00', 'clock'],
  ] as const)('%s %s %s at %s: %s', (matter, severity, ruleId, when, id) => expect(chosen(matter, severity, ruleId, when)).toBe(id));

  it('is a copy without what chose it: it is frozen with the matter', () =>
    expect(Object.keys(policyFor(rules, { matter: 'alert', severity: 'I', ruleId: null, at: BORN }, calendar)!).sort()).toEqual([
      'id',
      'idle',
      'name',
      'repeat',
      'steps',
    ]));
});

describe('peopleOn', () => {
  const turn = (personId: string, duty: 'officer' | 'leader') => ({ personId, duty, from: BORN, to: at(600), isOverride: false });
  const people: TellablePeople = {
    onDuty: [turn('lu', 'officer'), turn('zhou', 'leader')],
    dutyOfficers: ['lu', 'tan'],
    departmentLeads: new Map(),
    supervisors: ['zhou', 'yan'],
  };
  const ladder = { deputy: ['fang'], head: ['mayor'] };
  const empty = { deputy: [], head: [] };
  it.each([
    ['officer', ladder, people, ['lu']],
    ['leader', ladder, people, ['zhou']],
    ['deputy', ladder, people, ['fang']],
    ['head', ladder, people, ['mayor']],
    ['officer', ladder, { ...people, onDuty: [] }, ['lu', 'tan']],
    ['leader', ladder, { ...people, onDuty: [] }, ['zhou', 'yan']],
    ['deputy', { ...ladder, deputy: [] }, people, ['mayor']],
    ['head', { ...ladder, head: [] }, people, ['fang']],
    ['head', empty, people, ['zhou']],
    ['head', empty, { ...people, onDuty: [], supervisors: [] }, ['lu', 'tan']],
    ['head', empty, { ...people, onDuty: [], supervisors: [], dutyOfficers: [] }, []],
  ] as const)('%s', (rung, given, who, ids) => expect(peopleOn(rung, given, who as TellablePeople)).toEqual(ids));
});
