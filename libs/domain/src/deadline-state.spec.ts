import fc from 'fast-check';
import { KNOWN_CALENDAR as calendar, ruleOf } from '../../../test/support/known-calendar.js';
import { cancelDeadline, caseFacts, stampDeadlines, type Deadline } from './deadline.js';
import { fireStep, nextStep, stateOf, timeBand } from './deadline-state.js';
import { applyEvidence, assertBelievable, evidenceFaults, meets, type Evidence } from './evidence.js';
import { BadInput } from './refusals.js';
import { restampDeadlines } from './restamp.js';

const START = new Date('2026-11-20T08:00:00+08:00');
const after = (minutes: number, ms = 0) => new Date(START.getTime() + minutes * 60_000 + ms);
const facts = caseFacts({ occurredAt: null, detectedAt: START, confirmedAt: after(10), statedBy: '何静' });
const subject = { kind: 'case' as const, id: 'c1' };
const rules = [
  ruleOf(),
  ruleOf({ id: 'OP-02', name: '新闻发布会', length: 24, milestone: 'press-conference', metBy: ['press-conference'] }),
  ruleOf({ id: 'OP-03', name: '政务舆情回应', length: 48, severities: ['III', 'IV'], startsFrom: ['detected'] }),
];
const request = { trigger: 'case-opened' as const, subject, severity: 'I' as const, facts, rules, calendar };
const [statement, conference] = stampDeadlines(request) as [Deadline, Deadline];
const proof = (different: Partial<Evidence> = {}): Evidence => ({
  id: 'e1',
  kind: 'statement',
  url: 'https://www.wangchuan.example/a.html',
  sha256: null,
  publishedAt: after(120),
  ...different,
});
const met = (minutes: number, ms = 0) => ({ ...statement, metAt: after(minutes, ms) });

describe('stateOf', () => {
  it.each([
    ['running', statement, after(300, -1)],
    ['overdue', statement, after(300)],
    ['overdue', statement, after(300, 1)],
    ['met', met(299), after(600)],
    ['met', met(300), after(600)],
    ['met-late', met(300, 1), after(600)],
    ['cancelled', cancelDeadline(statement, after(20), '误报'), after(600)],
    ['met', cancelDeadline(met(100), after(200), '误报'), after(600)],
  ])('is %s', (state, deadline, now) => expect(stateOf(deadline, now)).toBe(state));
});

describe('a reminder (持续发布), which no law gives a length', () => {
  const rule = ruleOf({ id: 'OP-04', name: '持续发布', milestone: 'reminder', length: 24, warnAt: [] });
  const [reminder] = stampDeadlines({ ...request, rules: [rule] }) as [Deadline];

  it('is never overdue and never met late', () => {
    expect(stateOf(reminder, after(57 * 60))).toBe('running');
    expect(stateOf({ ...reminder, metAt: after(57 * 60) }, after(58 * 60))).toBe('met');
  });

  it('reminds once when its time is over, and breaches nothing', () => {
    const next = nextStep(reminder, after(24 * 60))!;
    expect(next).toMatchObject({ isDue: true, step: { kind: 'warn', percent: 100 }, reason: '距上次发布已 1 天，请续报工作进展' });
    expect(nextStep(fireStep(reminder, 100, after(24 * 60)), after(57 * 60))).toBeNull();
  });
});

describe('timeBand', () => {
  const doubtful = { ...statement, provisional: true };
  it.each([
    ['ample', statement, after(0)],
    ['ample', statement, after(150, -1)],
    ['half', statement, after(150)],
    ['half', statement, after(240, -1)],
    ['fifth', statement, after(240)],
    ['fifth', statement, after(300, -1)],
    ['overdue', statement, after(300)],
    ['met', met(299), after(600)],
    ['met', met(400), after(600)],
    ['provisional', doubtful, after(200)],
    ['fifth', doubtful, after(240)],
    ['overdue', doubtful, after(300)],
    [null, cancelDeadline(statement, after(20), '误报'), after(30)],
  ])('is %s', (band, deadline, now) => expect(timeBand(deadline, now)).toBe(band));
});

