import type { NoticeView, OrderCounts, OrderDetail, OrderFiguresView, OrderView, Page } from '@huiying/contracts/http';
import { orderReceived, publishOrders, type OrderSketch } from '../../../../test/support/work-order.js';
import { DEMO_PEOPLE, leadOf } from '../../../standalone/src/demo/people.js';
import { classified, eventually, freshCity, type LoggedIn } from '../../../../test/support/workflow-city.js';

const SUPERVISOR = DEMO_PEOPLE.find(({ role }) => role === 'supervisor')!.username;
let running: Awaited<ReturnType<typeof freshCity>>;
let officer: LoggedIn;
let leader: LoggedIn;
let water: LoggedIn;
let other: LoggedIn;

beforeAll(async () => {
  running = await freshCity('2026-11-23T09:00:00+08:00');
  await logIn();
});
afterAll(async () => {
  await running.city.stop();
  await running.drop();
});

async function logIn(): Promise<void> {
  const names = ['luwenjing', SUPERVISOR, leadOf('water-supply'), leadOf('education')];
  const people = await Promise.all(names.map((name) => running.city.logIn(name)));
  [officer, leader, water, other] = people as [LoggedIn, LoggedIn, LoggedIn, LoggedIn];
}

const detail = async (orderNo: string, who = officer) => (await who.get<OrderDetail>(`/api/orders/${orderNo}`)).body;
const step = (who: LoggedIn, orderNo: string, action: string, body: unknown = {}) =>
  who.post<{ code?: string; seq?: number }>(`/api/orders/${orderNo}/${action}`, body);

/** An order that has come in. */
async function given(sketch: OrderSketch): Promise<OrderDetail> {
  await publishOrders(running.city, orderReceived(running.clock, sketch));
  return eventually(async () => {
    const { status, body } = await officer.get<OrderDetail>(`/api/orders/${sketch.orderNo}`);
    return status === 200 && body.version >= (sketch.version ?? 1) ? body : null;
  }, `order ${sketch.orderNo}`);
}

it('goes from the hotline’s record to the archive, each step told and by its own people', async () => {
  const first = await given({ orderNo: 'WC1' });
  expect(first).toMatchObject({ state: 'received', caller: { phone: '138****5678' }, clock: null });
  expect((await step(water, 'WC1', 'sign')).status).toBe(404);
  expect((await step(officer, 'WC1', 'dispatch', { leadUnit: '水务集团', coUnits: ['市住建局'], instruction: '当日到场' })).status).toBe(
    200,
  );
  const dispatched = await detail('WC1', water);
  // 2026-11-23 is a Monday: signed within a working day, finished within five, by the city's close of business.
  expect([dispatched.signDueAt, dispatched.dueAt, dispatched.returnUntil]).toEqual([
    '2026-11-24T15:59:59.999Z',
    '2026-11-30T09:30:00.000Z',
    '2026-11-25T15:59:59.999Z',
  ]);
  expect(dispatched.clock).toMatchObject({ word: '签收', state: 'running' });
  expect((await step(other, 'WC1', 'sign')).status).toBe(404);
  expect((await step(officer, 'WC1', 'sign')).status).toBe(403);
  expect((await step(water, 'WC1', 'reply', { text: '已修复' })).body.code).toBe('order-not-signed');
  for (const [who, action, body] of [
    [water, 'sign', {}],
    [water, 'contact', { text: '已联系诉求人' }],
    [water, 'progress', { text: '更换加压泵' }],
    [water, 'reply', { text: '加压泵已更换，11月23日恢复供水。', mode: '电话' }],
    [officer, 'close', { opinion: '同意' }],
    [officer, 'visit-result', { at: '2026-11-23 09:00:00', result: '接通', resolved: '已解决', satisfaction: '满意' }],
  ] as const)
    expect([action, (await step(who, 'WC1', action, body)).status]).toEqual([action, 200]);
  const after = await detail('WC1');
  expect(after).toMatchObject({
    state: 'archived',
    signedBy: expect.any(String),
    visit: { satisfaction: '满意' },
    clock: null,
    light: null,
  });
  expect(after.timeline.map(({ kind }) => kind.slice(6))).toEqual([
    'record',
    'dispatch',
    'sign',
    'contact',
    'progress',
    'reply',
    'close',
    'visit-result',
  ]);
  const notices = await eventually(async () =>
    (await water.get<Page<NoticeView>>('/api/notices')).body.items.find(({ title }) => title.includes('WC1')),
  );
  expect(after.deadlines.map(({ ruleId, state }) => [ruleId, state])).toEqual([
    ['HL-04', 'met'],
    ['HL-06a', 'met'],
  ]);
  expect(notices).toMatchObject({ title: '【新工单】WC1 和平里小区停水', link: '/orders/WC1' });
  const audit = await running.database.query(`SELECT action FROM workflow.audit WHERE subject = 'order:WC1' ORDER BY 1`);
  expect(audit).toHaveLength(7);
});

