import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import {
  reconciliation,
  reconciliationSide,
  type Problem,
  type ReconciliationAnswer,
  type ReconciliationView,
} from '@huiying/contracts/http';
import { readHotlineAdapter } from '@huiying/settings';
import { HotlineReceiver } from '../../../../test/support/hotline-receiver.js';
import { orderReceived, publishOrders } from '../../../../test/support/work-order.js';
import { eventually, freshCity } from '../../../../test/support/workflow-city.js';
import { CallbackSender, CallbackTargets } from '../callbacks/index.js';
import { isSignature } from '@huiying/platform';
import { OrderDesk } from '../orders/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { ReconcileDesk, ReconcileWatch } from './index.js';

const KEY = 'a-key-of-the-hotline-system';
const SECRET = 'the-secret-of-callbacks';
const DAY = '2026-11-23';
interface Side {
  count: number;
  byState: Record<string, number>;
  orders: { orderNo: string; state: string; seq: number; checksum: string }[];
}
let running: Awaited<ReturnType<typeof freshCity>>;
let receiver: HotlineReceiver;

beforeAll(async () => {
  receiver = await HotlineReceiver.start(SECRET);
  running = await freshCity('2026-11-23T10:00:00+08:00', { HUIYING_API_KEYS: `hotline:${KEY}` }, { runsByItself: false });
  const mapping = readHotlineAdapter(resolve('config'), 'huiying-json');
  const target = {
    id: 'cb',
    name: '热线',
    url: receiver.url,
    adapter: 'huiying-json',
    client: 'hotline',
    knowledge: false,
    reconcile: null,
    giveUpDays: 7,
    concurrency: 4,
    timeoutSeconds: 5,
  };
  running.city.app.get(CallbackTargets, { strict: false }).use({ ...target, mapping, secret: SECRET });
  for (const no of ['WC101', 'WC102', 'WC104', 'WC105'])
    await publishOrders(
      running.city,
      orderReceived(running.clock, { orderNo: no, leadUnit: '水务集团', dispatchedAt: running.clock.now().toISOString() }),
    );
  await publishOrders(running.city, orderReceived(running.clock, { orderNo: 'WC099', receivedAt: '2026-11-22T15:59:59.000Z' }));
  await eventually(async () => (await running.database.query(`SELECT 1 FROM workflow.work_order`)).length === 5);
  const doer = { name: '席位', personId: null, client: null, origin: 'spec' };
  for (const orderNo of ['WC101', 'WC102'])
    await running.city.app.get(OrderDesk, { strict: false }).take({ orderNo, action: 'sign', request: {}, doer, scope: null });
});
afterAll(async () => {
  await running.city.stop();
  await running.drop();
  await receiver.stop();
});

const ask = <T>(method: string, path: string, body?: unknown) =>
  running.city.ask<T>(method, `/api/hotline/v1/reconciliations/${path}`, body, { 'x-api-key': KEY });

it('gives our side of a day by Beijing’s calendar: count, states, a checksum for each order', async () => {
  const { body } = await ask<Side>('GET', DAY);
  expect(reconciliationSide.safeParse(body).error).toBeUndefined();
  expect([body.count, body.byState]).toEqual([4, { dispatched: 2, signed: 2 }]);
  expect((await ask<Side>('GET', '2026-11-22')).body.orders.map(({ orderNo }) => orderNo)).toEqual(['WC099']);
});

it('finds nothing where both sides are alike but the number that is missing in the row', async () => {
  const { orders } = (await ask<Side>('GET', DAY)).body;
  const { body } = await ask<ReconciliationAnswer>('POST', DAY, { orders });
  expect(reconciliation.safeParse(body).error).toBeUndefined();
  expect([body.differences, body.gaps]).toEqual([[], [{ from: 'WC103', to: 'WC103', count: 1 }]]);
});

it('refuses a number that no order can have, before it is kept', async () => {
  const orders = [{ orderNo: 'WC101', state: 'received', seq: 2_147_483_648 }];
  const { status, body } = await ask<Problem>('POST', DAY, { orders });
  expect([status, body.faults?.[0]?.field]).toEqual([400, 'orders.0.seq']);
});

