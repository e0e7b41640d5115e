import fc from 'fast-check';
import { KNOWN_CALENDAR as calendar, ruleOf, YEAR_2025, YEAR_2026 } from '../../../test/support/known-calendar.js';
import { WorkCalendar } from './calendar.js';
import { cancelDeadline, caseFacts, deadlineId, soonestDue, stampDeadlines, type Deadline, type StampRequest } from './deadline.js';
import { restamped, withCalendar } from './deadline-changes.js';
import { dueAt } from './deadline-timing.js';
import { ledgerOf, ledgerTotal } from './deadline-ledger.js';
import { instantAt, localDateOf } from './local-time.js';
import { BadInput } from './refusals.js';

const at = (text: string) => new Date(`${text}+08:00`);
const hours = (length: number) => ruleOf({ length });
const workingDays = (length: number, cutoff = '24:00') => ruleOf({ length, unit: 'workingDays', cutoff, warnAt: [] });
const anyInstant = fc
  .integer({ min: Date.parse('2024-06-01T00:00:00Z'), max: Date.parse('2028-06-01T00:00:00Z') })
  .map((ms) => new Date(ms));

describe('dueAt', () => {
  it.each([
    ['2026-02-14T20:30:00', 48, '2026-02-16T20:30:00'], // into 春节: leave does not stop the clock
    ['2026-10-01T09:05:00', 5, '2026-10-01T14:05:00'],
    ['2026-10-01T09:05:00', 24, '2026-10-02T09:05:00'],
    ['2025-01-28T22:30:00', 5, '2025-01-29T03:30:00'], // 除夕
    ['2024-02-28T23:59:59', 24, '2024-02-29T23:59:59'],
    ['2026-12-31T23:45:00', 0.25, '2027-01-01T00:00:00'],
    ['2026-11-23T09:00:00', 0.5, '2026-11-23T09:30:00'],
    ['2026-03-08T14:30:00', 24, '2026-03-09T14:30:00'], // New York changes its clocks that day, China does not
  ])('%s and %d hours is %s', (start, length, due) => {
    expect(dueAt(hours(length), at(start), calendar)).toEqual({ dueAt: at(due), provisional: false });
  });

  it.each([
    ['2026-02-13T17:00:00', 3, '24:00', '2026-02-25T23:59:59.999'],
    ['2026-02-13T00:00:00', 3, '24:00', '2026-02-25T23:59:59.999'],
    ['2026-02-13T23:59:59.999', 3, '24:00', '2026-02-25T23:59:59.999'],
    ['2026-02-14T00:00:00', 3, '24:00', '2026-02-26T23:59:59.999'],
    ['2026-02-13T17:00:00', 3, '17:30', '2026-02-25T17:30:00'],
    ['2025-12-31T08:00:00', 1, '24:00', '2026-01-04T23:59:59.999'],
    ['2026-09-18T08:00:00', 2, '17:30', '2026-09-21T17:30:00'],
  ])('%s and %d working days to %s is %s', (start, length, cutoff, due) => {
    expect(dueAt(workingDays(length, cutoff), at(start), calendar)).toEqual({ dueAt: at(due), provisional: false });
  });

  it('is provisional where it rests on a year without a notice, and never for hours', () => {
    expect(dueAt(workingDays(3), at('2026-12-25T10:00:00'), calendar).provisional).toBe(true);
    expect(dueAt(workingDays(1), at('2026-12-24T10:00:00'), calendar).provisional).toBe(false);
    expect(dueAt(hours(48), at('2027-05-01T10:00:00'), calendar).provisional).toBe(false);
  });

  it('refuses an invalid start', () => {
    expect(() => dueAt(hours(5), new Date(NaN), calendar)).toThrow(RangeError);
    expect(() => dueAt(workingDays(5), new Date(NaN), calendar)).toThrow(RangeError);
  });

  /** Whatever the unit, the cutoff, the start, and what stood in between. */
  const anyCase = fc.record({
    unit: fc.constantFrom('hours' as const, 'workingDays' as const, 'naturalDays' as const),
    cutoff: fc.constantFrom('24:00', '17:30', '12:00'),
    start: anyInstant,
    length: fc.integer({ min: 1, max: 60 }),
    more: fc.integer({ min: 0, max: 20 }),
    stands: fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 300 })), { maxLength: 3 }),
  });
  type Case = typeof anyCase extends fc.Arbitrary<infer T> ? T : never;
  const read = ({ unit, cutoff, start, length, stands }: Case) => {
    let from = start.getTime();
    const pauses = stands.map(([after, lasts]) => {
      const begun = from + after * 3_600_000;
      from = begun + lasts * 3_600_000;
      return { from: new Date(begun), to: new Date(from), ground: '等待第三方', reason: '委托评估', approvedBy: '周明远' };
    });
    return { rule: ruleOf({ unit, cutoff, length, warnAt: [] }), start, pauses };
  };
  const dueOf = (one: Case, by = calendar) => {
    const { rule, start, pauses } = read(one);
    return dueAt(rule, start, by, pauses).dueAt;
  };

  it('of days never lands on a day off, of either kind', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        fc.pre(one.unit !== 'hours');
        expect(calendar.isWorkday(localDateOf(dueOf(one)))).toBe(true);
      }),
    );
  });

  it('never falls earlier for a longer rule, whatever the unit', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        expect(dueOf({ ...one, length: one.length + one.more }).getTime()).toBeGreaterThanOrEqual(dueOf(one).getTime());
      }),
    );
  });

  it('never falls earlier for one more holiday, whatever the unit; of hours it does not move', () => {
    const day = fc.integer({ min: 0, max: 720 }).map((n) => localDateOf(new Date(Date.parse('2025-01-02T00:00:00Z') + n * 86_400_000)));
    fc.assert(
      fc.property(anyCase, day, (one, holiday) => {
        fc.pre(calendar.dayKind(holiday).kind === 'weekday');
        const into = holiday.startsWith('2025') ? YEAR_2025 : YEAR_2026;
        const longer = new WorkCalendar([
          { ...into, holidays: [...into.holidays, { name: '加放', days: [holiday] }] },
          into === YEAR_2025 ? YEAR_2026 : YEAR_2025,
        ]);
        const [before, after] = [dueOf(one).getTime(), dueOf(one, longer).getTime()];
        expect(after).toBeGreaterThanOrEqual(before);
        if (one.unit === 'hours') expect(after).toBe(before);
      }),
    );
  });

  it('has a ledger that sums to the length and ends where it does, whatever the unit and what stood', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const { rule, start, pauses } = read(one);
        const lines = ledgerOf(rule, start, calendar, pauses);
        const due = dueOf(one);
        expect(ledgerTotal(lines)).toBe(one.length);
        expect(lines.at(-1)!.to).toBe(one.unit === 'hours' ? due.toISOString() : localDateOf(due));
      }),
    );
  });
});

