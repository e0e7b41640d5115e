import { resolve } from 'node:path';
import type { CallbackTargetView, DeadCallbackView, Page, SkippedCallbackView } from '@huiying/contracts/http';
import { Callbacks } from '@huiying/persistence';
import { readHotlineAdapter } from '@huiying/settings';
import { HotlineReceiver } from '../../../../test/support/hotline-receiver.js';
import { orderReceived, publishOrders } from '../../../../test/support/work-order.js';
import { eventually, freshCity, type LoggedIn } from '../../../../test/support/workflow-city.js';
import { OrderDesk } from '../orders/index.js';
import { CallbackSender } from './callback-sender.js';
import { CallbackTargets } from './callback-targets.js';

const SECRET = 'the-secret-of-callbacks';
let running: Awaited<ReturnType<typeof freshCity>>;
let receiver: HotlineReceiver;
let officer: LoggedIn;

beforeAll(async () => {
  receiver = await HotlineReceiver.start(SECRET);
  running = await freshCity('2026-11-23T10:00:00+08:00', {}, { runsByItself: false });
  running.city.app.get(CallbackTargets, { strict: false }).use({
    id: 'hotline',
    name: '12345热线平台',
    url: receiver.url,
    adapter: 'huiying-json',
    client: 'hotline',
    knowledge: false,
    reconcile: null,
    giveUpDays: 7,
    concurrency: 4,
    timeoutSeconds: 5,
    mapping: readHotlineAdapter(resolve('config'), 'huiying-json'),
    secret: SECRET,
  });
  officer = await running.city.logIn('luwenjing');
});
afterAll(async () => {
  await running.city.stop();
  await running.drop();
  await receiver.stop();
});

/** An order with so many things told of it after its record. */
async function order(orderNo: string, urges: number): Promise<void> {
  await publishOrders(
    running.city,
    orderReceived(running.clock, { orderNo, leadUnit: '水务集团', dispatchedAt: running.clock.now().toISOString() }),
  );
  const known = () => running.database.query(`SELECT 1 FROM workflow.work_order WHERE order_no = $1`, [orderNo]);
  await eventually(async () => (await known()).length > 0);
  const desk = running.city.app.get(OrderDesk, { strict: false });
  const doer = { name: '席位', personId: null, client: null, origin: 'spec' };
  for (let i = 0; i < urges; i++) await desk.take({ orderNo, action: 'urge', request: { reason: `第${i + 1}次` }, doer, scope: null });
}
const send = async () => {
  const sender = running.city.app.get(CallbackSender, { strict: false });
  while ((await sender.sendDue()) > 0);
};
const target = async () => (await officer.get<CallbackTargetView[]>('/api/callbacks')).body[0]!;
const dead = async () => (await officer.get<Page<DeadCallbackView>>('/api/callbacks/dead')).body.items;

it('tells each thing once and in order, signed, but not what the hotline handed in itself', async () => {
  await order('CB1', 3);
  await send();
  expect(receiver.effects('CB1')).toEqual([2, 3, 4]);
  expect(receiver.refusedSignatures).toBe(0);
  expect(receiver.last('CB1')).toMatchObject({ action: 'urge', state: 'dispatched', order: { urges: 3, leadUnit: '水务集团' } });
  expect(JSON.stringify(receiver.last('CB1'))).not.toContain('138');
});

it('keeps the order of an order while the receiver fails, and takes up again where it stopped', async () => {
  await order('CB2', 4);
  receiver.plan = (_, attempt) => (attempt % 3 === 0 ? 200 : 503);
  for (let i = 0; i < 30 && receiver.effects('CB2').length < 4; i++) {
    await send();
    running.clock.advance({ hours: 1 });
  }
  expect(receiver.effects('CB2')).toEqual([2, 3, 4, 5]);
});

it('a receiver that took it and died before it answered has one effect all the same', async () => {
  await order('CB3', 2);
  receiver.plan = (_, attempt) => (attempt === 1 ? 'drop' : 200);
  await send();
  expect(receiver.effects('CB3')).toEqual([2]);
  running.clock.advance({ hours: 1 });
  await send();
  expect([receiver.effects('CB3'), receiver.repeats('CB3')]).toEqual([[2, 3], expect.any(Number)]);
  expect(receiver.repeats('CB3')).toBeGreaterThan(0);
  running.clock.advance({ hours: 1 });
  await send();
  expect((await new Callbacks(running.database).counts())[0]).toMatchObject({ waiting: 0 });
});

