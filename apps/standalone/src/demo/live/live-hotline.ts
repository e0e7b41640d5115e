import { Chance } from '../chance.js';
import type { HotlineStep } from '../demo-step.js';
import { dayDigits, onDayOf } from '../moments.js';
import { hotlineStep } from '../script.js';
import { liveCalls } from './trickle.js';

/**
 * The hotline records that come in between two instants after the start (from not included), in order: about one in twelve
 * minutes by day. An order's number depends on its time alone, so that posting it again changes nothing.
 */
export function liveHotline(startedAt: Date, from: Date, to: Date): HotlineStep[] {
  return liveCalls(startedAt, from, to).map((call) => {
    const second = Math.floor((call.at.getTime() - onDayOf(call.at, 0).getTime()) / 1000);
    const orderNo = `WC${dayDigits(call.at)}L${String(second).padStart(5, '0')}`;
    return hotlineStep(call, orderNo, new Chance(orderNo));
  });
}