describe('ledgerOf', () => {
  it('splits hours at midnight in China and says that leave does not stop them', () => {
    expect(ledgerOf(hours(48), at('2026-02-14T20:30:00'), calendar)).toEqual([
      {
        from: '2026-02-14T12:30:00.000Z',
        to: '2026-02-14T16:00:00.000Z',
        counted: true,
        amount: 3.5,
        unit: 'hours',
        why: '连续计时，夜间照走',
      },
      {
        from: '2026-02-14T16:00:00.000Z',
        to: '2026-02-15T16:00:00.000Z',
        counted: true,
        amount: 24,
        unit: 'hours',
        why: '连续计时，春节放假照走',
      },
      {
        from: '2026-02-15T16:00:00.000Z',
        to: '2026-02-16T12:30:00.000Z',
        counted: true,
        amount: 20.5,
        unit: 'hours',
        why: '连续计时，春节放假照走',
      },
    ]);
  });

  it('has a line for each day of working days', () => {
    expect(ledgerOf(workingDays(1), at('2026-06-18T18:00:00'), calendar).map((line) => [line.from, line.amount, line.why])).toEqual([
      ['2026-06-18', 0, '首日不计（周四）'],
      ['2026-06-19', 0, '端午节放假'],
      ['2026-06-20', 0, '端午节放假'],
      ['2026-06-21', 0, '端午节放假'],
      ['2026-06-22', 1, '周一'],
    ]);
  });

  it('sums to the length, and ends where the deadline does', () => {
    const minutes = fc.integer({ min: 1, max: 20_000 });
    fc.assert(
      fc.property(anyInstant, minutes, fc.integer({ min: 1, max: 60 }), (start, length, days) => {
        const inHours = hours(length / 60);
        const lines = ledgerOf(inHours, start, calendar);
        expect(ledgerTotal(lines)).toBe(length / 60);
        expect(lines[0]!.from).toBe(start.toISOString());
        expect(lines.at(-1)!.to).toBe(dueAt(inHours, start, calendar).dueAt.toISOString());
        lines.slice(1).forEach((line, index) => expect(line.from).toBe(lines[index]!.to));
        const dayLines = ledgerOf(workingDays(days), start, calendar);
        expect(ledgerTotal(dayLines)).toBe(days);
        expect(dayLines.at(-1)!.to).toBe(localDateOf(dueAt(workingDays(days), start, calendar).dueAt));
      }),
    );
  });
});

