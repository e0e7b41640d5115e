import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { MovableClock } from '@huiying/domain';
import { Callbacks } from '@huiying/persistence';
import { readHotlineAdapter } from '@huiying/settings';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { eventually } from '../../../../test/support/workflow-city.js';
import { WorkflowStore } from '../timeline/index.js';
import { CallbackLoop } from './callback-loop.js';
import { CallbackSender } from './callback-sender.js';
import type { CallbackTargets } from './callback-targets.js';

const TIMEOUT_SECONDS = 1;
const LEASE_SECONDS = 20 + 3 * TIMEOUT_SECONDS;

let test: TestDatabase;
let store: WorkflowStore;
let server: Server;
let senders: CallbackSender[];
/** Idempotency keys in the order in which they came, repeats among them. */
let told: string[];
/** What the receiver does with a callback that came; it answers 200 where this does not answer. */
let take: (id: string, answer: ServerResponse) => Promise<unknown>;
const clock = new MovableClock(new Date('2026-11-23T10:00:00+08:00'));

beforeAll(async () => {
  test = await freshDatabase();
  store = new WorkflowStore(test.database, clock);
  server = createServer((request, answer) => {
    const id = String(request.headers['idempotency-key']);
    told.push(id);
    request.resume();
    void take(id, answer).then(() => answer.end());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
beforeEach(async () => {
  [told, senders] = [[], []];
  take = () => Promise.resolve();
  await test.database.query(`TRUNCATE workflow.callback, workflow.callback_lane`);
});
afterEach(async () => {
  for (const sender of senders) await sender.close();
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await test.drop();
});

/** As a process of its own would have it: one request at once. */
function newSender(): CallbackSender {
  const target = {
    ...{ id: 'hotline', name: 'spec', adapter: 'huiying-json', client: null, knowledge: false, reconcile: null, giveUpDays: 7 },
    ...{ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, concurrency: 1, timeoutSeconds: TIMEOUT_SECONDS },
    mapping: readHotlineAdapter(resolve('config'), 'huiying-json'),
    secret: 'the-secret-of-callbacks',
  };
  const sender = new CallbackSender(store, { all: [target] } as unknown as CallbackTargets);
  senders.push(sender);
  return sender;
}
const add = (orderNo: string, ...seqs: number[]) =>
  store.change((tx, now) =>
    new Callbacks(tx).add(
      seqs.map((seq) => {
        const payload = { id: `${orderNo}-${seq}`, orderNo, seq, action: 'urge', state: 'handling', text: '已到现场', order: {} };
        return { target: 'hotline', orderNo, seq, payload: JSON.stringify(payload) };
      }),
      now,
    ),
  );
const sendAll = async (sender = newSender()) => {
  while ((await sender.sendDue()) > 0);
};
/** Does it while the callback is with the receiver, the first time only. */
const during = (callback: string, act: () => Promise<unknown>, status = 200) => {
  take = async (id, answer) => {
    if (id !== callback) return;
    take = () => Promise.resolve();
    await act();
    answer.writeHead(status);
  };
};
const callbacks = () => new Callbacks(test.database);
const lane = async (orderNo: string) => {
  const [row] = await test.database.query(
    `SELECT done_seq AS "doneSeq", attempts, failing_since AS "failingSince", next_at AS "nextAt" FROM workflow.callback_lane WHERE order_no = $1`,
    [orderNo],
  );
  return row;
};
const AT_ITS_END = { attempts: 0, failingSince: null, nextAt: null };

describe('an order to tell again, given while its lane is being told', () => {
  it('is carried out, from where it says', async () => {
    await add('A', 1, 2);
    await sendAll();
    await add('A', 3);
    during('A-3', () => callbacks().tellAgain('hotline', 'A', 0, clock.now()));
    const sender = newSender();
    await sender.sendDue();
    expect(await lane('A')).toMatchObject({ doneSeq: 0, nextAt: clock.now() });
    // That it was delivered is known all the same.
    expect(await test.database.query(`SELECT seq FROM workflow.callback WHERE delivered_at IS NOT NULL`)).toHaveLength(3);
    await sendAll(sender);
    expect(told).toEqual(['A-1', 'A-2', 'A-3', 'A-1', 'A-2', 'A-3']);
    expect(await lane('A')).toEqual({ doneSeq: 3, ...AT_ITS_END });
  });

  it('sends what had been left out', async () => {
    await add('B', 1, 2, 3);
    await test.database.query(`UPDATE workflow.callback SET skipped_at = $1 WHERE seq = 2`, [clock.now()]);
    during('B-3', () => callbacks().unskip('hotline', 'B', 2, clock.now()));
    await sendAll();
    expect(told).toEqual(['B-1', 'B-3', 'B-1', 'B-2', 'B-3']);
    expect(await lane('B')).toEqual({ doneSeq: 3, ...AT_ITS_END });
  });

  it('goes at once where that turn failed: its attempts are counted from the order on', async () => {
    await add('C', 1);
    during('C-1', () => callbacks().tellAgain('hotline', 'C', 0, clock.now()), 503);
    await sendAll();
    expect(told).toEqual(['C-1', 'C-1']);
    expect(await lane('C')).toEqual({ doneSeq: 1, ...AT_ITS_END });
  });
});

it('keeps a lane from others as long as the work on it can take', async () => {
  await add('D', 1);
  let others = -1;
  during('D-1', async () => {
    clock.advance({ seconds: LEASE_SECONDS - 1 });
    others = await newSender().sendDue();
  });
  await sendAll();
  expect([others, told]).toEqual([0, ['D-1']]);
});

it('waits for an answer three times its time in all, however steadily it trickles in', async () => {
  await add('E', 1);
  take = async (_, answer) => {
    for (let i = 0; i < 25 && !answer.destroyed; i++) {
      answer.write(' ');
      await pause(200);
    }
  };
  await newSender().sendDue();
  const [row] = await test.database.query<{ error: string }>(`SELECT last_error AS error FROM workflow.callback_lane`);
  expect(row!.error).toMatch(/^没有应答：.*timeout/);
});

it('ends after the request under way when it is stopped, and gives the rest back at once: each is told once', async () => {
  const orders = ['F', 'G', 'H'];
  for (const orderNo of orders) await add(orderNo, 1, 2);
  let answerNow: () => void = () => undefined;
  take = () => {
    take = () => Promise.resolve();
    return new Promise<void>((done) => (answerNow = done));
  };
  const loop = new CallbackLoop(newSender(), test.database);
  await loop.onApplicationBootstrap();
  const inHand = await eventually(() => Promise.resolve(told[0]?.charAt(0)), 'the first request');
  const stopped = loop.onModuleDestroy();
  senders.pop(); // the loop closes it
  const other = newSender();
  await eventually(async () => (await other.sendDue()) > 0, 'lanes of the one that stops, taken by another');
  await sendAll(other);
  const others = orders.filter((orderNo) => orderNo !== inHand);
  expect(told.slice(1).sort()).toEqual(others.flatMap((orderNo) => [`${orderNo}-1`, `${orderNo}-2`]));
  answerNow();
  await stopped;
  await sendAll(other);
  expect(told.slice(5)).toEqual([`${inHand}-2`]);
});
