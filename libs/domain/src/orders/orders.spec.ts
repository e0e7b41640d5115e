import { Refusal } from '../refusals.js';
import { isOrderOver, isOrderOwed, ORDER_ACTIONS, ORDER_STATES, ORDER_STEPS, orderRefusal, type OrderState } from './order-machine.js';
import { stateOfRecord, takeRecord, type HandlingRecord } from './order-record.js';
import { stepOrder, visitOutcome, type OrderStep } from './order-steps.js';
import { FRESH_ORDER, lightOf, type OrderHandling, type OrderVisit } from './order.js';

const at = (text: string) => new Date(`2026-11-${text}+08:00`);
const NOON = at('23T12:00:00');
const me = { by: '邵惠萍', at: NOON };
const clocks = { signDueAt: at('24T24:00:00'.replace('24:00', '23:59')), dueAt: at('30T17:30:00'), returnUntil: at('25T23:59:59') };
const dispatch: OrderStep = { action: 'dispatch', leadUnit: '市水务局', departmentId: 'water', coUnits: [], instruction: null, clocks };
const run = (steps: OrderStep[], from: OrderHandling = FRESH_ORDER) =>
  steps.reduce((order, step) => stepOrder(order, step, me).order, from);
const reply: OrderStep = { action: 'reply', text: '已修复', mode: '电话', legalBasis: null };
const visit = (some: Partial<OrderVisit>): OrderStep => ({
  action: 'visit-result',
  visit: { at: NOON, result: '接通', resolved: '已解决', satisfaction: '满意', comment: null, exempt: false, ...some },
});

/** `state: action → next state`, the whole table written out by hand beside the code's; what is not here is refused. */
const WHOLE: Record<OrderState, string> = {
  received: 'accept→accepted refuse→refused dispatch→dispatched reply→replied join→joined',
  accepted: 'refuse→refused dispatch→dispatched reply→replied join→joined',
  dispatched: 'dispatch→dispatched sign→signed return→returning urge→dispatched supervise→dispatched join→joined',
  signed:
    'dispatch→dispatched return→returning extend→signed rule-extension→signed contact→signed progress→handling reply→replied urge→signed supervise→signed join→joined',
  handling:
    'dispatch→dispatched return→returning extend→handling rule-extension→handling contact→handling progress→handling reply→replied urge→handling supervise→handling join→joined',
  returning: 'dispatch→dispatched rule-return→dispatched urge→returning supervise→returning',
  replied: 'reply→replied contact→replied send-back→handling close→closed supervise→replied',
  closed: 'visit-result→archived rework→handling',
  archived: 'rework→handling',
  joined: 'split→accepted reply→replied',
  refused: 'accept→accepted',
};

describe('the machine of a work order (§ 工单状态机)', () => {
  it.each(ORDER_STATES)('%s lets through what the table says and nothing else', (state) => {
    const said = ORDER_ACTIONS.filter((action) => orderRefusal(state, action) === null).map(
      (action) => `${action}→${ORDER_STEPS[state][action]}`,
    );
    expect(said.sort()).toEqual(WHOLE[state].split(' ').sort());
  });
  it('every refusal has a code and a sentence', () => {
    for (const state of ORDER_STATES)
      for (const action of ORDER_ACTIONS) {
        const refusal = orderRefusal(state, action);
        if (refusal) expect([/^[a-z-]+$/.test(refusal.code), /[\u4e00-\u9fff]/.test(refusal.said)]).toEqual([true, true]);
      }
  });
  it('from every state that is not over the archive can be reached', () => {
    const reaches = (state: OrderState, seen = new Set<OrderState>()): boolean => {
      if (state === 'archived' || state === 'refused') return true;
      if (seen.has(state)) return false;
      seen.add(state);
      return Object.values(ORDER_STEPS[state]).some((next) => reaches(next, seen));
    };
    expect(ORDER_STATES.filter((state) => !reaches(state))).toEqual([]);
  });
  it('what is owed is not over', () => expect(ORDER_STATES.filter((state) => isOrderOwed(state) && isOrderOver(state))).toEqual([]));
});

