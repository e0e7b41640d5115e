import type { NewSystemRequest } from '@huiying/contracts/http';
import { addDays, localDateOf } from '@huiying/domain';

const DAYS_LEFT = 6;

/** A district's hotline whose key ends next week and has no next one: the desk is warned, and an administrator gives it a new one. */
export function demoSystem(until: Date): { by: string; system: NewSystemRequest } {
  const system: NewSystemRequest = {
    name: 'qingwu-hotline',
    title: '青梧区便民热线',
    scopes: ['records:write', 'orders:read'],
    requestsPerMinute: 600,
    mustSign: true,
    lastDay: addDays(localDateOf(until), DAYS_LEFT),
  };
  return { by: 'linkaiwen', system };
}
