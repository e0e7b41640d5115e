import { appendFileSync, chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clock, DAY_MS } from '@huiying/domain';
import { HotlineSimulator, type SimulatedCall } from '../../apps/standalone/src/simulator/hotline-simulator.js';
import { describeWith, measuredData } from '../support/measured-data.js';
import { startProduct, type Product } from '../support/product.js';

const KEY = 'a-key-of-the-simulated-hotline';
const SECRET = 'a-secret-of-its-callbacks';
/** How many of the replies are played; all of them where it is not said. */
const MOST = Number(process.env.REPLIES ?? Infinity);

interface Reply {
  id: string;
  title: string;
  detail: string;
  time: string;
  reply: string;
}

const data = measuredData('messages/replies.jsonl');
const replies: Reply[] =
  data === null
    ? []
    : readFileSync(data, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Reply);

/** A port that is free now, kept for the whole test so that the product comes back where it was. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

/** The machine's clock; once ended, a day ahead: past the simulator's patience, so that it gives up what no product answers. */
class EndableClock extends Clock {
  ended = false;

  now(): Date {
    return new Date(Date.now() + (this.ended ? DAY_MS : 0));
  }
}

describeWith(data, 'all replies through the API, both ways, with either side killed')('the hotline both ways', () => {
  it(
    'every message and its reply goes to the product and back, though either side is killed again and again',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'huiying-both-ways-'));
      chmodSync(folder, 0o755);
      const [port, earPort] = [await freePort(), await freePort()];
      const config = join(folder, 'config');
      cpSync('config', config, { recursive: true });
      const hotline = join(config, 'hotline.yaml');
      writeFileSync(hotline, readFileSync(hotline, 'utf8').replace(/^callbacks: \[\]$/m, ''));
      appendFileSync(hotline, `callbacks:\n  - { id: hotline, name: 模拟热线, url: 'http://127.0.0.1:${earPort}/cb', client: hotline }\n`);
      const start = () =>
        startProduct({
          dataFolder: join(folder, 'data'),
          env: {
            HUIYING_PORT: String(port),
            HUIYING_DEMO: 'false',
            HUIYING_CONFIG: config,
            HUIYING_API_KEYS: `hotline:${KEY}`,
            HUIYING_CALLBACK_SECRETS: `hotline:${SECRET}`,
            HUIYING_LOG_LEVEL: 'error',
          },
        });
      let product: Product = await start();
      const clock = new EndableClock();
      const simulator = new HotlineSimulator({
        url: `http://127.0.0.1:${port}`,
        keyName: 'hotline',
        key: KEY,
        signs: true,
        port: earPort,
        callbackSecret: SECRET,
        clock,
      });
      const calls: SimulatedCall[] = replies.slice(0, MOST).map(({ id, title, detail, time, reply }, i) => ({
        record: { orderNo: `R${id}`, title: title.slice(0, 500), content: `${title}\n${detail}`.slice(0, 20_000), receivedAt: time },
        unit: '水务集团',
        reply,
        content: i % 10 !== 0,
      }));
      let played: Promise<void> | undefined;
      try {
        await simulator.ear.open();
        played = simulator.run(calls);
        let over = false;
        const done = () => (over = true);
        played.then(done, done); // a failure is told of below
        let kills = 0;
        for (let i = 0; i < 6 && !over; i++) {
          await new Promise((done) => setTimeout(done, 4_000 + 1_500 * i));
          if (over) break;
          kills++;
          if (i % 2 === 0) {
            await product.kill();
            product = await start();
          } else {
            await simulator.ear.close();
            await new Promise((done) => setTimeout(done, 3_000));
            await simulator.ear.open();
          }
        }
        await played;
        const report = await simulator.compare(180_000);
        console.log(JSON.stringify({ ...report, faults: report.faults.slice(0, 10), kills }));
        expect(kills).toBeGreaterThan(1);
        expect(report).toMatchObject({ calls: calls.length, faults: [] });
        expect(report.archived).toBe(calls.filter(({ content }) => content).length);
        const orders = await simulator.allOrders();
        expect(orders.size).toBe(calls.length);
        for (const { record, reply } of calls) expect(orders.get(record.orderNo)!.reply).toBe(reply!.slice(0, 20_000).trim());
      } finally {
        clock.ended = true;
        await simulator.ear.close();
        await product.interrupt();
        await played?.catch(() => undefined);
        rmSync(folder, { recursive: true, force: true });
      }
    },
    30 * 60_000,
  );
});
