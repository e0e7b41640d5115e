import { queryOptions } from '@tanstack/react-query';
import type { SessionView } from '@huiying/contracts/http';
import { ask, Refused } from '../api/request.js';
import { serverClock } from '../time/server-clock.js';

/** Who is logged in; null where nobody is. */
export const sessionQuery = queryOptions({ queryKey: ['session'], queryFn: readSession, staleTime: 5 * 60_000 });

async function readSession(): Promise<SessionView | null> {
  try {
    const session = await ask<SessionView>('GET', '/api/session');
    serverClock.sync(session.serverTime);
    return session;
  } catch (error) {
    if (error instanceof Refused && error.problem.status === 401) return null;
    throw error;
  }
}
