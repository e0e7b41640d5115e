import { parseArgs } from 'node:util';
import { HOUR_MS } from '@huiying/domain';
import { SystemClock } from '@huiying/settings';
import { frontDoor, WrongUsage } from '@huiying/tables/lines';
import { callsPerMinute, inventedCalls } from './calls.js';
import { HotlineSimulator, type SimulatedCall } from './hotline-simulator.js';

const USAGE = `usage: npm run hotline:simulate -- [--url http://127.0.0.1:8620] --key KEY [--name hotline] [--sign]
  [--port 4512 --secret SECRET]   where callbacks come, and what they are signed with (config/hotline.yaml: callbacks)
  [--count 50]                    how many calls, as fast as they are answered
  [--minutes 5 --busiest 60]      instead: calls at the rate of the hour, so many a minute at the busiest
  [--burst 0] [--seed a] [--no-callbacks]`;

const clock = new SystemClock();
const nowMs = () => clock.now().getTime();

/** Plays a hotline against a running copy and says what was not as it must be. Exit code 1 where something was not. */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      url: { type: 'string', default: 'http://127.0.0.1:8620' },
      key: { type: 'string' },
      name: { type: 'string', default: 'hotline' },
      sign: { type: 'boolean', default: false },
      port: { type: 'string', default: '4512' },
      secret: { type: 'string', default: '' },
      count: { type: 'string', default: '50' },
      minutes: { type: 'string' },
      busiest: { type: 'string', default: '60' },
      burst: { type: 'string', default: '0' },
      seed: { type: 'string', default: String(nowMs() % 1_000_000) },
      'no-callbacks': { type: 'boolean', default: false },
    },
  });
  if (values.key === undefined) throw new WrongUsage('--key must be given');
  const { url, key, name, sign, secret, seed } = values;
  const simulator = new HotlineSimulator({
    url,
    keyName: name,
    key,
    signs: sign,
    port: whole('--port', values.port),
    callbackSecret: secret,
  });
  const hears = !values['no-callbacks'];
  const now = clock.now();
  const minutes = values.minutes === undefined ? null : whole('--minutes', values.minutes);
  const perMinute = callsPerMinute(new Date(now.getTime() + 8 * HOUR_MS).getUTCHours(), whole('--busiest', values.busiest));
  const count = minutes === null ? whole('--count', values.count) : Math.max(1, Math.round(minutes * perMinute));
  const calls = inventedCalls(count, now, seed, whole('--burst', values.burst));
  const gapMs = minutes === null ? 0 : (minutes * 60_000) / calls.length;
  await proveAnswering(url);
  if (hears) console.error(`回调地址 http://127.0.0.1:${await simulator.ear.open()}/`);
  try {
    return await play(simulator, calls, gapMs, hears);
  } finally {
    await simulator.ear.close();
  }
}

/** Once it has begun, the simulator waits for the other side to start again; an address where nothing answers is most likely a wrong one. */
async function proveAnswering(url: string): Promise<void> {
  try {
    await fetch(`${url}/health`);
  } catch (error) {
    const { cause, message } = error as Error & { cause?: NodeJS.ErrnoException };
    throw new Error(`${url}: nothing answers there (${cause?.code ?? message}); give the address with --url`, { cause: error });
  }
}

async function play(simulator: HotlineSimulator, calls: SimulatedCall[], gapMs: number, hears: boolean): Promise<number> {
  let next = nowMs();
  await simulator.run(calls, async () => {
    next += gapMs;
    const wait = next - gapMs - nowMs();
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
  });
  const report = await simulator.compare(hears ? 60_000 : 0);
  if (!hears) report.faults = report.faults.filter((fault) => !fault.includes('回调'));
  console.log(JSON.stringify(report, null, 2));
  return report.faults.length === 0 ? 0 : 1;
}

function whole(field: string, given: string): number {
  if (!/^\d{1,6}$/.test(given)) throw new WrongUsage(`${field} must be a whole number; got ${JSON.stringify(given)}`);
  return Number(given);
}

frontDoor(main, { usage: USAGE, failed: 1 });
