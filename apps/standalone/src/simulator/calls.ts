import { localDateOf } from '@huiying/domain';
import type { SimulatedCall } from './hotline-simulator.js';
import { Chance, everydayCalls, localStamp } from '../demo/index.js';

/** Calls by the hour of the day, as a share of the busiest: quiet nights, a high at ten, a second at three in the afternoon. */
const BY_HOUR = [4, 3, 2, 2, 2, 4, 12, 34, 72, 96, 100, 88, 56, 62, 84, 92, 86, 70, 48, 36, 30, 22, 14, 8];

/** How many calls a minute come at an hour (0–23) where the busiest has so many. */
export function callsPerMinute(hour: number, busiest: number): number {
  return (busiest * BY_HOUR[hour]!) / 100;
}

/** Invented calls of the demo city's everyday matters; the same for the same seed and day. `burst`: this many more about one matter at one place. */
export function inventedCalls(count: number, now: Date, seed: string, burst = 0): SimulatedCall[] {
  const chance = new Chance(`simulated ${seed}`);
  const pool = everydayCalls(now);
  const day = localDateOf(now).replaceAll('-', '');
  const one = (i: number, call: (typeof pool)[number], content: string): SimulatedCall => ({
    record: {
      orderNo: `SIM${day}-${seed}-${String(i).padStart(6, '0')}`,
      version: 1,
      title: call.title,
      content,
      appealType: call.appealType,
      urgency: call.urgency,
      source: chance.pick(['电话', '电话', '微信', '网站', 'APP']),
      category: call.category,
      region: call.region,
      receivedAt: localStamp(now),
      caller: {
        name: `${chance.pick(['王', '李', '张', '刘', '陈'])}女士`,
        phone: `169${String(chance.whole(0, 99_999_999)).padStart(8, '0')}`,
      },
    },
    unit: call.leadUnit,
    reply: chance.next() < 0.95 ? `您反映的${call.category}问题已核实处理，感谢监督。` : null,
    content: chance.next() < 0.9,
  });
  const everyday = Array.from({ length: count }, (_, i) => {
    const call = chance.pick(pool);
    return one(i, call, call.content);
  });
  const struck = chance.pick(pool);
  return [...everyday, ...Array.from({ length: burst }, (_, i) => one(count + i, struck, `${struck.content}已经有好多邻居打过电话了。`))];
}