it('takes the same record twice once, an older version never, a newer one where it is further', async () => {
  const event = orderReceived(running.clock, {
    orderNo: 'WC2',
    version: 3,
    leadUnit: '水务集团',
    dispatchedAt: '2026-11-23T01:00:00.000Z',
  });
  await publishOrders(running.city, event, event, orderReceived(running.clock, { orderNo: 'WC2', version: 2, title: '旧的' }));
  await given({
    orderNo: 'WC2',
    version: 4,
    leadUnit: '水务集团',
    dispatchedAt: '2026-11-23T01:00:00.000Z',
    signedAt: '2026-11-23T01:05:00.000Z',
    signedBy: '何师傅',
  });
  const order = await detail('WC2');
  expect(order).toMatchObject({ state: 'signed', title: '和平里小区停水', signedBy: '何师傅' });
  expect(order.timeline.map(({ text }) => text)).toEqual(['收到工单（待签收）', '热线更新工单：待签收 → 已签收']);
});

it('退单: asked for by the unit, kept where it is, or given to another', async () => {
  await given({ orderNo: 'WC3', leadUnit: '水务集团', dispatchedAt: running.clock.now().toISOString() });
  expect((await step(water, 'WC3', 'return', { reason: '二次供水由物业负责', suggestedUnit: '市住建局' })).status).toBe(200);
  expect((await officer.get<Page<OrderView>>('/api/orders?asked=true')).body.items.map(({ orderNo }) => orderNo)).toEqual(['WC3']);
  expect((await step(officer, 'WC3', 'rule-return', { reason: '泵房已移交，由你局负责' })).status).toBe(200);
  expect((await detail('WC3')).state).toBe('dispatched');
  expect((await step(water, 'WC3', 'return', { reason: '再次说明', suggestedUnit: '市住建局' })).status).toBe(200);
  expect((await step(officer, 'WC3', 'dispatch', { leadUnit: '市住建局' })).status).toBe(200);
  expect(await detail('WC3')).toMatchObject({ state: 'dispatched', leadUnit: '市住建局', returns: 1, pendingReturn: null });
  expect((await water.get('/api/orders/WC3')).status).toBe(404);
});

it('延期: within what the rule allows, ruled on by the desk', async () => {
  await given({ orderNo: 'WC4', leadUnit: '水务集团', dispatchedAt: running.clock.now().toISOString() });
  await step(water, 'WC4', 'sign');
  expect((await step(water, 'WC4', 'extend', { workingDays: 11, reason: '管网施工' })).body.code).toBe('extension-too-long');
  expect((await step(water, 'WC4', 'extend', { workingDays: 0, reason: '管网施工' })).status).toBe(400);
  expect((await step(water, 'WC4', 'extend', { workingDays: 5, reason: '管网施工' })).status).toBe(200);
  expect((await step(officer, 'WC4', 'rule-extension', { granted: true, reason: '同意' })).status).toBe(200);
  expect(await detail('WC4')).toMatchObject({ dueAt: '2026-12-07T09:30:00.000Z', extensions: 1 });
  expect((await step(water, 'WC4', 'extend', { workingDays: 1, reason: '再延' })).body.code).toBe('extensions-used-up');
  const finish = (await detail('WC4')).deadlines.find(({ ruleId }) => ruleId === 'HL-06a')!;
  expect([finish.dueAt, finish.subject.link]).toEqual(['2026-12-07T09:30:00.000Z', `/orders/${finish.subject.id}`]);
  // The link of a notice names the order by the id of its clocks.
  expect((await detail(finish.subject.id)).orderNo).toBe('WC4');
});