describe('nextStep', () => {
  it.each([
    [after(0), 50, false, false, '首次权威信息时限已过 50%，剩 5 小时'],
    [after(150, -1), 50, false, false, '首次权威信息时限已过 50%，剩 2 小时 30 分'],
    [after(150), 50, true, false, '首次权威信息时限已过 50%，剩 2 小时 30 分'],
    [after(151), 50, true, false, '首次权威信息时限已过 50%，剩 2 小时 29 分'],
    [after(151, 1), 50, true, true, '首次权威信息时限已过 50%，剩 2 小时 28 分'],
    [after(301), 50, true, true, '首次权威信息已过时限，此前 50% 预警未能按时发出'],
  ])('at %p is %d%%, due %p, late %p', (now, percent, isDue, late, reason) => {
    expect(nextStep(statement, now)).toEqual({ step: statement.steps.find((s) => s.percent === percent), isDue, late, reason });
  });

  it('gives each missed step once, in order, after an outage', () => {
    const fired: number[] = [];
    let deadline = statement;
    for (let next = nextStep(deadline, after(400)); next?.isDue; next = nextStep(deadline, after(400))) {
      expect(next.late).toBe(true);
      fired.push(next.step.percent);
      deadline = fireStep(deadline, next.step.percent, after(400));
    }
    expect(fired).toEqual([50, 80, 100]);
    expect(nextStep(deadline, after(500))).toBeNull();
  });

  it('owes nothing once met in time or cancelled, and the breach once met late', () => {
    expect(nextStep(met(200), after(400))).toBeNull();
    expect(nextStep(cancelDeadline(statement, after(20), '误报'), after(400))).toBeNull();
    expect(nextStep(met(350), after(400))).toMatchObject({ step: { kind: 'breach' }, isDue: true });
  });

  it('says by how much it is overdue', () => {
    const last = fireStep(fireStep(statement, 50, after(150)), 80, after(240));
    expect(nextStep(last, after(365))!.reason).toBe('首次权威信息已逾期 1 小时 5 分');
    expect(nextStep(last, after(290))!.reason).toBe('首次权威信息剩 10 分到期');
  });

  it('keeps the first firing', () => {
    const once = fireStep(statement, 50, after(150));
    expect(fireStep(once, 50, after(200))).toEqual(once);
  });
});

describe('meets', () => {
  it.each([
    [true, statement, proof()],
    [true, statement, proof({ kind: 'press-conference' })],
    [false, conference, proof()],
    [true, conference, proof({ kind: 'press-conference' })],
    [false, statement, proof({ kind: 'reply' })],
    [false, statement, proof({ kind: 'acknowledgement' })],
    [false, cancelDeadline(statement, after(20), '误报'), proof()],
    [false, met(100), proof()],
    [false, met(120), proof()],
    [true, met(121), proof()],
  ])('%p', (answer, deadline, evidence) => expect(meets(deadline, evidence)).toBe(answer));

  it.each([
    ['reminder', -1, false],
    ['reminder', 0, false],
    ['reminder', 1, true],
    ['clarification', -61_000, false],
    ['clarification', -31_000, false],
    ['clarification', -30_000, true],
    ['clarification', 0, true],
    ['first-response', -60_000, true],
  ] as const)('a clock of %s by what was published %d ms after it began: %p', (milestone, ms, answer) => {
    // Half a minute past the minute: a publication is stated to the minute.
    const start = { ...statement.start, at: new Date(Math.floor(statement.start.at.getTime() / 60_000) * 60_000 + 30_000) };
    const clock = { ...statement, start, rule: { ...statement.rule, milestone } };
    expect(meets(clock, proof({ publishedAt: new Date(start.at.getTime() + ms) }))).toBe(answer);
  });

  it('stops every clock the proof serves, at the time of publication', () => {
    const stopped = applyEvidence([statement, conference], proof({ kind: 'press-conference', publishedAt: after(310) }));
    expect(stopped.map((one) => [one.rule.id, one.metAt, one.metByEvidenceId, stateOf(one, after(400))])).toEqual([
      ['OP-01', after(310), 'e1', 'met-late'],
      ['OP-02', after(310), 'e1', 'met'],
    ]);
    expect(applyEvidence([conference], proof())).toEqual([]);
  });
});