describe('stepOrder', () => {
  it('goes the whole way', () => {
    const order = run([
      { action: 'accept' },
      dispatch,
      { action: 'sign' },
      { action: 'progress', text: '现场' },
      reply,
      { action: 'close', opinion: null },
      visit({}),
    ]);
    expect(order).toMatchObject({ state: 'archived', leadUnit: '市水务局', signedBy: '邵惠萍', reply: '已修复', closedAt: NOON });
  });
  it('tells who was first', () => {
    const refusal = orderOf(() => stepOrder(run([dispatch, { action: 'sign' }]), { action: 'sign' }, me));
    expect([refusal.code, refusal.conflict?.by]).toEqual(['already-signed', '邵惠萍']);
  });
  it('改派 counts a return that was asked for, and none that was not', () => {
    const asked = run([dispatch, { action: 'return', reason: '非我局职责', ground: 'not-ours', suggestedUnit: '市住建局' }]);
    const moved = stepOrder(asked, { ...dispatch, leadUnit: '市住建局', departmentId: 'housing' }, me);
    expect(moved.order).toMatchObject({ returns: 1, askedReturn: null, leadUnit: '市住建局', signedAt: null });
    expect(moved.text).toBe('改派：市水务局 → 市住建局');
    expect(run([dispatch, dispatch]).returns).toBe(0);
  });
  it('a kept order goes back to where it was', () => {
    const ask: OrderStep = { action: 'return', reason: '缺地址', ground: 'insufficient', suggestedUnit: null };
    const keep: OrderStep = { action: 'rule-return', reason: '已补充' };
    expect(run([dispatch, ask, keep]).state).toBe('dispatched');
    expect(run([dispatch, { action: 'sign' }, ask, keep]).state).toBe('handling');
  });
  it.each([
    ['not-ours', at('25T23:59:59'), null],
    ['not-ours', at('26T00:00:00'), 'return-too-late'],
    ['insufficient', at('26T00:00:00'), null],
  ] as const)('退单 %s at %s: %s', (ground, when, code) => {
    const ask = () => stepOrder(run([dispatch]), { action: 'return', reason: '理由', ground, suggestedUnit: null }, { ...me, at: when });
    if (code === null) expect(ask().order.state).toBe('returning');
    else expect(orderOf(ask).code).toBe(code);
  });
  it.each([
    [at('30T17:29:59'), null],
    [at('30T17:30:00'), 'extension-too-late'],
  ])('延期 asked at %s: %s', (when, code) => {
    const ask = () => stepOrder(run([dispatch, { action: 'sign' }]), { action: 'extend', amount: 3, reason: '施工' }, { ...me, at: when });
    if (code === null) expect(ask().order.askedExtension).toMatchObject({ amount: 3, by: '邵惠萍' });
    else expect(orderOf(ask).code).toBe(code);
  });
  it('an extension is ruled on once, and moves the end only where it is granted', () => {
    const asked = run([dispatch, { action: 'sign' }, { action: 'extend', amount: 3, reason: '施工' }]);
    expect(orderOf(() => stepOrder(asked, { action: 'extend', amount: 1, reason: '再延' }, me)).code).toBe('extension-pending');
    const later = at('30T18:00:00');
    expect(run([{ action: 'rule-extension', dueAt: later, reason: '同意' }], asked)).toMatchObject({
      dueAt: later,
      extensions: 1,
      askedExtension: null,
    });
    const refused = run([{ action: 'rule-extension', dueAt: null, reason: '不同意' }], asked);
    expect(refused).toMatchObject({ dueAt: clocks.dueAt, extensions: 0, askedExtension: null });
    expect(orderOf(() => stepOrder(refused, { action: 'rule-extension', dueAt: later, reason: '' }, me)).code).toBe('no-extension-asked');
  });
  it('a supplement keeps the time of the first answer', () => {
    const first = run([dispatch, { action: 'sign' }, reply]);
    const more = stepOrder(first, { ...reply, text: '补充' }, { ...me, at: at('29T00:00:00') }).order;
    expect([more.reply, more.repliedAt]).toEqual(['补充', NOON]);
  });
  it('a visit before the close is refused', () => {
    const closed = run([dispatch, { action: 'sign' }, reply, { action: 'close', opinion: null }]);
    expect(() => stepOrder(closed, visit({ at: at('23T11:59:59') }), me)).toThrow('visit.at');
  });
  it('不满意 is done again and counted; nobody there is called again', () => {
    const closed = run([dispatch, { action: 'sign' }, reply, { action: 'close', opinion: null }]);
    expect(run([visit({ satisfaction: '不满意' })], closed)).toMatchObject({
      state: 'handling',
      reworks: 1,
      closedAt: null,
      repliedAt: null,
    });
    expect(run([visit({ result: '未接', resolved: null, satisfaction: null })], closed).state).toBe('closed');
  });
});

it.each([
  [{ result: '未接', resolved: null, satisfaction: null, exempt: false }, 'again'],
  [{ result: '未接', resolved: null, satisfaction: null, exempt: true }, 'archive'],
  [{ result: '接通', resolved: '已解决', satisfaction: '基本满意', exempt: false }, 'archive'],
  [{ result: '接通', resolved: '未解决', satisfaction: '满意', exempt: false }, 'rework'],
  [{ result: '接通', resolved: '无法解决', satisfaction: '基本满意', exempt: false }, 'archive'],
  [{ result: '接通', resolved: '已解决', satisfaction: '不满意', exempt: false }, 'rework'],
  [{ result: '接通', resolved: '未解决', satisfaction: '不满意', exempt: true }, 'archive'],
] as const)('a visit of %j leads to %s', (one, outcome) => expect(visitOutcome(one)).toBe(outcome));