it('并单: duplicates go with their main order, and every caller is answered', async () => {
  const dispatchedAt = running.clock.now().toISOString();
  for (const orderNo of ['WC5', 'WC6', 'WC7']) await given({ orderNo, leadUnit: '水务集团', dispatchedAt });
  expect((await step(officer, 'WC6', 'join', { parentNo: 'WC6' })).status).toBe(400);
  expect((await step(officer, 'WC6', 'join', { parentNo: 'WC9' })).status).toBe(400);
  expect((await step(officer, 'WC6', 'join', { parentNo: 'WC5' })).status).toBe(200);
  expect((await step(officer, 'WC7', 'join', { parentNo: 'WC6' })).body.code).toBe('parent-is-joined');
  await step(water, 'WC5', 'sign');
  await step(water, 'WC5', 'reply', { text: '主管道已修复' });
  expect(await detail('WC6')).toMatchObject({ state: 'replied', reply: '主管道已修复', parentNo: 'WC5' });
  await step(officer, 'WC5', 'close');
  // Joined after the answer: answered at once.
  expect((await step(officer, 'WC7', 'join', { parentNo: 'WC5' })).status).toBe(200);
  expect((await detail('WC7')).reply).toBe('主管道已修复');
  expect((await detail('WC5')).joined.map(({ orderNo }) => orderNo).sort()).toEqual(['WC6', 'WC7']);
  expect((await detail('WC6')).state).toBe('closed');
  expect((await step(officer, 'WC6', 'visit-result', { at: '2026-11-23 09:00:00', result: '接通', satisfaction: '不满意' })).status).toBe(
    200,
  );
  expect(await detail('WC6')).toMatchObject({ state: 'handling', reworks: 1, parentNo: null });
});

it('an answer that did not pass is none: its clock goes on from its own start to its own end, and the next answer meets it', async () => {
  await given({ orderNo: 'WCB1', leadUnit: '水务集团' });
  await step(officer, 'WCB1', 'dispatch', { leadUnit: '水务集团' });
  await step(water, 'WCB1', 'sign');
  const finish = async () => (await detail('WCB1')).deadlines.filter(({ ruleId }) => ruleId.startsWith('HL-06'));
  const [running0] = await finish();
  await step(water, 'WCB1', 'reply', { text: '已回复' });
  expect((await finish()).map(({ state }) => state)).toEqual(['met']);
  expect((await step(officer, 'WCB1', 'send-back', { reason: '没有回应诉求' })).status).toBe(200);
  const [again] = await finish();
  expect(again).toMatchObject({ state: 'running', dueAt: running0!.dueAt, metAt: null });
  expect(await detail('WCB1')).toMatchObject({ state: 'handling', repliedAt: null, dueAt: running0!.dueAt });
  await step(water, 'WCB1', 'reply', { text: '已修复并致电' });
  expect((await finish()).map(({ state }) => state)).toEqual(['met']);
});

it('an answer sent back after its time has run out is overdue, told once', async () => {
  await given({ orderNo: 'WCB2', leadUnit: '水务集团' });
  await step(officer, 'WCB2', 'dispatch', { leadUnit: '水务集团' });
  await step(water, 'WCB2', 'sign');
  await step(water, 'WCB2', 'reply', { text: '已回复' });
  const before = running.clock.now();
  running.clock.set(new Date((await detail('WCB2')).deadlines.map(({ dueAt }) => Date.parse(dueAt)).sort((a, b) => b - a)[0]! + 60_000));
  await logIn();
  await step(officer, 'WCB2', 'send-back', { reason: '没有回应诉求' });
  await running.city.tick();
  await running.city.tick();
  const { timeline, deadlines } = await detail('WCB2');
  expect(timeline.filter(({ kind }) => kind === 'deadline.breached')).toHaveLength(1);
  expect(deadlines.map(({ state }) => state)).toContain('overdue');
  running.clock.set(before);
  await logIn();
});