it('lists what differs, and tells again what the other side has not heard', async () => {
  const { orders } = (await ask<Side>('GET', DAY)).body;
  const theirs = [
    { ...orders[0]!, seq: 1, state: 'dispatched', checksum: null },
    { ...orders[2]!, checksum: 'f'.repeat(64) },
    { ...orders[3]!, seq: 9, state: 'closed' },
    { orderNo: 'WC103', state: 'received' },
  ];
  const { body } = await ask<ReconciliationAnswer>('POST', DAY, { orders: theirs });
  expect(body.differences.map(({ orderNo, kind }) => `${orderNo} ${kind}`)).toEqual([
    'WC101 behind',
    'WC102 missing-there',
    'WC103 missing-here',
    'WC104 content',
    'WC105 ahead',
  ]);
  const officer = await running.city.logIn('luwenjing');
  expect((await officer.get<ReconciliationView[]>('/api/reconciliations')).body).toMatchObject([
    { client: 'hotline', day: DAY, theirCount: 4, ourCount: 4, repairedAt: null },
  ]);
  const sender = running.city.app.get(CallbackSender, { strict: false });
  while ((await sender.sendDue()) > 0);
  expect((await officer.post(`/api/reconciliations/hotline/${DAY}/repair`)).body).toEqual({ toldAgain: 2, left: 3 });
  while ((await sender.sendDue()) > 0);
  // Told again under the same key, so that whoever took it already has it once.
  expect([receiver.effects('WC101'), receiver.repeats('WC101'), receiver.effects('WC102')]).toEqual([[2], 1, [2]]);
  expect((await officer.get<ReconciliationView[]>('/api/reconciliations')).body[0]!.repairedBy).toBe('陆文婧');
});

it('by itself: asks the other side each day at its hour, makes up for what was missed, tells of what differs once', async () => {
  const side = createServer((request, answer) => {
    const parts = {
      method: 'GET',
      path: request.url!,
      timestamp: String(request.headers['x-timestamp']),
      nonce: String(request.headers['x-nonce']),
      body: '',
    };
    const isOurs = isSignature(String(request.headers['x-signature']), parts, SECRET);
    asked.push(request.url!);
    answer.writeHead(isOurs ? status : 401).end(JSON.stringify({ orders: [] }));
  });
  const asked: string[] = [];
  let status = 500;
  await new Promise<void>((done) => side.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(side.address() as AddressInfo).port}/orders/{day}`;
  const targets = running.city.app.get(CallbackTargets, { strict: false });
  targets.use({ ...targets.all[0]!, client: 'other', reconcile: { at: '06:30', url, lookBackDays: 2 } });
  const { city, clock, database } = running;
  const watch = new ReconcileWatch(
    city.app.get(WorkflowStore, { strict: false }),
    targets,
    city.app.get(ReconcileDesk, { strict: false }),
    clock,
  );
  const told = async () =>
    (
      await database.query<{ title: string }>(
        `SELECT DISTINCT payload::jsonb->'data'->>'title' AS title FROM workflow.outbox WHERE topic = 'notice.requested' AND payload::text LIKE '%reconciliation:other%' ORDER BY 1`,
      )
    ).map(({ title }) => title);
  clock.set(new Date('2026-11-24T06:29:00+08:00'));
  await watch.look();
  expect(asked).toEqual(['/orders/2026-11-21', '/orders/2026-11-22']);
  // Not asked again at once; told when it has not answered three times.
  await watch.look();
  expect(asked).toHaveLength(2);
  for (let i = 0; i < 2; i++) {
    clock.advance({ minutes: 10 });
    await watch.look();
  }
  expect(await told()).toEqual(['【对账未完成】other 2026-11-22']);
  status = 200;
  clock.advance({ minutes: 10 });
  await watch.look();
  await watch.look();
  expect(await told()).toEqual(['【对账有差异】other 2026-11-22', '【对账有差异】other 2026-11-23', '【对账未完成】other 2026-11-22']);
  const before = asked.length;
  clock.advance({ hours: 1 });
  await watch.look();
  expect(asked).toHaveLength(before);
  await new Promise((done) => side.close(done));
});

it.each([
  ['2026-02-30', {}],
  ['2026-11-30', { orders: [] }],
  [DAY, { orders: [{ orderNo: 'WC1', state: 'nonsense' }] }],
  [
    DAY,
    {
      orders: [
        { orderNo: 'WC1', state: 'signed' },
        { orderNo: 'WC1', state: 'signed' },
      ],
    },
  ],
])('refuses %s %j', async (day, body) => expect((await ask('POST', day, body)).status).toBe(400));