it.each([
  ['23T12:00:00', 'green'],
  ['29T06:29:59', 'green'],
  ['29T06:30:00', 'yellow'],
  ['30T17:29:59', 'yellow'],
  ['30T17:30:00', 'red'],
])('the light of a signed order at %s is %s', (when, light) => {
  const order = {
    state: 'signed' as const,
    dispatchedAt: at('23T10:30:00'),
    signedAt: NOON,
    signDueAt: at('24T00:00:00'),
    dueAt: at('30T17:30:00'),
  };
  expect(lightOf(order, at(when))).toBe(light);
});
it('an unsigned order shows the light of the signing', () => {
  const order = {
    state: 'dispatched' as const,
    dispatchedAt: NOON,
    signedAt: null,
    signDueAt: at('24T12:00:00'),
    dueAt: at('30T12:00:00'),
  };
  expect([lightOf(order, at('24T12:00:00')), lightOf({ ...order, state: 'replied' }, NOON)]).toEqual(['red', null]);
});

describe('takeRecord', () => {
  const RECORD: HandlingRecord = {
    parentNo: null,
    leadUnit: null,
    departmentId: null,
    coUnits: [],
    dispatchedAt: null,
    signedAt: null,
    signedBy: null,
    contactedAt: null,
    dueAt: null,
    extensions: 0,
    extensionReason: null,
    returns: 0,
    returnReason: null,
    handler: null,
    reply: null,
    repliedAt: null,
    replyMode: null,
    legalBasis: null,
    auditOpinion: null,
    urges: 0,
    supervision: null,
    reworks: 0,
    visit: null,
    hasProgress: false,
  };
  const take = (before: OrderHandling | null, some: Partial<HandlingRecord>) => takeRecord(before, { ...RECORD, ...some }, () => clocks);
  const sent = { dispatchedAt: NOON, leadUnit: '市水务局', departmentId: 'water' };
  const good = { at: NOON, result: '接通', resolved: '已解决', satisfaction: '满意', comment: null, exempt: false } as const;

  it.each<[Partial<HandlingRecord>, OrderState]>([
    [{}, 'received'],
    [{ leadUnit: '市水务局' }, 'received'],
    [{ dispatchedAt: NOON }, 'dispatched'],
    [{ dispatchedAt: NOON, signedAt: NOON }, 'signed'],
    [{ dispatchedAt: NOON, hasProgress: true }, 'handling'],
    [{ repliedAt: NOON }, 'replied'],
    [{ repliedAt: NOON, auditOpinion: '同意' }, 'closed'],
    [{ repliedAt: NOON, visit: good }, 'archived'],
    [{ repliedAt: NOON, visit: { ...good, satisfaction: '不满意' } }, 'handling'],
    [{ parentNo: 'WC1' }, 'joined'],
    [{ parentNo: 'WC1', repliedAt: NOON }, 'replied'],
  ])('a record with %j is %s', (some, state) => expect(stateOfRecord({ ...RECORD, ...some })).toBe(state));

  it('stamps the clocks of a dispatch, and heeds the hotline’s own due time', () => {
    expect(take(null, sent)).toMatchObject({ state: 'dispatched', ...clocks });
    const theirs = at('27T12:00:00');
    expect(take(null, { ...sent, dueAt: theirs })).toMatchObject({ dueAt: theirs, signDueAt: clocks.signDueAt });
  });
  it('never undoes what we know by a record that knows less', () => {
    const ours = run([dispatch, { action: 'sign' }, reply]);
    expect(take(ours, { ...sent, urges: 2 })).toEqual({ ...ours, urges: 2 });
  });
  it('goes on where the record is further, was dispatched anew or is done again', () => {
    const ours = run([dispatch, { action: 'sign' }, reply]);
    expect(take(ours, { ...sent, repliedAt: NOON, reply: '已修复', visit: good })).toMatchObject({ state: 'archived', closedAt: NOON });
    const anew = take(ours, { dispatchedAt: at('24T09:00:00'), leadUnit: '市住建局', departmentId: 'housing', returns: 1 });
    expect(anew).toMatchObject({ state: 'dispatched', leadUnit: '市住建局', signedAt: null, returns: 1 });
    expect(take(ours, { ...sent, signedAt: NOON, hasProgress: true, reworks: 1 })).toMatchObject({ state: 'handling', reworks: 1 });
    expect(take(run([dispatch, { action: 'sign' }]), { ...sent, parentNo: 'WC1' })).toMatchObject({ state: 'joined', parentNo: 'WC1' });
  });
  it('takes the hotline’s extension of a clock that runs', () => {
    const later = at('30T23:00:00');
    expect(take(run([dispatch, { action: 'sign' }]), { ...sent, extensions: 1, dueAt: later })).toMatchObject({
      state: 'signed',
      extensions: 1,
      dueAt: later,
    });
  });
});

function orderOf(run: () => unknown): Refusal {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('was not refused');
}