it('is found by its text once that was judged, and stands with the posts of its story', async () => {
  const order = await given({ orderNo: 'WC8', title: '云锦花园电梯困人', content: '云锦花园三号楼电梯困人半小时' });
  const storyId = '5b0f3a52-0000-4000-8000-000000000001';
  const post = classified(running.clock, { storyId, title: '云锦花园电梯又坏了' });
  const judged = classified(running.clock, {
    storyId,
    channel: 'hotline',
    opinionId: order.opinionId,
    title: order.title,
    text: order.content,
  });
  judged.data.opinion.order = { orderNo: 'WC8', version: 1, appealType: null, urgency: null, category: null, region: null, leadUnit: null };
  await running.city.publish(post, judged);
  const seen = await eventually(async () => (await detail('WC8')).story);
  expect(seen).toMatchObject({ storyId, opinions: [{ title: '云锦花园电梯又坏了' }] });
  await eventually(
    async () => (await officer.get<Page<OrderView>>(`/api/orders?q=${encodeURIComponent('电梯困人')}`)).body.items[0]?.orderNo === 'WC8',
  );
  expect((await officer.get<Page<OrderView>>('/api/orders?q=wc8')).body.items).toHaveLength(1);
});

it('lists by what falls due, counts, filters, pages and exports; a department sees its own', async () => {
  running.clock.advance({ hours: 48 });
  await logIn();
  const { body } = await officer.get<OrderCounts>('/api/orders/counts');
  expect(body.overdue).toBeGreaterThan(0);
  const late = (await officer.get<Page<OrderView>>('/api/orders?overdue=true')).body.items;
  expect([late.length, late.every(({ light }) => light === 'red')]).toEqual([body.overdue, true]);
  const csv = await officer.get<string>('/api/orders/export.csv?state=archived');
  expect(csv.body).toContain('WC1');
  expect(csv.body).not.toContain('WC4');
  const mine = (await water.get<Page<OrderView>>('/api/orders')).body.items;
  expect(mine.some(({ orderNo }) => orderNo === 'WC3')).toBe(false);
  expect((await officer.get('/api/orders?state=nonsense')).status).toBe(400);
});

it('warns and tells of an order that runs out, in its own history', async () => {
  await running.city.tick();
  const late = (await officer.get<Page<OrderView>>('/api/orders?overdue=true')).body.items[0]!;
  expect((await detail(late.orderNo)).timeline.map(({ kind }) => kind)).toContain('deadline.breached');
});

it('an order that is done again owes its end anew', async () => {
  const again = await detail('WC6');
  expect(again.deadlines.map(({ ruleId, state }) => [ruleId, state])).toEqual([['HL-06a', 'running']]);
});

it('counts the indicators of all and of each unit, as the rows have them', async () => {
  const { body } = await officer.get<OrderFiguresView>('/api/orders/figures?from=2026-11-01&to=2026-12-31');
  const all = body.units[0]!;
  const rate = (unit: OrderFiguresView['units'][number], id: string) => unit.indicators.find((one) => one.id === id)!;
  expect([all.unit, all.received]).toEqual([null, 10]);
  // WC1 by 满意, WC6 by 不满意; WC6 was called back without a word on whether it is solved.
  expect(rate(all, 'satisfaction')).toMatchObject({ part: 1, whole: 2, rate: 0.5 });
  expect(rate(all, 'resolution')).toMatchObject({ part: 1, whole: 1 });
  expect(rate(all, 'returned')).toMatchObject({ part: 1 });
  expect(body.units.slice(1).reduce((sum, { received }) => sum + received, 0)).toBe(9);
  expect((await officer.get('/api/orders/figures?response=-1')).status).toBe(400);
});

it('催办 and 督办 reach the unit', async () => {
  expect((await step(officer, 'WC4', 'urge', { reason: '请尽快办理' })).status).toBe(200);
  expect((await step(leader, 'WC4', 'supervise', { level: '重点', reason: '多次反映' })).status).toBe(200);
  expect(await detail('WC4')).toMatchObject({ urges: 1, supervision: '重点' });
  await eventually(async () =>
    (await water.get<Page<NoticeView>>('/api/notices')).body.items.some(({ title }) => title.startsWith('【督办】WC4')),
  );
});