it('gives up after a week, shows the dead letter, and goes on when it is sent again or left out', async () => {
  await order('CB4', 2);
  receiver.plan = () => 503;
  await send();
  running.clock.advance({ hours: 24 * 7 });
  await send();
  officer = await running.city.logIn('luwenjing');
  expect(await target()).toMatchObject({ dead: 1, hasSecret: true, adapter: '回应 JSON' });
  expect(await dead()).toMatchObject([{ orderNo: 'CB4', seq: 2, error: 'HTTP 503', behind: 1, attempts: 2 }]);
  receiver.plan = () => 200;
  await send();
  expect(receiver.effects('CB4')).toEqual([]);
  expect((await officer.post<{ resent: number }>('/api/callbacks/hotline/resend', {})).body).toEqual({ resent: 1 });
  await send();
  expect([receiver.effects('CB4'), await dead()]).toEqual([[2, 3], []]);
});

it('an order whose last was left out is at its end: told again, nothing waits', async () => {
  await order('CB6', 1);
  receiver.plan = (callback) => (callback.orderNo === 'CB6' ? 422 : 200);
  for (let i = 0; i < 6; i++) {
    await send();
    running.clock.advance({ hours: 1 });
  }
  officer = await running.city.logIn('luwenjing');
  await officer.post('/api/callbacks/hotline/skip', { orderNo: 'CB6', reason: '对方不需要' });
  await new Callbacks(running.database).tellAgain('hotline', 'CB6', 0, running.clock.now());
  await send();
  expect([receiver.effects('CB6'), (await target())!.waiting]).toEqual([[], 0]);
  await officer.post('/api/callbacks/hotline/unskip', { orderNo: 'CB6', seq: 2 });
  receiver.plan = () => 200;
  await send();
  expect(receiver.effects('CB6')).toEqual([2]);
});

it('believes a refusal when it has come six times; what waits behind goes when the head is left out', async () => {
  await order('CB5', 2);
  receiver.plan = (callback) => (callback.seq === 2 ? 422 : 200);
  for (let i = 0; i < 6; i++) {
    await send();
    running.clock.advance({ hours: 1 });
  }
  officer = await running.city.logIn('luwenjing');
  expect(await dead()).toMatchObject([{ orderNo: 'CB5', seq: 2, error: 'HTTP 422' }]);
  expect((await officer.post('/api/callbacks/hotline/skip', { orderNo: 'CB5', reason: '对方已人工登记' })).status).toBe(200);
  await send();
  expect([receiver.effects('CB5'), await dead()]).toEqual([[3], []]);
  expect((await officer.post('/api/callbacks/hotline/skip', { orderNo: 'CB5', reason: '再来' })).status).toBe(404);
  // Told again as a whole, it stays left out; sent after all, what came behind it comes again under its key.
  const skipped = async () => (await officer.get<SkippedCallbackView[]>('/api/callbacks/skipped')).body;
  expect(await skipped()).toMatchObject([{ orderNo: 'CB5', seq: 2, reason: '对方已人工登记', skippedBy: '陆文婧' }]);
  receiver.plan = () => 200;
  const { database, clock } = running;
  await new Callbacks(database).tellAgain('hotline', 'CB5', 0, clock.now());
  await send();
  expect([receiver.effects('CB5'), receiver.repeats('CB5')]).toEqual([[3], 1]);
  expect((await officer.post('/api/callbacks/hotline/unskip', { orderNo: 'CB5', seq: 3 })).status).toBe(404);
  expect((await officer.post('/api/callbacks/hotline/unskip', { orderNo: 'CB5', seq: 2_147_483_648 })).status).toBe(400);
  expect((await officer.post('/api/callbacks/hotline/unskip', { orderNo: 'CB5', seq: 2 })).status).toBe(204);
  await send();
  expect([receiver.effects('CB5'), receiver.repeats('CB5'), await skipped()]).toEqual([[3, 2], 2, []]);
  expect(await target()).toMatchObject({ waiting: 0, dead: 0 });
  expect((await officer.post('/api/callbacks/none/resend', {})).status).toBe(404);
});