describe('soonestDue', () => {
  const clock = (due: string, different: Partial<Deadline> = {}, milestone: Deadline['rule']['milestone'] = 'first-response') =>
    ({ dueAt: at(due), metAt: null, cancelledAt: null, rule: { milestone }, ...different }) as Deadline;
  const early = '2026-11-20T09:00:00';
  const late = '2026-11-21T09:00:00';

  it.each<[string, Deadline[], string | null]>([
    ['none', [], null],
    ['of two that run', [clock(late), clock(early)], early],
    ['not of one that is met', [clock(early, { metAt: at(early) }), clock(late)], late],
    ['not of one that is cancelled', [clock(early, { cancelledAt: at(early) }), clock(late)], late],
    ['not of one that only reminds', [clock(early, {}, 'reminder'), clock(late)], late],
    ['nothing runs', [clock(early, { metAt: at(early) }), clock(late, {}, 'reminder')], null],
  ])('%s', (_, clocks, due) => expect(soonestDue(clocks)).toEqual(due === null ? null : at(due)));
});

describe('stampDeadlines', () => {
  const rules = [
    ruleOf(),
    ruleOf({ id: 'OP-02', name: '新闻发布会', length: 24, milestone: 'press-conference', metBy: ['press-conference'] }),
    ruleOf({ id: 'OP-03', name: '政务舆情回应', length: 48, severities: ['III', 'IV'], startsFrom: ['detected'] }),
    ruleOf({ id: 'TK-01', trigger: 'task-assigned', severities: ['I', 'II', 'III', 'IV'], startsFrom: ['assigned'], length: 0.5 }),
    ruleOf({
      id: 'PI-01',
      trigger: 'document-published',
      severities: ['IV'],
      startsFrom: ['document-published'],
      length: 3,
      unit: 'workingDays',
      warnAt: [
        { workingDaysLeft: 1, at: '09:00' },
        { workingDaysLeft: 0, at: '09:00' },
      ],
    }),
  ];
  const facts = caseFacts({
    occurredAt: at('2026-11-20T07:40:00'),
    detectedAt: at('2026-11-20T08:05:00'),
    confirmedAt: at('2026-11-20T08:20:00'),
    statedBy: '何静',
  });
  const request = (different: Partial<StampRequest> = {}): StampRequest => ({
    trigger: 'case-opened',
    subject: { kind: 'case', id: 'c1' },
    severity: 'I',
    facts,
    rules,
    calendar,
    ...different,
  });

  it.each([
    ['I', ['OP-01 2026-11-20T04:40:00.000Z', 'OP-02 2026-11-20T23:40:00.000Z']],
    ['II', ['OP-01 2026-11-20T04:40:00.000Z', 'OP-02 2026-11-20T23:40:00.000Z']],
    ['III', ['OP-03 2026-11-22T00:05:00.000Z']],
    ['IV', ['OP-03 2026-11-22T00:05:00.000Z']],
  ] as const)('level %s owes %j', (severity, owed) => {
    expect(stampDeadlines(request({ severity })).map((one) => `${one.rule.id} ${one.dueAt.toISOString()}`)).toEqual(owed);
  });

  it('starts at the earlier of occurrence and detection, and keeps who stated it', () => {
    expect(stampDeadlines(request())[0]!.start).toEqual({ fact: 'occurred', at: at('2026-11-20T07:40:00'), statedBy: '何静' });
    const unknown = caseFacts({
      occurredAt: null,
      detectedAt: at('2026-11-20T08:05:00'),
      confirmedAt: at('2026-11-20T08:20:00'),
      statedBy: '何静',
    });
    expect(stampDeadlines(request({ facts: unknown }))[0]!.start).toEqual({
      fact: 'detected',
      at: at('2026-11-20T08:05:00'),
      statedBy: '系统',
    });
  });

  it('never starts a clock at the confirmation', () => {
    const late = caseFacts({
      occurredAt: null,
      detectedAt: at('2026-11-19T08:05:00'),
      confirmedAt: at('2026-11-20T08:20:00'),
      statedBy: '何静',
    });
    expect(stampDeadlines(request({ facts: late }))[0]!.dueAt).toEqual(at('2026-11-19T13:05:00'));
  });

  it('stamps the rule with version and citation, its steps, and the same id each time', () => {
    const [first] = stampDeadlines(request());
    expect(first).toMatchObject({
      id: deadlineId({ kind: 'case', id: 'c1' }, 'OP-01'),
      rule: { id: 'OP-01', version: '1', document: '国办发〔2016〕80号' },
      lengthSeconds: 18_000,
      provisional: false,
      metAt: null,
      steps: [
        { kind: 'warn', percent: 50, at: at('2026-11-20T10:10:00'), firedAt: null },
        { kind: 'warn', percent: 80, at: at('2026-11-20T11:40:00'), firedAt: null },
        { kind: 'breach', percent: 100, at: at('2026-11-20T12:40:00'), firedAt: null },
      ],
    });
    expect(first!.rule).not.toHaveProperty('trigger');
    expect(stampDeadlines(request())[0]!.id).toBe(first!.id);
    expect(stampDeadlines(request({ round: 1 }))[0]!.id).not.toBe(first!.id);
  });

  it('warns of working days at nine on the day before the last, and on the last', () => {
    const published = [{ fact: 'document-published' as const, at: at('2026-02-13T10:00:00'), statedBy: '门户网站' }];
    const [deadline] = stampDeadlines(
      request({ trigger: 'document-published', severity: 'IV', facts: published, subject: { kind: 'document', id: 'd1' } }),
    );
    expect(deadline!.steps.map((step) => [step.kind, step.at])).toEqual([
      ['warn', at('2026-02-24T09:00:00')],
      ['warn', at('2026-02-25T09:00:00')],
      ['breach', at('2026-02-25T23:59:59.999')],
    ]);
    expect(new Set(deadline!.steps.map((step) => step.percent)).size).toBe(3);
  });

  it('leaves out a warning for a day before any has passed', () => {
    const oneDay = ruleOf({
      length: 1,
      unit: 'workingDays',
      warnAt: [
        { workingDaysLeft: 1, at: '09:00' },
        { workingDaysLeft: 0, at: '09:00' },
      ],
    });
    const [deadline] = stampDeadlines(request({ rules: [oneDay] }));
    expect(deadline!.steps.map((step) => step.at)).toEqual([at('2026-11-23T09:00:00'), at('2026-11-23T23:59:59.999')]);
  });

  it('uses the rules in force at the latest fact, and the nearest jurisdiction', () => {
    const city = ruleOf({ version: 'c1', length: 4, jurisdiction: 'city', effectiveFrom: '2026-11-20' });
    const old = ruleOf({ version: '0', length: 6, effectiveFrom: '2016-01-01', effectiveUntil: '2016-11-10' });
    expect(stampDeadlines(request({ rules: [city, old, ...rules] }))[0]).toMatchObject({ rule: { version: 'c1' }, lengthSeconds: 14_400 });
    const earlier = facts.map((fact) => ({ ...fact, at: new Date(fact.at.getTime() - 86_400_000) }));
    expect(stampDeadlines(request({ rules: [city, old, ...rules], facts: earlier }))[0]).toMatchObject({ rule: { version: '1' } });
  });

  it('refuses an occurrence later than the officer who states it', () => {
    const stated = (occurredAt: Date) => () =>
      caseFacts({ occurredAt, detectedAt: at('2026-11-20T08:00:00'), confirmedAt: at('2026-11-20T08:20:00'), statedBy: '何静' });
    expect(stated(at('2026-11-20T08:20:00.001'))).toThrow('occurredAt must not be in the future');
    expect(stated(at('2026-11-20T08:20:00'))).not.toThrow();
  });

  it('refuses a start nobody stated', () => {
    expect(() => stampDeadlines(request({ facts: [] }))).toThrow(BadInput);
    expect(() => stampDeadlines(request({ trigger: 'task-assigned' }))).toThrow('facts must hold one of assigned for rule TK-01');
  });
});