describe('evidenceFaults', () => {
  const fields = (evidence: Evidence, notBefore = START, now = after(200)) =>
    evidenceFaults(evidence, notBefore, now).map((fault) => fault.field);
  it.each([
    ['good', [], proof()],
    ['with a file in place of an address', [], proof({ url: null, sha256: 'a'.repeat(64) })],
    ['nothing to look at', ['url'], proof({ url: null })],
    ['at the very start', [], proof({ publishedAt: START })],
    ['before the start', ['publishedAt'], proof({ publishedAt: after(0, -1) })],
    ['published this very moment', [], proof({ publishedAt: after(200) })],
    ['in the future', ['publishedAt'], proof({ publishedAt: after(200, 1) })],
    ['no instant', ['publishedAt'], proof({ publishedAt: new Date(NaN) })],
    ['all wrong', ['url', 'publishedAt'], proof({ url: null, publishedAt: after(201) })],
    ['a step of this system needs no address', [], proof({ kind: 'acknowledgement', url: null })],
  ])('%s', (_what, expected, evidence) => expect(fields(evidence)).toEqual(expected));

  it('takes the minute in which the matter began, because people state minutes', () => {
    const began = after(0, 40_000);
    const at = (ms: number) => evidenceFaults(proof({ publishedAt: after(0, ms) }), began, after(200)).length;
    expect([at(-1), at(0), at(40_000)]).toEqual([1, 0, 0]);
  });

  it('is told in Chinese, with the time', () => {
    expect(evidenceFaults(proof({ publishedAt: after(-60) }), START, after(200))[0]!.message).toBe(
      '发布时间早于事件最早时间（2026-11-20 08:00），请核对',
    );
    expect(() => assertBelievable(proof({ url: null }), START, after(200))).toThrow(BadInput);
    expect(() => assertBelievable(proof(), START, after(200))).not.toThrow();
  });
});

describe('restampDeadlines', () => {
  const existing = [statement, conference];
  const [answer] = stampDeadlines({ ...request, severity: 'III' }) as [Deadline];
  const ids = (deadlines: Deadline[]) => deadlines.map((one) => one.rule.id);

  it('keeps the clocks where both levels owe the same', () => {
    const change = restampDeadlines(existing, { ...request, severity: 'II' }, after(60));
    expect(change).toEqual({ kept: existing, added: [], cancelled: [] });
    expect(change.kept[0]).toBe(statement);
  });

  it('cancels what is no longer owed and adds what is, from the case’s own start', () => {
    const change = restampDeadlines(existing, { ...request, severity: 'III' }, after(60));
    expect([ids(change.kept), ids(change.cancelled), ids(change.added)]).toEqual([[], ['OP-01', 'OP-02'], ['OP-03']]);
    expect(change.cancelled[0]).toMatchObject({ cancelledAt: after(60), cancelledReason: '调整为III级，不再适用' });
    expect(change.added[0]!.start.at).toEqual(START);
  });

  it('raised to I late, the five hours still run from the start', () => {
    const change = restampDeadlines([answer], request, after(400));
    expect(ids(change.added)).toEqual(['OP-01', 'OP-02']);
    expect(stateOf(change.added[0]!, after(400))).toBe('overdue');
  });

  it('stops the new clocks by what was published already', () => {
    const said = applyEvidence([answer], proof())[0]!;
    const change = restampDeadlines([said], request, after(400), [proof()]);
    expect(change.kept).toEqual([said]);
    expect(change.added.map((one) => [one.rule.id, stateOf(one, after(400))])).toEqual([
      ['OP-01', 'met'],
      ['OP-02', 'running'],
    ]);
  });

  it('gives a clock that comes back an id of its own', () => {
    const down = restampDeadlines(existing, { ...request, severity: 'IV' }, after(60));
    const up = restampDeadlines([...down.cancelled, ...down.added], request, after(120));
    expect(ids(up.added)).toEqual(['OP-01', 'OP-02']);
    expect(up.added[0]!.id).not.toBe(statement.id);
    expect(up.added[0]!.dueAt).toEqual(statement.dueAt);
    expect(ids(up.cancelled)).toEqual(['OP-03']);
  });

  it('leaves the clocks of other triggers alone', () => {
    const reminder = { ...statement, id: 'r', rule: { ...statement.rule, id: 'OP-04' } };
    expect(restampDeadlines([reminder], { ...request, severity: 'III' }, after(60)).kept).toEqual([reminder]);
  });

  it('whatever the levels were, exactly the clocks of the last are open', () => {
    const levels = fc.array(fc.constantFrom('I' as const, 'II' as const, 'III' as const, 'IV' as const), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(levels, (path) => {
        let clocks = stampDeadlines({ ...request, severity: path[0]! });
        path.slice(1).forEach((severity, step) => {
          const change = restampDeadlines(clocks, { ...request, severity }, after(step));
          clocks = [...change.kept, ...change.cancelled, ...change.added];
        });
        const open = clocks.filter((one) => one.cancelledAt === null);
        const owed = stampDeadlines({ ...request, severity: path.at(-1)! });
        expect(open.map((one) => [one.rule.id, one.dueAt]).sort()).toEqual(owed.map((one) => [one.rule.id, one.dueAt]).sort());
        expect(new Set(clocks.map((one) => one.id)).size).toBe(clocks.length);
      }),
    );
  });
});
