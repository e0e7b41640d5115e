/**
 * Callbacks to a receiver that fails a fifth of the time, as JSON: `npm run bench:callbacks [HOW_MANY]`. Its own embedded PostgreSQL (fsync on);
 * half of the failures are lost answers: the receiver took it and nobody heard. Done when everything was told; then every order must have had
 * each of its effects once, in order.
 */
import { loadavg } from 'node:os';
import { resolve } from 'node:path';
import { Callbacks, Database } from '@huiying/persistence';
import { readHotlineAdapter, SystemClock } from '@huiying/settings';
import { CallbackSender, type CallbackTarget, type CallbackTargets } from '../../apps/response-workflow/src/callbacks/index.js';
import { WorkflowStore } from '../../apps/response-workflow/src/timeline/index.js';
import { startOwnPostgres } from '../support/event-log/own-postgres.js';
import { HotlineReceiver } from '../support/hotline-receiver.js';

const HOW_MANY = Number(process.argv[2] ?? 50_000);
const PER_ORDER = 5;
const ADDED_AT_ONCE = 5_000;
const FAILS = 0.2;
const SECRET = 'the-secret-of-the-bench';

async function main(): Promise<void> {
  const postgres = await startOwnPostgres();
  const database = await Database.open({ url: postgres.url, pool: 8, name: 'callbacks bench' });
  await database.migrate();
  const receiver = await HotlineReceiver.start(SECRET);
  let draws = 1;
  // A row of numbers of its own (Lehmer): the same failures in every run.
  receiver.plan = () => {
    draws = (draws * 48_271) % 2_147_483_647;
    const chance = draws / 2_147_483_647;
    return chance < FAILS / 2 ? 'drop' : chance < FAILS ? 503 : 200;
  };
  const store = new WorkflowStore(database, new SystemClock());
  const target: CallbackTarget = {
    id: 'hotline',
    name: 'bench',
    url: receiver.url,
    adapter: 'huiying-json',
    client: null,
    knowledge: false,
    reconcile: null,
    giveUpDays: 7,
    concurrency: 16,
    timeoutSeconds: 15,
    mapping: readHotlineAdapter(resolve('config'), 'huiying-json'),
    secret: SECRET,
  };
  const sender = new CallbackSender(store, { all: [target] } as unknown as CallbackTargets);
  try {
    await add(store);
    const cpu = process.cpuUsage();
    const begun = performance.now();
    while ((await sender.nextAt()) !== null) if ((await sender.sendDue()) === 0) await new Promise((done) => setTimeout(done, 50));
    const seconds = (performance.now() - begun) / 1000;
    const used = process.cpuUsage(cpu);
    const orders = receiver.orders;
    const right = orders.filter((no) => receiver.effects(no).join() === Array.from({ length: PER_ORDER }, (_, i) => i + 1).join()).length;
    const [counts] = await new Callbacks(database).counts();
    console.log(
      JSON.stringify({
        bench: 'callbacks',
        callbacks: HOW_MANY,
        failingShare: FAILS,
        requests: receiver.requests,
        seconds: Math.round(seconds * 10) / 10,
        perSecond: Math.round(HOW_MANY / seconds),
        cpuMsPerCallback: Math.round(((used.user + used.system) / 1000 / HOW_MANY) * 100) / 100,
        orders: orders.length,
        ordersWithEachEffectOnceInOrder: right,
        waiting: counts!.waiting,
        dead: counts!.dead,
        loadAverage: Math.round(loadavg()[0]! * 10) / 10,
      }),
    );
    if (right !== HOW_MANY / PER_ORDER || counts!.dead > 0) process.exitCode = 1;
  } finally {
    await sender.close();
    await receiver.stop();
    await database.close();
    await postgres.stop();
  }
}

async function add(store: WorkflowStore): Promise<void> {
  for (let from = 0; from < HOW_MANY; from += ADDED_AT_ONCE) {
    const some = Array.from({ length: Math.min(ADDED_AT_ONCE, HOW_MANY - from) }, (_, i) => {
      const orderNo = `WC${Math.floor((from + i) / PER_ORDER)}`;
      const seq = ((from + i) % PER_ORDER) + 1;
      const payload = {
        id: `${orderNo}-${seq}`,
        orderNo,
        seq,
        action: 'progress',
        state: 'handling',
        text: '已到现场核查',
        order: { leadUnit: '水务集团' },
      };
      return { target: 'hotline', orderNo, seq, payload: JSON.stringify(payload) };
    });
    await store.change((tx, now) => new Callbacks(tx).add(some, now));
  }
}

void main();