describe('withCalendar', () => {
  const rule = ruleOf({ length: 3, unit: 'workingDays', warnAt: [{ workingDaysLeft: 0, at: '09:00' }] });
  const facts = caseFacts({
    occurredAt: null,
    detectedAt: at('2026-12-30T10:00:00'),
    confirmedAt: at('2026-12-30T10:00:00'),
    statedBy: '何静',
  });
  const [deadline] = stampDeadlines({
    trigger: 'case-opened',
    subject: { kind: 'case', id: 'c1' },
    severity: 'I',
    facts,
    rules: [rule],
    calendar,
  });
  const year2027 = { year: 2027, source: null, sourceNote: '', holidays: [{ name: '元旦', days: ['2027-01-01'] }], workdays: [] };
  const published = new WorkCalendar([YEAR_2025, YEAR_2026, year2027]);

  it('moves an open provisional clock when the notice is out', () => {
    expect(deadline).toMatchObject({ dueAt: at('2027-01-04T23:59:59.999'), provisional: true });
    const moved = withCalendar(deadline!, published);
    expect(moved).toMatchObject({ id: deadline!.id, dueAt: at('2027-01-05T23:59:59.999'), provisional: false });
    expect(moved.steps.map((step) => step.at)).toEqual([at('2027-01-05T09:00:00'), at('2027-01-05T23:59:59.999')]);
  });

  it('leaves met and cancelled clocks and unaffected ones alone', () => {
    const met = { ...deadline!, metAt: at('2026-12-31T10:00:00') };
    const cancelled = cancelDeadline(deadline!, at('2026-12-31T10:00:00'), '误报');
    expect(withCalendar(met, published)).toBe(met);
    expect(withCalendar(cancelled, published)).toBe(cancelled);
    expect(withCalendar(deadline!, calendar)).toBe(deadline);
  });

  it('keeps what has fired, and owes the breach of a later end anew', () => {
    const fired = {
      ...deadline!,
      steps: deadline!.steps.map((step) => ({ ...step, firedAt: step.kind === 'breach' ? at('2027-01-05T00:00:00') : null })),
    };
    expect(withCalendar(fired, published).steps.filter((step) => step.kind === 'breach')).toEqual([
      { kind: 'breach', percent: 100, at: at('2027-01-04T23:59:59.999'), firedAt: at('2027-01-05T00:00:00') },
      { kind: 'breach', percent: 101, at: at('2027-01-05T23:59:59.999'), firedAt: null },
    ]);
    const again = withCalendar(fired, published);
    expect(restamped(again, published).steps).toEqual(again.steps);
  });
});

it('24:00 is the last millisecond of its day', () => {
  expect(dueAt(workingDays(1), at('2026-11-23T10:00:00'), calendar).dueAt.getTime()).toBe(instantAt('2026-11-25', '00:00').getTime() - 1);
});
